import { type LineId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { traceTimeOf } from '../log-clock.ts'
import { type FailedRange, type Trigger } from './failed-range.ts'
import { failureId } from './isolation-failures.ts'

/** A failed range that the kernel log tells, at a time of the log, absolute ns; placed in the trace where clocks compare. */
export function logRange(
  trace: Trace,
  trigger: Trigger,
  startPfn: number,
  endPfn: number,
  namedPfns: readonly number[],
  lines: readonly LineId[],
  timeNs: number | undefined,
  basis: string,
): FailedRange {
  const time = traceTimeOf(trace, timeNs)
  const printedNs = timeNs === undefined ? undefined : String(timeNs)
  return {
    id: failureId(trigger, startPfn, endPfn, printedNs ?? 'untimed'),
    trigger,
    startPfn,
    endPfn,
    ...(time === undefined ? {} : { time, placedBy: 'kernel log' }),
    ...(printedNs === undefined ? {} : { printedNs }),
    namedPfns,
    lines,
    basis,
    attempts: 1,
  }
}
