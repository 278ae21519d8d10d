import { formatDuration, type TimeStyle } from '../../base/clock.ts'
import { type CopyTable, writeCopy } from '../../base/copy-table.ts'
import { sparkText } from '../../base/spark-text.ts'
import { type PinnerAnswer, type PinnersAnswer, type PinnersQuestion } from '../../queries/pinners.ts'
import { plainText } from '../plain-text.ts'

/** What `pinscope pinners` prints. */
export interface PinnersFacts {
  readonly question: PinnersQuestion
  readonly answer: PinnersAnswer
  readonly unit: TimeStyle['unit']
}

const NAMES = {
  stack: 'holder',
  holder: 'holder',
  task: 'task',
  class: 'class',
  order: 'order',
  migratetype: 'migratetype',
} as const

/** The pinners' table for people: what counts and what is hidden, then a row a group. */
export function pinnersText({ question, answer, unit }: PinnersFacts): string {
  const { sums, hidden, groups, blockers, noise, shapeAxis } = answer
  const all = sums.holds + hidden.expected + hidden.short
  const limit = answer.hasDurations && question.thresholdNs > 0
  const lines = [
    `${sums.holds} of ${all} holds in ${groups} ${groups === 1 ? 'group' : 'groups'} by ${question.grouping ?? 'stack'}${limit ? `, held at least ${formatDuration(question.thresholdNs, unit)}` : ''}${question.filter === '' ? '' : `, filter ${question.filter}`}`,
    ...(blockers > 0 ? [`${blockers} more blocked a range, with holds that are all hidden`] : []),
    `Hidden: ${hidden.expected} expected by migration, ${hidden.short} shorter`,
    ...noise.map((entry) => `   ${entry.hidden}  ${entry.class}: ${entry.reason} (${entry.source})`),
    `taken: from ${shapeAxis.from.text} to ${shapeAxis.to.text}${shapeAxis.lost.length > 0 ? ', ╱ where events were lost' : ''}, ◂ before; held: below 1 us, 1 us to 100 s in half decades, more`,
  ]
  const left = answer.total - answer.rows.length
  const more = left > 0 ? [`${left} more ${left === 1 ? 'row' : 'rows'}`] : []
  const table =
    answer.rows.length === 0 ? [] : ['', ...writeCopy(tableOf(question, answer), 'text').trimEnd().split('\n')]
  return `${[...lines, ...table, ...more].map(plainText).join('\n')}\n`
}

type Cell = readonly [header: string, text: (row: PinnerAnswer) => string, align?: 'end']

/** The rows with the names last, because they are long. */
function tableOf({ grouping = 'stack' }: PinnersQuestion, { rows, shapeAxis }: PinnersAnswer): CopyTable {
  const isStack = grouping === 'stack'
  const cells: readonly Cell[] = [
    ['ranges blocked', (row) => String(row.ranges), 'end'],
    ['holds', (row) => String(row.holds), 'end'],
    ['open', (row) => String(row.open), 'end'],
    ['longest', (row) => (row.holds === 0 ? '' : row.longestText), 'end'],
    ['total', (row) => (row.holds === 0 ? '' : row.totalText), 'end'],
    ['PFNs', (row) => String(row.pages), 'end'],
    ['tasks', (row) => String(row.tasks), 'end'],
    ...(isStack ? [] : [['stacks', (row: PinnerAnswer) => String(row.stacks), 'end'] as const]),
    ['hidden', (row) => String(row.hidden), 'end'],
    ['taken', ({ shape }) => `${shape.beganBefore > 0 ? '◂' : ' '}${sparkText(shape.taken, shapeAxis.lost)}`],
    ['held', ({ shape }) => sparkText(shape.closed.flatMap((count, at) => Array(2).fill(count + shape.open[at])))],
    [NAMES[grouping], (row) => row.title || 'not recorded'],
    ...(grouping === 'class' ? [] : [['class', (row: PinnerAnswer) => row.classes.join(',')] as const]),
    ...(grouping === 'task' ? [] : [['most holds by', topTasks] as const]),
    ...(isStack || grouping === 'holder' ? [] : [['most holds in', topHolders] as const]),
    ...(isStack ? [['called by', callers] as const, ['stack', (row: PinnerAnswer) => row.stack.hash] as const] : []),
  ]
  return {
    title: '',
    columns: cells.map(([header, , align]) => ({ header, ...(align === undefined ? {} : { align }) })),
    rows: rows.map((row) => cells.map(([, text]) => text(row))),
  }
}

function topTasks({ topTasks: tasks }: PinnerAnswer): string {
  return tasks.map(({ comm, pid, holds }) => `${comm}-${pid} ×${holds}`).join(' ')
}

function topHolders({ topHolders: holders }: PinnerAnswer): string {
  return holders.map(({ holder, holds }) => `${holder || 'no stack'} ×${holds}`).join(' ')
}

const CALLERS = 3

function callers({ stack: { frames } }: PinnerAnswer): string {
  const holder = frames.findIndex((frame) => frame.isHolder)
  const above = holder < 0 ? [] : frames.slice(holder + 1, holder + 1 + CALLERS)
  return above.map((frame) => `← ${frame.symbol}`).join(' ')
}
