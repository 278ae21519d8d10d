import { rowsOf } from '../../base/group-index.ts'
import { type Trace } from '../../model/trace.ts'
import { dumpOf, ownerStacksOf } from './dump-rows.ts'
import { ageEndOf } from './owner-age.ts'
import { ownerGroupsOf } from './owner-groups.ts'
import { type OwnerGrouping } from './owner-keys.ts'
import { type OwnerPageAnswer, ownerPageAnswer } from './owner-page-answer.ts'

/** The records of one group, or of one stack in it. */
export interface OwnerPagesQuestion {
  /** `id` of a dump; the newest when there is none of that id. */
  readonly dump: string
  readonly grouping: OwnerGrouping
  readonly filter: string
  /** Stable name of a group, see `OwnerGroupAnswer`. */
  readonly group: string
  /** Stable name of a stack in it; absent for all. */
  readonly stack?: string
  readonly offset: number
  readonly limit: number
}

/** Answer to `ownerPages`. */
export interface OwnerPagesAnswer {
  readonly total: number
  readonly offset: number
  /** In the order of the file, which is that of PFNs. */
  readonly rows: readonly OwnerPageAnswer[]
}

/** Records of a group in the order of the file, one window. Totals have none. */
export function findOwnerPages(trace: Trace, question: OwnerPagesQuestion): OwnerPagesAnswer {
  const dump = dumpOf(trace, question.dump)
  const { offset, limit } = question
  if (dump === undefined || dump.kind === 'totals') return { total: 0, offset, rows: [] }
  const { rows, keys, members } = ownerGroupsOf(trace, dump, question.grouping, question.filter)
  const key = keys.find(question.group)
  if (key < 0) return { total: 0, offset, rows: [] }
  const own = rowsOf(members, key)
  const stack = question.stack === undefined ? undefined : ownerStacksOf(trace).find(question.stack)
  const wanted: number[] = []
  let total = 0
  for (let place = 0; place < own.length; place++) {
    if (stack !== undefined && rows.stack[own[place]] !== stack) continue
    if (total >= offset && total < offset + limit) wanted.push(rows.row[own[place]])
    total++
  }
  const end = ageEndOf(trace, dump).ts
  return { total, offset, rows: wanted.map((row) => ownerPageAnswer(trace, row, end)) }
}
