import { assertUnreachable } from '../../base/assert.ts'
import { type ComparedStack } from '../../queries/owners/compare-owners.ts'
import { type OwnerGroupAnswer } from '../../queries/owners/owners.ts'
import { type TrendStack } from '../../queries/owners/owner-trend.ts'
import { type StackAnswer } from '../../queries/wire.ts'
import { type OwnersTold } from './owner-facts.ts'

const SCHEMA = 'pinscope.owners/1'

/** Who allocated, for programs: every row, stacks as frames leaf first, absent numbers -1. */
export function ownersJson(told: OwnersTold): object {
  switch (told.mode) {
    case 'groups': {
      const { rows, total: _total, offset: _offset, foundAt: _foundAt, ...facts } = told.owners
      const { total, offset: _first, rows: pages, ...sums } = told.misplaced
      return {
        schema: SCHEMA,
        mode: 'groups',
        ...facts,
        rows: rows.map(groupJson),
        misplaced: { total, ...sums, pages },
      }
    }
    case 'compare': {
      const { rows, total: _total, offset: _offset, ...facts } = told.compared
      return { schema: SCHEMA, mode: 'compare', ...facts, rows: rows.map(withFrames) }
    }
    case 'trend': {
      const { rows, total: _total, offset: _offset, ...facts } = told.trend
      return { schema: SCHEMA, mode: 'trend', ...facts, rows: rows.map(withFrames) }
    }
    default:
      return assertUnreachable(told)
  }
}

function groupJson({ level: _level, ...row }: OwnerGroupAnswer): object {
  return withFrames(row)
}

function withFrames(row: Pick<ComparedStack | TrendStack, 'stack'>): object {
  return { ...row, stack: framesOf(row.stack) }
}

function framesOf({ hash, frames }: StackAnswer): object {
  return { hash, frames: frames.map(({ text, resolved }) => (resolved === undefined ? text : `${text} ${resolved}`)) }
}
