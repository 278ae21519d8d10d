import { type PinnerAnswer, type PinnersQuestion } from '../../../queries/pinners.ts'
import { type ViewState } from '../../../state/view-state.ts'

type Row = Pick<PinnerAnswer, 'level' | 'group' | 'stack'>
type Selection = Pick<ViewState, 'grouping' | 'group' | 'stack'>

/** Identity of a row in its table: a group by its name, a stack in it by both. */
export function rowKeyOf({ level, group, stack }: Row): string {
  return level === 1 ? groupKey(group) : stackKey(group, stack.hash)
}

/** The row that the link selects. */
export function selectedKeyOf({ grouping, group, stack }: Selection): string | undefined {
  if (grouping === 'stack') return stack === undefined ? undefined : groupKey(stack)
  if (group === undefined) return undefined
  return stack === undefined ? groupKey(group) : stackKey(group, stack)
}

/** The row that the link selects, as the question asks for its place. */
export function findOf({ grouping, group, stack }: Selection): PinnersQuestion['find'] {
  if (grouping === 'stack') return stack === undefined ? undefined : { group: stack }
  return group === undefined ? undefined : { group, ...(stack === undefined ? {} : { stack }) }
}

/** What the link says when a row is selected. What was not recorded has no name, and so no place in a link. */
export function selectionOf({ level, group, stack }: Row, grouping: ViewState['grouping']): Partial<ViewState> {
  const hash = stack.hash === '' ? undefined : stack.hash
  if (grouping === 'stack') return { stack: hash, group: undefined }
  return { group: group === '' ? undefined : group, stack: level === 1 ? undefined : hash }
}

/** Rows that are open from the start: what the link selects, and the group that it is in. */
export function openAtFirst(selection: Selection): ReadonlySet<string> {
  const key = selectedKeyOf(selection)
  if (key === undefined) return new Set()
  return new Set(selection.grouping === 'stack' ? [key] : [key, groupKey(selection.group ?? '')])
}

function groupKey(group: string): string {
  return group === '' ? 'not recorded' : group
}

function stackKey(group: string, hash: string): string {
  return `${groupKey(group)}\n${hash === '' ? 'no stack' : hash}`
}
