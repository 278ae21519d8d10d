import { assertUnreachable } from '../../base/assert.ts'
import { type OwnerShapeId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { holderText } from '../stack-answer.ts'
import { AGE_NAMES, ageBucket, ageEndOf } from './owner-age.ts'
import { type DumpRows, ownerStacksOf } from './dump-rows.ts'

/**
 * What allocations can be grouped by: the stack that allocated, the task, the gfp mask, the migratetype that was asked for
 * with that of the pageblock, the order, the age.
 */
export const OWNER_GROUPINGS = ['stack', 'task', 'gfp', 'migratetype', 'order', 'age'] as const
export type OwnerGrouping = (typeof OWNER_GROUPINGS)[number]

/** The group of every row of a dump. Each row is in exactly one. */
export interface OwnerKeys {
  readonly keyOf: Int32Array
  readonly count: number
  /** Stable name, for links; empty for what was not recorded. */
  readonly nameOf: (key: number) => string
  /** What is shown of it: the name, but of a stack its allocating frame. Empty for what was not recorded. */
  readonly titleOf: (key: number) => string
  /** Key of a name, or -1. */
  readonly find: (name: string) => number
  /** Numbers that put groups in order where their names do not: orders, ages. */
  readonly rankOf?: (key: number) => number
}

/** The groupings that a file has facts for. */
export function groupingsOf(rows: DumpRows): readonly OwnerGrouping[] {
  if (rows.dump.kind === 'records') return OWNER_GROUPINGS
  return ['stack', 'task']
}

/** Keys of the rows of a dump. O(rows). */
export function ownerKeysOf(trace: Trace, rows: DumpRows, grouping: OwnerGrouping): OwnerKeys {
  switch (grouping) {
    case 'stack':
      return stackKeys(trace, rows)
    case 'task':
      return rows.dump.kind === 'records' ? shapeKeys(trace, rows, taskName) : totalTaskKeys(trace, rows)
    case 'gfp':
      return shapeKeys(trace, rows, ({ strings, owners }, shape) => strings.text(owners.shapes.gfp[shape]))
    case 'migratetype':
      return shapeKeys(trace, rows, migratetypeName)
    case 'order': {
      const keys = shapeKeys(trace, rows, ({ owners }, shape) => String(owners.shapes.order[shape]))
      return { ...keys, rankOf: (key) => Number(keys.nameOf(key)) }
    }
    case 'age':
      return ageKeys(trace, rows)
    default:
      return assertUnreachable(grouping)
  }
}

/** `comm-pid` as page_owner knows it: the comm at allocation, which kernels before 5.18 do not print. */
export function taskName({ owners: { shapes }, strings }: Trace, shape: OwnerShapeId): string {
  const comm = strings.text(shapes.comm[shape])
  const pid = shapes.pid[shape]
  if (pid < 0) return comm
  return comm === '' ? `pid ${pid}` : `${comm}-${pid}`
}

/** `Unmovable in CMA`: what was asked for, and what the pageblock is for. */
export function migratetypeName({ owners: { shapes }, strings }: Trace, shape: OwnerShapeId): string {
  const asked = strings.text(shapes.pageType[shape])
  const block = strings.text(shapes.blockType[shape])
  if (asked === '') return block === '' ? '' : `in ${block}`
  return block === '' ? asked : `${asked} in ${block}`
}

function stackKeys(trace: Trace, rows: DumpRows): OwnerKeys {
  const { count, nameOf, find, stackOf, whyNobody } = ownerStacksOf(trace)
  return {
    keyOf: Int32Array.from({ length: rows.length }, (_, at) => rows.stack[at]),
    count,
    nameOf,
    find,
    titleOf: (key) => (whyNobody(key) === '' ? holderText(trace, stackOf(key)) : ''),
  }
}

function shapeKeys(trace: Trace, rows: DumpRows, name: (trace: Trace, shape: OwnerShapeId) => string): OwnerKeys {
  const { shape, shapes } = trace.owners
  const names = named(shapes.length, (id) => name(trace, id as OwnerShapeId))
  const keyOf = new Int32Array(rows.length)
  for (let at = 0; at < keyOf.length; at++) keyOf[at] = names.keyOf[shape[rows.row[at]]]
  return { ...names, keyOf }
}

function totalTaskKeys({ stackTotals, strings }: Trace, rows: DumpRows): OwnerKeys {
  return named(rows.length, (at) => {
    const row = rows.row[at]
    const pid = stackTotals.pid[row]
    const comm = strings.text(stackTotals.comm[row])
    if (pid < 0) return comm
    return comm === '' ? `pid ${pid}` : `${comm}-${pid}`
  })
}

/** Keys by name, in order of first sight. */
function named(length: number, nameAt: (at: number) => string): OwnerKeys {
  const known = new Map<string, number>()
  const names: string[] = []
  const keyOf = new Int32Array(length)
  for (let at = 0; at < length; at++) {
    const name = nameAt(at)
    let key = known.get(name)
    if (key === undefined) {
      key = names.push(name) - 1
      known.set(name, key)
    }
    keyOf[at] = key
  }
  const nameOf = (key: number): string => names[key] ?? ''
  return { keyOf, count: names.length, nameOf, titleOf: nameOf, find: (name) => known.get(name) ?? -1 }
}

function ageKeys(trace: Trace, rows: DumpRows): OwnerKeys {
  const { ts } = trace.owners
  const end = ageEndOf(trace, rows.dump).ts
  const unknown = AGE_NAMES.length
  const keyOf = new Int32Array(rows.length)
  for (let at = 0; at < keyOf.length; at++) {
    const bucket = ageBucket(ts[rows.row[at]], end)
    keyOf[at] = bucket < 0 ? unknown : bucket
  }
  const nameOf = (key: number): string => AGE_NAMES[key] ?? ''
  return {
    keyOf,
    count: unknown + 1,
    nameOf,
    titleOf: nameOf,
    find: (name) => (name === '' ? unknown : AGE_NAMES.indexOf(name)),
    rankOf: (key) => key,
  }
}
