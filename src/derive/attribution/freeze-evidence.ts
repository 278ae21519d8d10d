import { formatTime } from '../../base/clock.ts'
import { NONE, type EventRow } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { mappingsOf } from '../counts/mapcount.ts'
import { type Derived } from '../derived.ts'
import { HOLD_OPEN, type HoldRow } from '../holds/hold-table.ts'
import { operationText } from '../operation.ts'
import { type AttemptFreeze, attemptFreezesOf, statingFreeze } from './attempt-freezes.ts'
import { taskText } from './evidence.ts'
import { type Evidence } from './finding.ts'
import { type Attempt, type PageState } from './page-state.ts'
import { classIndexOf, REFERENCE_CLASSES } from './reference-class.ts'

/** Kinds of refusals that are told of one page, and lines cited of each; the words say how many there are. */
const MOST_TOLD = 3
const MOST_LINES = 5

/**
 * The freezes of a page that the kernel refused in an attempt, those of the attempt itself first: who tried, what it
 * expected and what it found, `val=` and `count=` as the line prints them. Refusals that are alike are told as one. Then,
 * where the holds of the trace make another number than the kernel found too many, what that means.
 */
export function freezeEvidence(
  trace: Trace,
  derived: Derived,
  state: PageState,
  attempt: Attempt,
): readonly Evidence[] {
  const freezes = attemptFreezesOf(trace, derived, state, attempt)
  if (freezes.length === 0) return []
  const groups = alikeOf(freezes)
  const stating = statingFreeze(trace, derived, state, attempt)
  return [
    ...groups.slice(0, MOST_TOLD).map((group) => refusalEvidence(trace, group)),
    ...(groups.length > MOST_TOLD ? [moreEvidence(trace, groups.slice(MOST_TOLD).flat())] : []),
    ...(stating === undefined ? [] : balanceEvidence(trace, derived, state, stating)),
  ]
}

/** Refusals of one task, one function, one expectation and one count, each group in time order. */
function alikeOf(freezes: readonly AttemptFreeze[]): readonly (readonly AttemptFreeze[])[] {
  const groups = new Map<string, AttemptFreeze[]>()
  for (const freeze of freezes) {
    const { task, freezer, val, count, raced, row } = freeze
    const parts = [task, freezer.words, freezer.symbol, val, count, freeze.isOfAttempt, raced.length > 0 ? row : '']
    const key = parts.join('\0')
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [freeze])
    else group.push(freeze)
  }
  return [...groups.values()].toSorted((a, b) => Number(b[0].isOfAttempt) - Number(a[0].isOfAttempt))
}

function refusalEvidence(trace: Trace, group: readonly AttemptFreeze[]): Evidence {
  const [first] = group
  const last = group[group.length - 1]
  const { freezer, raced, isOfAttempt } = first
  const inFunction = freezer.symbol === '' ? '' : ` in ${freezer.symbol}`
  const by = `${freezer.words} by ${taskText(trace, first.row)}${inFunction} was refused`
  const other = isOfAttempt ? '' : '; this is not the attempt that failed'
  const untold = freezer.purpose === 'untold' ? '; who tried is not in the trace' : ''
  return {
    text: `${by} ${whenText(trace, group)}: ${expectationText(first)}${raceText(trace, first)} (val=${first.val} count=${first.count} ret=0)${untold}${other}`,
    lines: [...cited(group).map(({ row }) => row), ...raced.slice(-MOST_LINES)].map((row) => trace.events.line[row]),
    row: last.row,
  }
}

function cited(group: readonly AttemptFreeze[]): readonly AttemptFreeze[] {
  return group.length <= MOST_LINES ? group : [group[0], ...group.slice(1 - MOST_LINES)]
}

/** `at 4.124838`, `5 times, from 4.124838 to 4.125906`. */
function whenText({ events, clock }: Trace, group: readonly AttemptFreeze[]): string {
  const timeOf = ({ row }: AttemptFreeze): string => formatTime(events.time[row], clock)
  const last = group[group.length - 1]
  if (group.length === 1) return `at ${timeOf(last)}`
  const left = group.length > MOST_LINES ? `, the first and the last ${MOST_LINES - 1} cited` : ''
  return `${group.length} times, from ${timeOf(group[0])} to ${timeOf(last)}${left}`
}

/** `it expected 2 references, its own among them, and found 3, 1 too many`. */
function expectationText({ val, count, excess, freezer }: AttemptFreeze): string {
  const own = freezer.countsOwn ? (val === 1 ? ', its own,' : ', its own among them,') : ''
  const expected = `it expected ${val} ${val === 1 ? 'reference' : 'references'}${own} and found`
  if (excess === undefined) return `${expected} another number${changedText(val, count)}`
  if (excess.least === excess.most) return `${expected} ${count}, ${excess.most} too many`
  return `${expected} about ${count}, at least ${excess.least} and at most ${excess.most} too many`
}

/** The count that is printed was read again after the refusal: one that is as expected was not so when it was refused. */
function changedText(val: number, count: number): string {
  if (count === 0) return '; read again right after, the count was 0: another one had frozen the page, or freed it'
  const gone = count === val ? 'what was in the way had gone by then' : 'it was changing'
  return `; read again right after, the count was ${count}: ${gone}`
}

/** What other CPUs did to the count at the same time. */
function raceText(trace: Trace, { raced }: AttemptFreeze): string {
  if (raced.length === 0) return ''
  const named = raced.slice(-MOST_LINES)
  const changes = named.map((row) => `${operationText(trace, row)} by ${taskText(trace, row)}`).join(', ')
  const more = raced.length > named.length ? ` and at least ${raced.length - named.length} more before them` : ''
  return `: the count is read again after the refusal, and ${changes}${more} came at the same time`
}

function moreEvidence(trace: Trace, rest: readonly AttemptFreeze[]): Evidence {
  const [last] = rest.slice(-1)
  return {
    text: `the count was refused to freeze ${rest.length} more ${rest.length === 1 ? 'time' : 'times'} in the attempt, by other tasks or functions or with other counts; the last at ${formatTime(trace.events.time[last.row], trace.clock)}`,
    lines: cited(rest).map(({ row }) => trace.events.line[row]),
    row: last.row,
  }
}

const LRU = classIndexOf('lru')
const MIGRATION = classIndexOf('migration')

/**
 * Where the traced holds that nobody reckons with make another number than was too many: said, for then somebody is
 * missing, or a put is. Nothing where they agree, where a race leaves the number open, and of a page still mapped, whose
 * mappings were in the way as well.
 */
function balanceEvidence(
  trace: Trace,
  { holds }: Derived,
  state: PageState,
  { row, task, excess }: AttemptFreeze,
): readonly Evidence[] {
  if (excess === undefined || excess.least !== excess.most || (mappingsOf(trace, row) ?? 0) > 0) return []
  const isTaken = (hold: HoldRow): boolean => holds.getRow[hold] === NONE || holds.getRow[hold] < row
  const isKept = (hold: HoldRow): boolean => holds.kind[hold] === HOLD_OPEN || holds.putRow[hold] > row
  const isInTheWay = (hold: HoldRow): boolean => {
    const ofClass = holds.class[hold]
    if (ofClass === MIGRATION) return holds.task[hold] !== task
    return ofClass === LRU || !REFERENCE_CLASSES[ofClass].isExpected
  }
  const open = state.holds.filter((hold) => isInTheWay(hold) && isTaken(hold) && isKept(hold))
  const traced = open.reduce((sum, hold) => sum + holds.units[hold], 0)
  if (traced === excess.most) return []
  const gets = open.map((hold) => (holds.getRow[hold] === NONE ? holds.putRow[hold] : holds.getRow[hold]))
  return [
    {
      text: balanceText(traced, excess.most),
      lines: [row, ...gets.slice(0, MOST_LINES)].map((one: EventRow) => trace.events.line[one]),
      row,
    },
  ]
}

function balanceText(traced: number, excess: number): string {
  if (traced === 0)
    return `who had ${excess === 1 ? 'that reference' : `those ${excess} references`} is not in the trace`
  if (traced < excess)
    return `of the ${excess} too many the trace tells who had ${traced}; who had the other ${excess - traced} is not in it`
  return `the holds of the trace make ${traced} then, and ${excess} ${excess === 1 ? 'was' : 'were'} too many: the put of ${traced - excess} is not in the trace, or the kernel expects what holds`
}
