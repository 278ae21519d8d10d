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
  const isolation = isolationFailures(trace, marks)
  const traced = [...isolation, ...cmaFailures(trace, marks, isolation), ...compactionFailures(trace, marks)]
  const known = mergeLog(trace, traced)
  const withPinner = pinnerFailures(trace, marks, known)
  const all = [...withPinner, ...kernelLogFailures(trace, marks, withPinner)]
  const told = pinnerRecordFailures(trace, all)
  return withWindowsGot(trace, marks, [...told, ...inferredFailures(trace, marks, told)]).sort(byTime)
}

function byTime(a: FailedRange, b: FailedRange): number {
  return (a.time ?? Number.MAX_VALUE) - (b.time ?? Number.MAX_VALUE) || a.startPfn - b.startPfn
}
