import { type StringId } from '../model/ids.ts'
import { valuesAt } from '../model/pfn-run-table.ts'
import { type Trace } from '../model/trace.ts'

/** A compound page that a dump of page states lists. */
export interface ListedFolio {
  readonly headPfn: number
  /** Head and tails that the dump lists: all of them, unless the dump ends within. */
  readonly pages: number
}

/** What a page is by its COMPOUND_HEAD and COMPOUND_TAIL bits (fs/proc/page.c stable_page_flags()). */
type Part = 'head' | 'tail' | 'single'

const HEAD_OR_TAIL = /(?:^|\|)compound_(head|tail)(?:\||$)/

/**
 * Compound pages that page-types and kpageflags list: a head, and the tails that follow it without a gap. Tails whose
 * head is not listed belong to nobody known. O(runs).
 */
export function listedFolios(trace: Trace): readonly ListedFolio[] {
  const { pageStates } = trace
  const partOf = partReader(trace)
  const found: ListedFolio[] = []
  for (let row = 0; row < pageStates.length; row++) {
    if (partOf(pageStates.value[row]) !== 'head') continue
    const headPfn = pageStates.endPfn[row] - 1 // heads side by side: only the last one has tails behind it
    let end: number = pageStates.endPfn[row]
    for (let next = row + 1; next < pageStates.length && pageStates.startPfn[next] === end; next++) {
      if (partOf(pageStates.value[next]) !== 'tail') break
      end = pageStates.endPfn[next]
    }
    if (end > headPfn + 1) found.push({ headPfn, pages: end - headPfn })
  }
  return found
}

/** True when a dump lists the page, and as neither head nor tail; of several dumps the last one counts. */
export function isListedSingle(trace: Trace, pfn: number): boolean {
  const last = valuesAt(trace.pageStates, pfn).at(-1)
  return last !== undefined && partOfFlags(textOf(trace, last.value)) === 'single'
}

/** True when a dump lists the page as the tail of a compound page. */
export function isListedTail(trace: Trace, pfn: number): boolean {
  return valuesAt(trace.pageStates, pfn).some(({ value }) => partOfFlags(textOf(trace, value)) === 'tail')
}

function partOfFlags(flags: string): Part {
  const part = HEAD_OR_TAIL.exec(flags)?.[1]
  return part === 'head' || part === 'tail' ? part : 'single'
}

function partReader(trace: Trace): (value: number) => Part {
  const known = new Map<number, Part>()
  return (value) => {
    const part = known.get(value) ?? partOfFlags(textOf(trace, value))
    known.set(value, part)
    return part
  }
}

function textOf(trace: Trace, value: number): string {
  return trace.strings.text(value as StringId) // pageStates keeps names as string ids
}
