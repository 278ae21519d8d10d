import { findAtLeast } from '../../base/bisect.ts'
import { buildGroupIndex, rowsOf } from '../../base/group-index.ts'
import { column } from '../../base/column.ts'
import { type OwnerDump } from '../../derive/owner-dumps.ts'
import { ownerRowsOf } from '../../derive/owner-rows.ts'
import { type Trace } from '../../model/trace.ts'
import { placeOf } from '../place.ts'
import { NO_STACK, holderText, stackAnswer } from '../stack-answer.ts'
import { depthNote } from '../stack-depth.ts'
import { type PlaceAnswer, type StackAnswer } from '../wire.ts'
import { type OwnerDumpAnswer, ownerDumpAnswers, pageSizeOf } from './dump-answers.ts'
import { dumpOf, ownerStacksOf } from './dump-rows.ts'
import { type AgeEnd, ageEndOf, ageText } from './owner-age.ts'
import { type OwnerGroups, ownerGroupsOf, sumUp } from './owner-groups.ts'
import { groupingsOf, type OwnerGrouping } from './owner-keys.ts'
import { type OwnerOrder, type OwnerSort, sortOwnerGroups } from './owner-sort.ts'

/** What one dump says who allocated, in groups. */
export interface OwnersQuestion {
  /** `id` of a dump; the newest when there is none of that id. */
  readonly dump: string
  readonly grouping: OwnerGrouping
  /** Text in a frame, task, gfp mask, migratetype or flags; or a PFN (`0x1f481`) or a stack handle. Empty: all. */
  readonly filter: string
  readonly sort: OwnerSort
  readonly isDescending: boolean
  /** Further columns to sort by, where those before are equal. */
  readonly thenBy?: readonly OwnerOrder[]
  /** Names of groups whose stacks are listed below them; groups that are stacks themselves have none. */
  readonly opened?: readonly string[]
  /** The row whose position is wanted. */
  readonly find?: { readonly group: string; readonly stack?: string }
  /** A PFN whose group is wanted. */
  readonly page?: number
  readonly offset: number
  readonly limit: number
}

/** One group of allocations, or a stack in an opened one. */
export interface OwnerGroupAnswer {
  /** 1 for a group, 2 for a stack listed under its group. */
  readonly level: 1 | 2
  /** Stable name of the group, for links; empty for what was not recorded. */
  readonly group: string
  /** Stable name of the stack: its hash, or `handle 17`; empty for a group of several, and for a stack that no file gives. */
  readonly stackName: string
  /** What is shown; empty when nothing was recorded, which `missing` then explains where it can. */
  readonly title: string
  readonly missing: string
  readonly pages: number
  readonly sizeBytes: number
  /** -1 where the file counts none. */
  readonly allocations: number
  /** Of the pages of all groups that pass: 0 to 1. */
  readonly share: number
  readonly stacks: number
  readonly tasks: number
  /** Pages in CMA or Movable pageblocks that were not asked to be movable. */
  readonly misplaced: number
  /** Ages of the oldest and the newest allocation, in words; empty where no time is told. */
  readonly oldestText: string
  readonly newestText: string
  /** Of a stack; without frames for a group of several. */
  readonly stack: StackAnswer
  /** What is missing of the stack, in words; empty when nothing is. */
  readonly depthNote: string
  /** First line that tells. */
  readonly place: PlaceAnswer
}

/** Sums of a dump. */
export interface OwnerSumsAnswer {
  readonly pages: number
  readonly sizeBytes: number
  /** -1 where the file counts none. */
  readonly allocations: number
}

/** Answer to `owners`. */
export interface OwnersAnswer {
  /** Every dump of the capture, oldest first; empty when no file tells who allocated. */
  readonly dumps: readonly OwnerDumpAnswer[]
  readonly orderedBy: 'time' | 'name'
  /** `id` of the dump that the rows are of; empty when there is none. */
  readonly dump: string
  /** Groupings that this file has facts for, and the one that the rows are in. */
  readonly groupings: readonly OwnerGrouping[]
  readonly grouping: OwnerGrouping
  readonly total: number
  readonly offset: number
  readonly rows: readonly OwnerGroupAnswer[]
  /** Groups that pass the filter. */
  readonly groups: number
  /** Of what passes the filter, and of the whole dump. */
  readonly sums: OwnerSumsAnswer
  readonly all: OwnerSumsAnswer
  /** Records that are left out, because their pages were freed after they were allocated. */
  readonly freed: number
  /** What ages are measured against; absent where the file tells no times at all. */
  readonly age?: AgeEnd
  /** Size of a page that sizes go by; true when no file tells it and 4096 is taken. */
  readonly pageBytes: number
  readonly isPageSizeAssumed: boolean
  /** Position of the row that `find` names; -1 when it is not listed. */
  readonly foundAt: number
  /** The group of the record that covers `page`, its position, and the record's line; absent when the dump has none. */
  readonly ofPage?: { readonly group: string; readonly at: number; readonly place: PlaceAnswer }
}

/** What one dump says who allocated, in groups, one window. O(records) for a grouping or filter not asked for lately. */
export function findOwners(trace: Trace, question: OwnersQuestion): OwnersAnswer {
  const { pageBytes, isAssumed } = pageSizeOf(trace)
  const dumps = ownerDumpAnswers(trace)
  const dump = dumpOf(trace, question.dump)
  const shared = { ...dumps, pageBytes, isPageSizeAssumed: isAssumed, offset: question.offset }
  if (dump === undefined) {
    const nothing = { pages: 0, sizeBytes: 0, allocations: 0 }
    const { grouping } = question
    const empty = { dump: '', groupings: [], grouping, total: 0, rows: [], groups: 0, freed: 0, foundAt: -1 }
    return { ...shared, ...empty, sums: nothing, all: nothing }
  }
  const level = levelOf(trace, dump, question)
  const refs = listedRows(trace, level, question)
  const window = refs.slice(question.offset, question.offset + question.limit)
  const sums = sumsOf(level.groups, pageBytes)
  return {
    ...shared,
    dump: dump.id,
    groupings: groupingsOf(level.groups.rows),
    grouping: level.grouping,
    total: refs.length,
    rows: window.map((ref) => groupAnswer(trace, ref, sums.pages, pageBytes)),
    groups: level.listed.length,
    sums,
    all: sumsOf(ownerGroupsOf(trace, dump, level.grouping, ''), pageBytes),
    freed: level.groups.rows.freed,
    ...(dump.kind === 'records' ? { age: ageEndOf(trace, dump) } : {}),
    foundAt: positionOf(refs, question.find),
    ...groupOfPage(trace, level.groups, refs, question.page),
  }
}

interface Level {
  readonly grouping: OwnerGrouping
  readonly groups: OwnerGroups
  /** Keys that have rows, sorted. */
  readonly listed: readonly number[]
}

interface RowRef {
  readonly level: 1 | 2
  readonly groups: OwnerGroups
  readonly key: number
  /** Name of the group that a stack is listed under. */
  readonly group: string
  readonly isStack: boolean
}

function levelOf(trace: Trace, dump: OwnerDump, question: OwnersQuestion): Level {
  const wanted = question.grouping
  const grouping = dump.kind === 'totals' && wanted !== 'task' ? 'stack' : wanted
  const groups = ownerGroupsOf(trace, dump, grouping, question.filter)
  return { grouping, groups, listed: sortedKeys(groups, question) }
}

function sortedKeys(groups: OwnerGroups, { sort, isDescending, thenBy = [] }: OwnersQuestion): readonly number[] {
  const listed: number[] = []
  const { offsets } = groups.members
  for (let key = 0; key < groups.members.keyCount; key++) if (offsets[key + 1] > offsets[key]) listed.push(key)
  sortOwnerGroups(listed, groups, [{ sort, isDescending }, ...thenBy])
  return listed
}

function listedRows(trace: Trace, { grouping, groups, listed }: Level, question: OwnersQuestion): readonly RowRef[] {
  const opened = new Set(grouping === 'stack' ? [] : question.opened)
  return listed.flatMap((key): readonly RowRef[] => {
    const group = groups.keys.nameOf(key)
    const own: RowRef = { level: 1, groups, key, group, isStack: grouping === 'stack' }
    if (!opened.has(group)) return [own]
    const inner = stacksOfGroup(trace, groups, key)
    const stacks = sortedKeys(inner, question)
    return [own, ...stacks.map((stack): RowRef => ({ level: 2, groups: inner, key: stack, group, isStack: true }))]
  })
}

/** The rows of one group by stack. O(rows of the dump) for the index, which is an addition a row. */
function stacksOfGroup(trace: Trace, { rows, members }: OwnerGroups, key: number): OwnerGroups {
  const stacks = ownerStacksOf(trace)
  const own = rowsOf(members, key)
  const keyOf = new Int32Array(rows.length).fill(-1)
  for (let place = 0; place < own.length; place++) keyOf[own[place]] = rows.stack[own[place]]
  const index = buildGroupIndex<number, number>(column(keyOf), stacks.count)
  const titleOf = (stack: number): string =>
    stacks.whyNobody(stack) === '' ? holderText(trace, stacks.stackOf(stack)) : ''
  const keys = { keyOf, count: stacks.count, nameOf: stacks.nameOf, find: stacks.find, titleOf }
  return { rows, keys, members: index, sums: sumUp(trace, rows, index) }
}

function sumsOf({ sums }: OwnerGroups, pageBytes: number): OwnerSumsAnswer {
  let pages = 0
  let blocks = 0
  for (let key = 0; key < sums.pages.length; key++) {
    pages += sums.pages[key]
    blocks += sums.blocks[key]
  }
  return { pages, sizeBytes: pages * pageBytes, allocations: blocks === 0 && pages > 0 ? -1 : blocks }
}

function groupAnswer(trace: Trace, ref: RowRef, allPages: number, pageBytes: number): OwnerGroupAnswer {
  const { groups, key, level, group, isStack } = ref
  const { rows, sums, keys } = groups
  const stacks = ownerStacksOf(trace)
  const pages = sums.pages[key]
  const end = rows.dump.kind === 'records' ? ageEndOf(trace, rows.dump).ts : -1
  const first = rowsOf(groups.members, key)[0]
  const stack = isStack ? stacks.stackOf(key) : undefined
  return {
    level,
    group,
    stackName: isStack ? stacks.nameOf(key) : '',
    title: keys.titleOf(key),
    missing: isStack ? stacks.whyNobody(key) : '',
    pages,
    sizeBytes: pages * pageBytes,
    allocations: sums.blocks[key] === 0 ? -1 : sums.blocks[key],
    share: allPages === 0 ? 0 : pages / allPages,
    stacks: sums.stacks[key],
    tasks: sums.tasks[key],
    misplaced: sums.misplaced[key],
    oldestText: ageText(sums.oldest[key], end),
    newestText: ageText(sums.newest[key], end),
    stack: stack === undefined ? NO_STACK : stackAnswer(trace, stack),
    depthNote: stack === undefined || stack < 0 ? '' : depthNote(trace, stack),
    place: placeOf(trace, rows.lineOf(first)),
  }
}

function positionOf(refs: readonly RowRef[], find: OwnersQuestion['find']): number {
  if (find === undefined) return -1
  return refs.findIndex(({ level, group, groups, key }) =>
    find.stack === undefined
      ? level === 1 && group === find.group
      : level === 2 && group === find.group && groups.keys.nameOf(key) === find.stack,
  )
}

function groupOfPage(
  trace: Trace,
  { rows, keys }: OwnerGroups,
  refs: readonly RowRef[],
  page: number | undefined,
): Pick<OwnersAnswer, 'ofPage'> {
  const { startRow, endRow } = rows.dump
  const row = page === undefined ? undefined : ownerRowsOf(trace, page).find((own) => own >= startRow && own < endRow)
  const at = row === undefined ? -1 : findAtLeast(rows.row, row)
  if (row === undefined || rows.row[at] !== row || keys.keyOf[at] < 0) return {}
  const group = keys.nameOf(keys.keyOf[at])
  return { ofPage: { group, at: positionOf(refs, { group }), place: placeOf(trace, trace.owners.line[row]) } }
}
