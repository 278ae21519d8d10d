import { type Trace } from '../../model/trace.ts'
import { contains, type FailedRange } from './failed-range.ts'
import { logRange } from './log-range.ts'
import { type Mark } from './marks.ts'
import { offlineFailures } from './offline-failures.ts'
import { silentCma } from './silent-cma.ts'

/**
 * Failures that only the kernel log tells: `[a, b) PFNs busy`, failed memory offlining (per memory block), failed
 * migrations outside any known range, and CMA failure lines with no other trace of them. Ranges that the trace
 * already has get the log's pages and lines instead; see `mergeLog`.
 */
export function kernelLogFailures(trace: Trace, marks: readonly Mark[], known: readonly FailedRange[]): FailedRange[] {
  const busy = contigBusy(trace, known)
  const offline = offlineFailures(trace, marks, known)
  const soFar = [...known, ...busy, ...offline]
  return [...busy, ...offline, ...migrationDumps(trace, soFar), ...silentCma(trace, soFar)]
}

function contigBusy(trace: Trace, known: readonly FailedRange[]): FailedRange[] {
  const found = new Map<string, FailedRange>()
  for (const note of trace.notes) {
    if (note.kind !== 'contig_busy') continue
    if (known.some((range) => range.startPfn <= note.startPfn && range.endPfn >= note.endPfn)) continue
    const key = `${note.startPfn}-${note.endPfn}`
    const before = found.get(key)
    found.set(
      key,
      before === undefined
        ? logRange(
            trace,
            'contig',
            note.startPfn,
            note.endPfn,
            [],
            [note.line],
            note.timeNs,
            'alloc_contig_range: PFNs busy (dmesg)',
          )
        : { ...before, lines: [...before.lines, note.line], attempts: before.attempts + 1 },
    )
  }
  return [...found.values()]
}

/** Dumps of `migration failure` outside every known range (alloc_contig's dynamic debug prints no range). */
function migrationDumps(trace: Trace, known: readonly FailedRange[]): FailedRange[] {
  const found = new Map<number, FailedRange>()
  for (const dump of trace.dumps) {
    const { pfn } = dump
    if (dump.reason !== 'migration failure' || pfn === undefined || found.has(pfn)) continue
    if (known.some((range) => contains(range, pfn))) continue
    found.set(
      pfn,
      logRange(
        trace,
        'migration',
        pfn,
        pfn + 2 ** dump.order,
        [pfn],
        [dump.line],
        dump.timeNs,
        'dump_page: migration failure (dmesg); no range was printed',
      ),
    )
  }
  return [...found.values()]
}
