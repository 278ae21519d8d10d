import { classifierOf } from '../../derive/attribution/classify.ts'
import { classIndexOf, REFERENCE_CLASSES } from '../../derive/attribution/reference-class.ts'
import { splitCountsInSteps } from '../../derive/counts/class-layers.ts'
import { countColumnsInSteps } from '../../derive/counts/count-columns.ts'
import { statedCount } from '../../derive/counts/effect.ts'
import { type Derived } from '../../derive/derived.ts'
import { HOLD_CLOSED, HOLD_OPEN } from '../../derive/holds/hold-table.ts'
import { deltaOf } from '../../derive/operation.ts'
import { rowsOf } from '../../base/group-index.ts'
import { oncePer } from '../../base/once-per.ts'
import { isRefKind } from '../../model/event-kind.ts'
import { type EventRow, type PageId } from '../../model/ids.ts'
import { fileLineOf, type Trace } from '../../model/trace.ts'
import { COUNTED, judgeHolds } from '../pinner-choice.ts'
import { type FilterTerm } from './filter-node.ts'
import { numberMatch } from './number-match.ts'
import { textMatch } from './text-match.ts'
import { cheapLeaf, FALSE, type FilterLeaf, type Steps, told, TRUE, UNKNOWN } from './told.ts'

/** The leaf of a term on `count`: what the operation states, else what was printed. */
export function countLeaf(trace: Trace, term: FilterTerm): FilterLeaf {
  const match = numberMatch(term)
  const isNegated = term.comparison === '!='
  const { kind, count } = trace.events
  return cheapLeaf(({ rows, length }, into) => {
    for (let at = 0; at < length; at++) {
      const row = rows[at] as EventRow // of the table
      if (!isRefKind(kind[row])) into[at] = FALSE
      else into[at] = match(statedCount(trace, row) ?? count[row]) === isNegated ? FALSE : TRUE
    }
  })
}

/** The leaf of a term on `line` or `file`. */
export function placeLeaf(trace: Trace, term: FilterTerm): FilterLeaf {
  const isNegated = term.comparison === '!='
  const isFile = term.field === 'file'
  const files = trace.files.map((file) => isFile && textMatch(term.values)(file.name))
  const match = isFile ? () => false : numberMatch(term)
  return cheapLeaf(({ rows, length }, into) => {
    for (let at = 0; at < length; at++) {
      const { file, line } = fileLineOf(trace, trace.events.line[rows[at]])
      into[at] = (isFile ? files[file] : match(line)) === isNegated ? FALSE : TRUE
    }
  })
}

/** The leaf of a term on `class`: what an event that changed the count did it for. */
export function classLeaf(trace: Trace, derived: Derived, { comparison, values }: FilterTerm): FilterLeaf {
  const classifier = classifierOf(trace, derived.rules)
  const wanted = new Uint8Array(REFERENCE_CLASSES.length)
  for (const { text } of values) {
    const known = REFERENCE_CLASSES.find(({ id }) => id === text)
    if (known !== undefined) wanted[classIndexOf(known.id)] = 1
  }
  const isNegated = comparison === '!='
  const { kind, stack } = trace.events
  return cheapLeaf(({ rows, length }, into) => {
    for (let at = 0; at < length; at++) {
      const row = rows[at] as EventRow // of the table
      const delta = deltaOf(trace, row)
      if (delta === 0) into[at] = FALSE
      else into[at] = (wanted[classifier.classOf(kind[row], delta, stack[row])] === 1) === isNegated ? FALSE : TRUE
    }
  })
}

const OPEN_GET = 1
const CLOSED_END = 2
const PUT_OF_BEFORE = 4
const IS_COUNTED = 8
const HOLD_WORDS: Readonly<Record<string, number>> = { open: OPEN_GET, closed: CLOSED_END, before: PUT_OF_BEFORE }

const bitsOfHolds = new WeakMap<Derived, Uint8Array>()

/** What holds say of their gets and puts: bits of a row. O(holds), once. */
function holdBitsOf(trace: Trace, derived: Derived): Uint8Array {
  const bits = bitsOfHolds.get(derived) ?? buildHoldBits(trace, derived)
  bitsOfHolds.set(derived, bits)
  return bits
}

function buildHoldBits(trace: Trace, derived: Derived): Uint8Array {
  const { holds, thresholdNs } = derived
  const verdicts = judgeHolds(trace, derived, { thresholdNs, includeExpected: false, filter: '' })
  const bits = new Uint8Array(trace.events.length)
  for (let hold = 0; hold < holds.length; hold++) {
    const kind = holds.kind[hold]
    const of = kind === HOLD_OPEN ? OPEN_GET : kind === HOLD_CLOSED ? CLOSED_END : PUT_OF_BEFORE
    const bit = of | (verdicts[hold] === COUNTED ? IS_COUNTED : 0)
    if (holds.getRow[hold] >= 0) bits[holds.getRow[hold]] |= bit
    if (holds.putRow[hold] >= 0) bits[holds.putRow[hold]] |= bit
  }
  return bits
}

/** The leaf of a term on `hold` or `noise`. */
export function holdLeaf(trace: Trace, derived: Derived, { field, comparison, values }: FilterTerm): FilterLeaf {
  const words = new Set(values.map(({ text }) => text))
  const isNegated = comparison === '!='
  const wanted = values.reduce((all, { text }) => all | (HOLD_WORDS[text] ?? 0), 0)
  const bits = holdBitsOf(trace, derived)
  const { page } = trace.events
  const fits = (held: number): boolean =>
    field === 'hold' ? (held & wanted) !== 0 : words.has((held & IS_COUNTED) === 0 ? 'yes' : 'no')
  return cheapLeaf(({ rows, length }, into) => {
    for (let at = 0; at < length; at++) {
      const row = rows[at]
      const held = bits[row]
      if (isUnpaired(derived, page[row])) into[at] = UNKNOWN
      else into[at] = held === 0 ? FALSE : told(fits(held), isNegated)
    }
  })
}

/** True while references of the page are still being paired. */
function isUnpaired({ sample }: Derived, page: PageId): boolean {
  return sample !== undefined && page >= 0 && sample[page] === 0
}

/** What is reckoned of a page as a whole, by row; each page when one of its rows is first asked for. */
interface PageColumn {
  readonly values: Int32Array
  readonly isMade: Uint8Array
  /** Pages that are being reckoned: whoever asks next drives the same work on. */
  readonly making: Map<PageId, Steps>
}

const NOT_TOLD = -0x8000_0000

const pageColumns = oncePer((_of: object): Map<string, PageColumn> => new Map())

/** Pages with few events are reckoned one after the other, about so many events without a rest. */
const EVENTS_A_STEP = 4096

/**
 * The leaf of a term on `gap` or `excess`. Dear: O(events of the page), once for each page that is asked about, with rests
 * within a page and between pages.
 */
export function reckonedLeaf(trace: Trace, derived: Derived | undefined, term: FilterTerm): FilterLeaf {
  const { field } = term
  const match = numberMatch(term)
  const isNegated = term.comparison === '!='
  const columns = pageColumns(derived ?? trace)
  const made = columns.get(field) ?? {
    values: new Int32Array(trace.events.length).fill(NOT_TOLD),
    isMade: new Uint8Array(trace.pages.length),
    making: new Map<PageId, Steps>(),
  }
  columns.set(field, made)
  const { page, kind } = trace.events
  const { byPage } = trace.indexes
  const begin = (own: PageId): Steps | undefined => {
    if (field === 'gap') return fillGaps(trace, own, made.values)
    return derived === undefined || isUnpaired(derived, own) ? undefined : fillExcess(trace, derived, own, made.values)
  }
  return {
    isDear: true,
    *fill({ rows, length }, into, gate) {
      let sinceRest = 0
      for (let at = 0; at < length; at++) {
        const row = rows[at]
        const own = page[row]
        if ((gate !== undefined && gate[at] === FALSE) || !isRefKind(kind[row]) || own < 0) {
          into[at] = FALSE
          continue
        }
        if (made.isMade[own] === 0) {
          yield* reckonPage(made, own, begin)
          sinceRest += rowsOf(byPage, own).length
          if (sinceRest >= EVENTS_A_STEP) {
            sinceRest = 0
            yield
          }
        }
        const value = made.values[row]
        into[at] = value === NOT_TOLD ? UNKNOWN : match(value) === isNegated ? FALSE : TRUE
      }
    },
  }
}

/** Drives on what a page is reckoned by, which another filter may have begun. */
function* reckonPage({ isMade, making }: PageColumn, page: PageId, begin: (page: PageId) => Steps | undefined): Steps {
  while (isMade[page] === 0) {
    const steps = making.get(page) ?? begin(page)
    if (steps?.next().done === false) {
      making.set(page, steps)
      yield
    } else {
      making.delete(page)
      isMade[page] = 1
    }
  }
}

function* fillGaps(trace: Trace, page: PageId, values: Int32Array): Steps {
  const { length, row, gap } = yield* countColumnsInSteps(trace, page)
  for (let at = 0; at < length; at++) values[row[at]] = gap[at]
}

function* fillExcess(trace: Trace, derived: Derived, page: PageId, values: Int32Array): Steps {
  const counts = yield* countColumnsInSteps(trace, page)
  const { length, row, excess } = yield* splitCountsInSteps(trace, derived, page, counts)
  for (let at = 0; at < length; at++) if (excess[at] >= 0) values[row[at]] = excess[at]
}
