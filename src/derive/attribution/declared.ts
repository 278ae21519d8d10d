import { type Column } from '../../base/column.ts'
import { rowsOf } from '../../base/group-index.ts'
import { type EventRow, NONE, type PageId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { expectedReferencesAt } from '../counts/expected-references.ts'
import { EDGE_CERTAIN } from '../counts/lifetime-table.ts'
import { lifetimeAt } from '../counts/lifetimes.ts'
import { mappingsOf } from '../counts/mapcount.ts'
import { type Derived } from '../derived.ts'
import { HOLD_OPEN, type HoldRow } from '../holds/hold-table.ts'
import { classifierOf } from './classify.ts'
import { classIndexOf, REFERENCE_CLASSES } from './reference-class.ts'
import { DEFAULT_RULES } from './rule-set.ts'

type Tables = Pick<Derived, 'holds' | 'lifetimes' | 'rules'>

const MIGRATION = classIndexOf('migration')
const MAPPING = classIndexOf('mapping')
const PAGE_CACHE = classIndexOf('page_cache')
const ALLOCATION = classIndexOf('allocation')

/** What a person's rules say of one hold, and what pinscope's own say. */
export interface Declaration {
  /** Rule that decided; the class it gave, and the one it took away: positions in `REFERENCE_CLASSES`. */
  readonly rule: string
  readonly class: number
  readonly usualClass: number
}

/**
 * Tells whether a person declared a hold to be expected: the rules in force give its get (its put when no get was seen)
 * a class that migration expects, while those that come with pinscope do not. Such a reference is nobody's fault, and
 * the count is explained by it. Undefined for all other holds.
 */
export function declarationOf(
  trace: Trace,
  { holds, rules }: Pick<Tables, 'holds' | 'rules'>,
  hold: HoldRow,
): Declaration | undefined {
  if (rules === DEFAULT_RULES || !REFERENCE_CLASSES[holds.class[hold]].isExpected) return undefined
  const isGet = holds.getRow[hold] !== NONE
  const row = isGet ? holds.getRow[hold] : holds.putRow[hold]
  const kind = trace.events.kind[row]
  const delta = isGet ? holds.units[hold] : -holds.units[hold]
  const stack = trace.events.stack[row]
  const inForce = classifierOf(trace, rules)
  const given = inForce.classOf(kind, delta, stack)
  const usual = classifierOf(trace, DEFAULT_RULES).classOf(kind, delta, stack)
  const isDeclared = REFERENCE_CLASSES[given].isExpected && !REFERENCE_CLASSES[usual].isExpected
  if (!isDeclared || given !== holds.class[hold]) return undefined
  return { rule: inForce.ruleOf(kind, delta, stack), class: given, usualClass: usual }
}

/** References of a page that a person declared to be expected. */
export interface DeclaredUnits {
  /** How many were open right after an event, all classes together. */
  unitsAt(row: EventRow): number
  /** Of these in one class. */
  unitsOfClassAt(row: EventRow, classIndex: number): number
}

const NOTHING: DeclaredUnits = { unitsAt: () => 0, unitsOfClassAt: () => 0 }

/**
 * Finds what a person declared on one page. What is declared a mapping or a cache's counts only as far as the page's
 * mappings, cache and private data do not explain it already, where its life is known from the beginning; what is declared migration's own is left to the
 * attempts that it makes up. O(holds of the page), nothing under pinscope's rules.
 */
export function declaredUnitsOf(trace: Trace, derived: Tables, page: PageId): DeclaredUnits {
  if (derived.rules === DEFAULT_RULES) return NOTHING
  const { holds } = derived
  const ofPage = listOf(rowsOf(holds.byPage, page))
  const declared = ofPage.filter((hold) => (declarationOf(trace, derived, hold)?.class ?? MIGRATION) !== MIGRATION)
  if (declared.length === 0) return NOTHING
  const alike = (cls: number): readonly HoldRow[] =>
    ofPage.filter((hold) => holds.class[hold] === cls || (cls === MAPPING && holds.class[hold] === ALLOCATION))
  const openAt = (among: readonly HoldRow[], row: EventRow): number =>
    among.reduce((sum, hold) => sum + (isOpenAt(trace, derived, hold, row) ? holds.units[hold] : 0), 0)
  const unitsOfClassAt = (row: EventRow, cls: number): number => {
    const units = openAt(
      declared.filter((hold) => holds.class[hold] === cls),
      row,
    )
    if (units === 0 || !isBirthKnown(trace, derived, page, row)) return units
    return Math.min(units, Math.max(0, openAt(alike(cls), row) - explainedAt(trace, row, cls)))
  }
  return {
    unitsOfClassAt,
    unitsAt: (row) => REFERENCE_CLASSES.reduce((sum, _, cls) => sum + unitsOfClassAt(row, cls), 0),
  }
}

/** References of a class that the page itself shows at an event: its mappings, its cache and private data. */
function explainedAt(trace: Trace, row: EventRow, cls: number): number {
  const mappings = mappingsOf(trace, row) ?? 0
  if (cls === MAPPING) return mappings
  return cls === PAGE_CACHE ? (expectedReferencesAt(trace, row, false) ?? mappings) - mappings : 0
}

function listOf(rows: Column<HoldRow>): readonly HoldRow[] {
  return Array.from({ length: rows.length }, (_, at) => rows[at])
}

function isOpenAt(trace: Trace, { holds }: Tables, hold: HoldRow, row: EventRow): boolean {
  const time = trace.events.time[row]
  if (holds.getRow[hold] !== NONE ? holds.getRow[hold] > row : holds.from[hold] > time) return false
  return holds.kind[hold] === HOLD_OPEN ? holds.to[hold] >= time : holds.putRow[hold] > row
}

function isBirthKnown(trace: Trace, { lifetimes }: Tables, page: PageId, row: EventRow): boolean {
  const life = lifetimeAt(lifetimes, page, trace.events.time[row])
  return life >= 0 && lifetimes.startEdge[life] === EDGE_CERTAIN
}
