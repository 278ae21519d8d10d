import { type PfnSpan } from '../../base/pfn-spans.ts'
import { oncePer } from '../../base/once-per.ts'
import { type Derived } from '../../derive/derived.ts'
import { tellPage } from '../../derive/attribution/findings.ts'
import { type BlockingPage, type Finding } from '../../derive/attribution/finding.ts'
import { REFERENCE_CLASSES } from '../../derive/attribution/reference-class.ts'
import { HOLD_OPEN, type HoldTable } from '../../derive/holds/hold-table.ts'
import { type PageId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'

/** Events of the pages before a position of `PageTable.byPfn`: `before[b] - before[a]` are those of the pages between. */
export const eventsBefore = oncePer((trace: Trace): Float64Array => {
  const { offsets } = trace.indexes.byPage
  return summed(trace, (page) => offsets[page + 1] - offsets[page])
})

/** Which holds the map counts: open as the trace ends, or held at a moment (`TimeNs`). */
export type HeldAt = 'end' | number

/** As `eventsBefore`, of holds of a class that migration does not expect. The last moment asked for is kept. */
export function holdsBefore(trace: Trace, holds: HoldTable, at: HeldAt): Float64Array {
  const known = keptHolds.get(holds)
  if (known?.at === at) return known.before
  const ofPage = new Uint32Array(trace.pages.length)
  for (let hold = 0; hold < holds.length; hold++) if (isHeldUnexpected(holds, hold, at)) ofPage[holds.page[hold]]++
  const before = summed(trace, (page) => ofPage[page])
  keptHolds.set(holds, { at, before })
  return before
}

const keptHolds = new WeakMap<HoldTable, { readonly at: HeldAt; readonly before: Float64Array }>()

/** True when migration does not reckon with such a reference and it lasts through `at`: of the end, no put was seen. */
export function isHeldUnexpected(holds: HoldTable, hold: number, at: HeldAt): boolean {
  if (REFERENCE_CLASSES[holds.class[hold]].isExpected) return false
  return at === 'end' ? holds.kind[hold] === HOLD_OPEN : holds.from[hold] <= at && at <= holds.to[hold]
}

function summed({ pages }: Trace, valueOf: (page: PageId) => number): Float64Array {
  const before = new Float64Array(pages.length + 1)
  for (let at = 0; at < pages.length; at++) before[at + 1] = before[at] + valueOf(pages.byPfn[at])
  return before
}

/** A page that blocked a range. */
export interface MapBlocker {
  readonly pfn: number
  readonly finding: Finding
  readonly page: BlockingPage
}

/** Every page that blocked a range, once for each range, by ascending PFN. */
export const blockersOf = oncePer((derived: Derived): readonly MapBlocker[] =>
  derived.findings
    .flatMap((finding) => finding.pages.map((page) => ({ pfn: page.pfn, finding, page })))
    .sort((a, b) => a.pfn - b.pfn),
)

/** Position of the first blocker with a PFN of at least `pfn`. O(log blockers). */
export function blockerAtLeast(blockers: readonly MapBlocker[], pfn: number): number {
  let [low, high] = [0, blockers.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (blockers[middle].pfn < pfn) low = middle + 1
    else high = middle
  }
  return low
}

/** References above what migration expected of a page when it blocked; undefined when nothing tells. Judged once. */
export function excessOf(trace: Trace, derived: Derived, { finding, page }: MapBlocker): number | undefined {
  const known = keptExcess.get(page)
  if (known !== undefined) return known < 0 ? undefined : known
  const { excess } = tellPage(trace, derived, finding, page)
  keptExcess.set(page, excess ?? -1)
  return excess
}

const keptExcess = new WeakMap<BlockingPage, number>()

/** Blocking pages that are judged anew for their excess in one answer. */
export const MOST_TOLD = 3000

/** Judges the blocking pages of some memory, a page a step, so that `excessOf` has them at once. */
export function* judgeBlockers(trace: Trace, derived: Derived, spans: readonly PfnSpan[]): Generator<undefined, void> {
  const blockers = blockersOf(derived)
  for (const { startPfn, endPfn } of spans) {
    const first = blockerAtLeast(blockers, startPfn)
    const end = Math.min(first + MOST_TOLD, blockerAtLeast(blockers, endPfn))
    for (let at = first; at < end; at++) {
      yield
      excessOf(trace, derived, blockers[at])
    }
  }
}
