import { type Trace } from '../../model/trace.ts'
import { cmaFailures } from './cma-failures.ts'
import { compactionFailures } from './compaction-failures.ts'
import { type FailedRange } from './failed-range.ts'
import { isolationFailures } from './isolation-failures.ts'
import { kernelLogFailures, mergeLog } from './kernel-log-failures.ts'
import { findMarks, type Mark } from './marks.ts'
import { pinnerFailures } from './pinner-failures.ts'
import { pinnerRecordFailures } from './pinner-record-failures.ts'
import { withWindowsGot } from './sent-on.ts'

/** Every failed range that the trace or dmesg tells of, in time order (ranges without a time last). */
export function findFailedRanges(trace: Trace, marks: readonly Mark[] = findMarks(trace)): readonly FailedRange[] {
  const isolation = isolationFailures(trace, marks)
  const traced = [...isolation, ...cmaFailures(trace, marks, isolation), ...compactionFailures(trace, marks)]
  const known = traced.map((range) => mergeLog(trace, range, traced))
  const withPinner = pinnerFailures(trace, marks, known)
  const all = [...withPinner, ...kernelLogFailures(trace, marks, withPinner)]
  return withWindowsGot(trace, marks, pinnerRecordFailures(trace, all)).sort(byTime)
}

function byTime(a: FailedRange, b: FailedRange): number {
  return (a.time ?? Number.MAX_VALUE) - (b.time ?? Number.MAX_VALUE) || a.startPfn - b.startPfn
}
