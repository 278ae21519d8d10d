import { isNamed } from '../../model/cma-areas.ts'
import { type KernelNote } from '../../model/kernel-note.ts'
import { type Trace } from '../../model/trace.ts'
import { type FailedRange } from './failed-range.ts'
import { logRange } from './log-range.ts'

/** `cma: … alloc failed` with no failed range near it: the area where it is known, else no range at all. */
export function silentCma(trace: Trace, known: readonly FailedRange[]): FailedRange[] {
  if (known.some((range) => range.trigger === 'cma' || range.trigger === 'contig' || range.trigger === 'hugetlb'))
    return []
  const failed = trace.notes.filter((note) => note.kind === 'cma_failed')
  const areas = failed.map((note) => areaOf(trace, note.area))
  const keys = areas.map(areaKey)
  return [...new Set(keys)].map((key) => {
    const notes = failed.filter((_, at) => keys[at] === key)
    return silentRange(trace, notes, areas[keys.indexOf(key)])
  })
}

function silentRange(
  trace: Trace,
  notes: readonly Extract<KernelNote, { kind: 'cma_failed' }>[],
  area: KnownArea | undefined,
): FailedRange {
  const lines = notes.map((note) => note.line)
  const basis =
    area === undefined
      ? 'dmesg says only that a CMA allocation failed; no range was printed'
      : `dmesg says that a CMA allocation failed; the range is ${area.words}`
  return {
    ...logRange(trace, 'cma', area?.startPfn ?? 0, area?.endPfn ?? 0, [], lines, notes.at(-1)?.timeNs, basis),
    attempts: notes.length,
  }
}

/** A CMA area that a failure line can be about, with how it is known. */
interface KnownArea {
  readonly startPfn: number
  readonly endPfn: number
  readonly words: string
}

/** The area that debugfs gives the name, when it is one range; else the only one that was reserved at boot. */
function areaOf(trace: Trace, name: string): KnownArea | undefined {
  const alike = name === '' ? [] : (trace.machine.cmaAreas ?? []).filter((area) => isNamed(area, name))
  if (alike.length === 1) return { ...alike[0], words: `all of CMA area ${name} (debugfs)` }
  const reserved = trace.notes.filter((note) => note.kind === 'cma_reserved')
  return alike.length === 0 && reserved.length === 1 ? { ...reserved[0], words: 'the only CMA area' } : undefined
}

function areaKey(area: KnownArea | undefined): string {
  return area === undefined ? '' : `${area.startPfn}-${area.endPfn}`
}
