import { type Trace } from '../../model/trace.ts'
import { cmaFailures } from './cma-failures.ts'
import { compactionFailures } from './compaction-failures.ts'
import { type FailedRange } from './failed-range.ts'
import { inferredFailures } from './inferred-failures.ts'
import { isolationFailures } from './isolation-failures.ts'
import { kernelLogFailures } from './kernel-log-failures.ts'
import { findMarks, type Mark } from './marks.ts'
import { mergeLog } from './merge-log.ts'
import { pinnerFailures } from './pinner-failures.ts'
import { pinnerRecordFailures } from './pinner-record-failures.ts'
import { withWindowsGot } from './sent-on.ts'

/** Every failed range that the trace, dmesg or page_pinner tells of, and those that can be inferred, in time order (ranges without a time last). */
export function findFailedRanges(trace: Trace, marks: readonly Mark[] = findMarks(trace)): readonly FailedRange[] {
  const told = findToldRanges(trace, marks)
  return withWindowsGot(trace, marks, [...told, ...inferredFailures(trace, marks, told)]).sort(byTime)
}

/** Those that the trace, dmesg or page_pinner tells of, with nothing inferred; in no order. */
function findToldRanges(trace: Trace, marks: readonly Mark[] = findMarks(trace)): readonly FailedRange[] {
  const withPinner = findTracedRanges(trace, marks)
  const all = [...withPinner, ...kernelLogFailures(trace, marks, withPinner)]
  return pinnerRecordFailures(trace, all)
}

/**
 * Those that events of the trace tell of; in no order. What comes after the events adds to them but takes none away, so
 * they hold for a trace that is read in part; what a log says may turn out to be of one of them, and holds for the whole.
 */
export function findTracedRanges(trace: Trace, marks: readonly Mark[] = findMarks(trace)): readonly FailedRange[] {
  const isolation = isolationFailures(trace, marks)
  const traced = [...isolation, ...cmaFailures(trace, marks, isolation), ...compactionFailures(trace, marks)]
  return pinnerFailures(trace, marks, mergeLog(trace, traced))
}

function byTime(a: FailedRange, b: FailedRange): number {
  return (a.time ?? Number.MAX_VALUE) - (b.time ?? Number.MAX_VALUE) || a.startPfn - b.startPfn
}
