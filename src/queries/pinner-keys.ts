import { assertUnreachable } from '../base/assert.ts'
import { classIndexOf, REFERENCE_CLASSES } from '../derive/attribution/reference-class.ts'
import { type Culprit } from '../derive/attribution/finding.ts'
import { folioPlaceOf } from '../derive/compound.ts'
import { type Derived } from '../derive/derived.ts'
import { type HoldTable } from '../derive/holds/hold-table.ts'
import { plainSymbol, stackHashesOf } from '../derive/stack-hash.ts'
import { type StackId, type TaskId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { holderText } from './stack-answer.ts'
import { taskAnswer } from './task-answer.ts'

/**
 * What holds can be grouped by: the stack, the frame of it that names the holder, the task that took the reference,
 * the reference's class, the order of the folio, the migratetype of the pageblock.
 */
export const PINNER_GROUPINGS = ['stack', 'holder', 'task', 'class', 'order', 'migratetype'] as const
export type PinnerGrouping = (typeof PINNER_GROUPINGS)[number]

/** The group of every hold. Each hold is in exactly one, so that sums over groups are sums over holds. */
export interface HoldKeys {
  /** Group of each hold: `0 … count - 1`. */
  readonly keyOf: Int32Array
  readonly count: number
  /**
   * Stable name of a group, for links: a stack's hash, a holder's frame, `comm-pid`, a class's id, an order's or a
   * migratetype's number. Empty for what was not recorded.
   */
  readonly nameOf: (key: number) => string
  /** Group of a name, or -1. */
  readonly find: (name: string) => number
  /** Group of a culprit that is no hold of the table (page_pinner alone knows it); -1 when nothing tells. */
  readonly keyOfCulprit: (culprit: Culprit) => number
}

/** Groups all holds. O(holds + what they are grouped by) once for each grouping. */
export function holdKeysOf(trace: Trace, derived: Derived, grouping: PinnerGrouping): HoldKeys {
  const ofHolds = known.get(derived.holds) ?? new Map<PinnerGrouping, HoldKeys>()
  known.set(derived.holds, ofHolds)
  const keys = ofHolds.get(grouping) ?? findKeys(trace, derived, grouping)
  ofHolds.set(grouping, keys)
  return keys
}

const known = new WeakMap<HoldTable, Map<PinnerGrouping, HoldKeys>>()

function findKeys(trace: Trace, derived: Derived, grouping: PinnerGrouping): HoldKeys {
  const { holds } = derived
  switch (grouping) {
    case 'stack':
      return keysOf(holds.stack, stackNames(trace), (culprit) => culprit.stack)
    case 'holder':
      return keysOf(holds.stack, holderNames(trace), (culprit) => culprit.stack)
    case 'task':
      return keysOf(holds.task, taskNames(trace), (culprit) => culprit.task ?? -1)
    case 'class':
      return keysOf(
        holds.class,
        REFERENCE_CLASSES.map(({ id }) => id),
        (culprit) => classIndexOf(culprit.class),
      )
    case 'order':
      return keysOf(ordersOf(trace, derived), ORDER_NAMES, () => -1)
    case 'migratetype':
      return keysOf(migratetypesOf(trace, derived), MIGRATETYPE_NAMES, () => -1)
    default:
      return assertUnreachable(grouping)
  }
}

interface IdColumn {
  readonly length: number
  readonly [row: number]: number
}

/** Interns the names of ids, the name of what was not recorded first, and looks every hold's id up. */
function keysOf(ids: IdColumn, names: readonly string[], idOfCulprit: (culprit: Culprit) => number): HoldKeys {
  const byName = new Map<string, number>([['', 0]])
  const texts = ['']
  const keyOfId = new Int32Array(names.length)
  for (let id = 0; id < names.length; id++) {
    let key = byName.get(names[id])
    if (key === undefined) {
      key = texts.push(names[id]) - 1
      byName.set(names[id], key)
    }
    keyOfId[id] = key
  }
  const keyOf = new Int32Array(ids.length)
  for (let hold = 0; hold < keyOf.length; hold++) {
    const id = ids[hold]
    keyOf[hold] = id < 0 ? 0 : keyOfId[id]
  }
  return {
    keyOf,
    count: texts.length,
    nameOf: (key) => texts[key],
    find: (name) => byName.get(name) ?? -1,
    keyOfCulprit: (culprit) => {
      const id = idOfCulprit(culprit)
      return id < 0 ? -1 : keyOfId[id]
    },
  }
}

function stackNames(trace: Trace): readonly string[] {
  const { groupOf, hashes } = stackHashesOf(trace)
  return Array.from(groupOf, (group) => hashes[group])
}

/** Of the first of the stacks that count as one, so that a stack is never in two holders. */
function holderNames(trace: Trace): readonly string[] {
  const { groupOf, stacks } = stackHashesOf(trace)
  const names = stacks.map(([first]) => plainHolderText(trace, first))
  return Array.from(groupOf, (group) => names[group])
}

/** `do_tee` or `leaky_ioctl [leaky]`, without what the compiler adds to its copies. */
function plainHolderText(trace: Trace, stack: StackId): string {
  const [symbol, ...module] = holderText(trace, stack).split(' ')
  return [plainSymbol(symbol), ...module].join(' ')
}

function taskNames(trace: Trace): readonly string[] {
  return Array.from({ length: trace.tasks.length }, (_, task) => {
    const { comm, pid } = taskAnswer(trace, task as TaskId)
    return `${comm}-${pid}`
  })
}

const ORDER_NAMES: readonly string[] = Array.from({ length: 32 }, (_, order) => String(order))

/** Of the folio that the page is the head of, as the files tell it; -1 where none does. One look-up a page. */
function ordersOf(trace: Trace, { holds }: Derived): Int8Array {
  const orders = new Int8Array(holds.length)
  let page = -1
  let order = -1
  // Holds ascend by page.
  for (let hold = 0; hold < orders.length; hold++) {
    if (holds.page[hold] !== page) {
      page = holds.page[hold]
      order = folioPlaceOf(trace, trace.pages.pfn[holds.page[hold]]).order
    }
    orders[hold] = order < ORDER_NAMES.length ? order : -1
  }
  return orders
}

/** More than any kernel has (MIGRATE_TYPES, include/linux/mmzone.h). */
const MIGRATETYPE_NAMES: readonly string[] = Array.from({ length: 64 }, (_, number) => String(number))

/** Of the pageblock at the get, or at the put when the get was not seen. */
function migratetypesOf({ events, shapes }: Trace, { holds }: Derived): Int8Array {
  const numbers = new Int8Array(holds.length)
  for (let hold = 0; hold < numbers.length; hold++) {
    const get = holds.getRow[hold]
    const number = shapes.mt[events.shape[get < 0 ? holds.putRow[hold] : get]]
    numbers[hold] = number < MIGRATETYPE_NAMES.length ? number : -1
  }
  return numbers
}
