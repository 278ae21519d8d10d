import { declaredUnitsOf } from '../attribution/declared.ts'
import { classIndexOf } from '../attribution/reference-class.ts'
import { type Derived } from '../derived.ts'
import { isRefused } from '../operation.ts'
import { FREEZE } from '../../model/event-kind.ts'
import { type EventRow, type PageId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { comingMappings } from './coming-mappings.ts'
import { expectedRangeAt, type ExpectedReferences, type KnownOfPage } from './expected-references.ts'
import { knownOfLife } from './known-of-life.ts'
import { EDGE_CERTAIN, type LifetimeRow } from './lifetime-table.ts'
import { lifeOfRow } from './lifetimes.ts'
import { type PageBacking, pageSignsAt } from './page-signs.ts'

const ALLOCATION = classIndexOf('allocation')
const MAPPING = classIndexOf('mapping')
const PAGE_CACHE = classIndexOf('page_cache')
const MIGRATION = classIndexOf('migration')

/**
 * Tells what migration reckons with right after an event of a page with its count, migration's own references among it. `units` are
 * those of the holds that are open then, by class, before they are fitted to the count. Undefined for typed pages and
 * while the count is frozen.
 */
export type Reckon = (row: EventRow, count: number, units: Int32Array) => ExpectedReferences | undefined

/** The reckoning of one page. O(holds of the page), and the events of a life when it is first asked about. */
export function reckoningOf(
  trace: Trace,
  derived: Pick<Derived, 'holds' | 'lifetimes' | 'rules'>,
  page: PageId,
): Reckon {
  const { lifetimes } = derived
  const declared = declaredUnitsOf(trace, derived, page)
  const lives = new Map<LifetimeRow, KnownOfPage>()
  const alike = knownOnce()
  const knownAt = (row: EventRow, count: number, units: Int32Array): KnownOfPage => {
    const life = lifeOfRow(lifetimes, page, row)
    const known = lives.get(life) ?? knownOfLife(trace, derived, page, life)
    lives.set(life, known)
    if (lifetimes.startEdge[life] !== EDGE_CERTAIN) return known
    const isCached = units[PAGE_CACHE] > declared.unitsOfClassAt(row, PAGE_CACHE)
    // A page that no cache has taken yet, or that the cache has let go, is in none.
    const backing = known.backing === 'file' && !isCached ? 'none' : known.backing
    const mappings = mappingsByReferences(trace, row, count, units, backing)
    return alike(known, backing, mappings)
  }
  const expectedAt = expectedOnce(trace)
  return (row, count, units) => {
    const more = declared.unitsAt(row)
    if (trace.events.kind[row] === FREEZE) return statedBy(trace, row, more)
    const expected = expectedAt(row, knownAt(row, count, units))
    return expected === undefined ? undefined : plus(expected, more + units[MIGRATION])
  }
}

/** Makes one object of what is known alike, so that what follows from it is reckoned once. */
function knownOnce(): (
  known: KnownOfPage,
  backing: PageBacking | undefined,
  mappings: number | undefined,
) => KnownOfPage {
  const made = new Map<KnownOfPage, Map<PageBacking | undefined, Map<number | undefined, KnownOfPage>>>()
  return (known, backing, mappings) => {
    let ofKnown = made.get(known)
    if (ofKnown === undefined) made.set(known, (ofKnown = new Map()))
    let ofBacking = ofKnown.get(backing)
    if (ofBacking === undefined) ofKnown.set(backing, (ofBacking = new Map()))
    const before = ofBacking.get(mappings)
    if (before !== undefined) return before
    const one = {
      ...known,
      ...(backing === undefined ? {} : { backing }),
      ...(mappings === undefined ? {} : { mappings }),
    }
    ofBacking.set(mappings, one)
    return one
  }
}

/** A coming mapping is one, or a batch of at most what a page table maps. */
const MOST_COMING = 2 ** 20

/** `expectedRangeAt`, which tells the same of events with the same fields that map alike: see `mappingsAfter`. */
function expectedOnce(trace: Trace): (row: EventRow, known: KnownOfPage) => ExpectedReferences | undefined {
  const told = new Map<KnownOfPage, Map<number, ExpectedReferences | undefined>>()
  return (row, known) => {
    const coming = comingMappings(trace, row)
    if (coming >= MOST_COMING) return expectedRangeAt(trace, row, known)
    const ofKnown = told.get(known) ?? new Map<number, ExpectedReferences | undefined>()
    told.set(known, ofKnown)
    const key = trace.events.shape[row] * MOST_COMING + coming
    if (!ofKnown.has(key)) ofKnown.set(key, expectedRangeAt(trace, row, known))
    return ofKnown.get(key)
  }
}

/** A freeze that was refused states what it expected; a frozen page shows a count of zero while its references wait. */
function statedBy(trace: Trace, row: EventRow, more: number): ExpectedReferences | undefined {
  const stated = trace.shapes.val[trace.events.shape[row]]
  return isRefused(trace, row) ? plus({ least: stated, most: stated, untold: [] }, more) : undefined
}

function plus({ least, most, untold }: ExpectedReferences, more: number): ExpectedReferences {
  return { least: least + more, most: most + more, untold }
}

/**
 * How often a folio is mapped, by its traced references: each mapping has one (mm/rmap.c), the first of an
 * anonymous page that of its allocation. Undefined when the traced references are not all that the count has.
 */
function mappingsByReferences(
  trace: Trace,
  row: EventRow,
  count: number,
  units: Int32Array,
  backing: PageBacking | undefined,
): number | undefined {
  let traced = 0
  for (let layer = 0; layer < units.length; layer++) traced += units[layer]
  if (traced !== count) return undefined
  const isMapped = backing === 'anon' && pageSignsAt(trace, row).isInUse
  return units[MAPPING] + (isMapped ? units[ALLOCATION] : 0)
}
