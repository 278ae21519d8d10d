import { oncePer } from '../../base/once-per.ts'
import { isFailedRun, wasAskedFor } from '../../derive/failures/compaction-failures.ts'
import { hasFailed as isFailedAllocation, isFinish } from '../../derive/failures/cma-failures.ts'
import { hasFailed as isFailedTest } from '../../derive/failures/isolation-failures.ts'
import { findMarks, type Mark, numberArg } from '../../derive/failures/marks.ts'
import { type Trace } from '../../model/trace.ts'

/** What can be attempted. */
export const ATTEMPT_KINDS = ['cma', 'isolation', 'compaction', 'offline', 'migration'] as const
export type AttemptKind = (typeof ATTEMPT_KINDS)[number]

/** How often something was attempted, and how often it failed. Absent from a digest where no event tells. */
export interface AttemptCount {
  readonly kind: AttemptKind
  readonly total: number
  readonly failed: number
}

/** What an attempt is, and the event that tells its end. */
export const ATTEMPT_WORDS: Readonly<Record<AttemptKind, { readonly noun: string; readonly event: string }>> = {
  cma: { noun: 'CMA allocation', event: 'cma_alloc_finish (cma_alloc before 5.13)' },
  isolation: { noun: 'isolation test', event: 'test_pages_isolated' },
  compaction: { noun: 'compaction run', event: 'mm_compaction_end of a run for an allocation' },
  offline: { noun: 'offline migration', event: 'mm_migrate_pages reason=memory_hotplug' },
  migration: { noun: 'page migration', event: 'mm_migrate_pages nr_succeeded, nr_failed' },
}

/** Attempts by kind, those that some event tells of, in the order of the kinds. O(events) once. */
export const countAttempts: (trace: Trace) => readonly AttemptCount[] = oncePer(readAttempts)

function readAttempts(trace: Trace): readonly AttemptCount[] {
  const marks = findMarks(trace)
  return [
    count('cma', marks.filter(isFinish), isFailedAllocation),
    count('isolation', ofKind(marks, 'test_pages_isolated'), isFailedTest),
    count(
      'compaction',
      ofKind(marks, 'mm_compaction_end').filter((mark) => wasAskedFor(trace, marks, mark)),
      (mark) => isFailedRun(trace, marks, mark),
    ),
    count('offline', ofKind(marks, 'mm_migrate_pages').filter(isHotplug), (mark) => pagesOf(mark, 'nr_failed') > 0),
    migratedPages(marks),
  ].filter(({ total }) => total > 0)
}

function count(kind: AttemptKind, marks: readonly Mark[], hasFailed: (mark: Mark) => boolean): AttemptCount {
  return { kind, total: marks.length, failed: marks.filter(hasFailed).length }
}

function ofKind(marks: readonly Mark[], kind: Mark['kind']): readonly Mark[] {
  return marks.filter((mark) => mark.kind === kind)
}

function isHotplug(mark: Mark): boolean {
  return mark.args.get('reason') === 'memory_hotplug'
}

function migratedPages(marks: readonly Mark[]): AttemptCount {
  const calls = ofKind(marks, 'mm_migrate_pages')
  const sum = (name: string): number => calls.reduce((total, mark) => total + pagesOf(mark, name), 0)
  const failed = sum('nr_failed')
  return { kind: 'migration', total: failed + sum('nr_succeeded'), failed }
}

function pagesOf(mark: Mark, name: string): number {
  const pages = numberArg(mark, name)
  return Number.isNaN(pages) ? 0 : pages
}
