import { formatDuration } from '../../base/clock.ts'
import { counted } from '../../base/counted.ts'
import { type CompareAnswer, type ComparedRow } from '../../queries/compare/compare.ts'
import { type CompareChoice, type CompareMeasure } from '../../queries/compare/compare-question.ts'
import { plainText } from '../plain-text.ts'

/** What a comparison says. */
export interface CompareFacts {
  readonly choice: CompareChoice
  readonly answer: CompareAnswer
}

/** Two captures side by side for people: what differs first, then what weakens it, both captures, failures, and groups as they are ranked. */
export function compareText({ choice, answer }: CompareFacts): string {
  const { summary, cautions, rows, total } = answer
  const left = total - rows.length
  const lines = [
    ...summary,
    '',
    ...(cautions.length === 0 ? [] : ['Cautions', ...cautions.map(({ text }) => `   ${text}`), '']),
    ...columns([['', 'A', 'B'], ...sideRows(answer)]),
    '',
    ...failureRows(answer),
    '',
    `Holds by ${choice.grouping}: ${changesText(answer)}`,
    ...(rows.length === 0 ? ['   no hold passes in either'] : columns(groupRows(choice, rows), NUMBER_COLUMNS)),
    ...(left > 0 ? [`   … ${counted(left, 'more row')}, which differ less`] : []),
    '',
    answer.exposureText,
    answer.rule,
  ]
  return `${lines.map(plainText).join('\n')}\n`
}

type Side = CompareAnswer['sides']['a']

function sideRows({ sides, failedRanges, blockingPages }: CompareAnswer): readonly (readonly string[])[] {
  const row = (name: string, of: (side: Side) => string): readonly string[] => [name, of(sides.a), of(sides.b)]
  return [
    row('files', ({ files, mainFile }) => (files > 1 ? `${mainFile} and ${files - 1} more` : mainFile)),
    row('kernel', ({ kernel }) => (kernel === '' ? 'no file tells' : kernel)),
    row('trace', spanText),
    row('events', ({ events, refEvents }) => `${events}, ${refEvents} of page_ref`),
    row('traced pages', (side) => side.pagesText),
    row('lost', lostText),
    row('classed by', ({ rules }) => rules.words.replace(/^rules: /, '')),
    ['failed ranges', String(failedRanges.a), String(failedRanges.b)],
    ['blocking pages', String(blockingPages.a), String(blockingPages.b)],
  ]
}

function spanText({ from, to, spanNs, hasDurations }: Side): string {
  if (from === undefined || to === undefined) return 'no events'
  return `${formatDuration(spanNs, hasDurations ? 'seconds' : 'counts')}: ${from.text} to ${to.text}`
}

function lostText({ lost, rejected }: Side): string {
  const events = `${lost.isAtLeast ? 'at least ' : ''}${counted(lost.count, 'event')}`
  return rejected === 0 ? events : `${events}, ${counted(rejected, 'line')} rejected`
}

function failureRows({ failureLines, failuresLeft }: CompareAnswer): readonly string[] {
  if (failureLines.length === 0) return ['Failures: no attempt and no failed range in either']
  const rows = failureLines.map(({ what, a, difference, told, b, exampleA, exampleB }) => [
    what,
    a,
    difference,
    told,
    b,
    placeText(exampleA),
    placeText(exampleB),
  ])
  return [
    ...columns([['Failures', 'A', 'B - A', 'tells', 'B', 'first in A', 'first in B'], ...rows]),
    ...(failuresLeft > 0 ? [`   … ${counted(failuresLeft, 'more kind')} of failure, which differ less`] : []),
  ]
}

function placeText(example: CompareAnswer['failureLines'][number]['exampleA']): string {
  if (example === undefined) return ''
  return example.place === undefined ? example.time : `${example.place.fileName}:${example.place.line}`
}

const MEASURES: readonly (readonly [CompareMeasure, string])[] = [
  ['ranges', 'ranges'],
  ['longTerm', 'long'],
  ['open', 'open'],
  ['holds', 'holds'],
  ['totalNs', 'total'],
  ['pages', 'PFNs'],
]

/** Set to the right: every measure of both sides. */
const NUMBER_COLUMNS: readonly number[] = [1, 2, 3, 4, 5, 6, 10, 11, 12, 13, 14, 15]

function groupRows({ grouping }: CompareChoice, rows: readonly ComparedRow[]): readonly (readonly string[])[] {
  const heads = (side: string): readonly string[] => MEASURES.map(([, name]) => `${side} ${name}`)
  return [
    [grouping, ...heads('A'), 'change', 'B - A', 'tells', ...heads('B')],
    ...rows.map((row) => [
      row.title === '' ? 'not recorded' : row.title,
      ...MEASURES.map(([measure]) => row.texts[measure].a),
      row.changeWord,
      row.differenceText,
      row.isMissingUnsure ? 'not listed' : row.toldText,
      ...MEASURES.map(([measure]) => row.texts[measure].b),
    ]),
  ]
}

function changesText({ changeCounts, tooFew }: CompareAnswer): string {
  const words = changeCounts.map(({ count, word }) => `${count} ${word}`)
  return `${words.join(', ')}; ${tooFew} too few to tell`
}

/** Rows under each other, every column as wide as its widest cell; nothing is cut. */
function columns(rows: readonly (readonly string[])[], right: readonly number[] = []): readonly string[] {
  const widths = rows[0].map((_, at) => Math.max(...rows.map((row) => row[at].length)))
  return rows.map((row) => {
    const cells = row.map((cell, at) => (right.includes(at) ? cell.padStart(widths[at]) : cell.padEnd(widths[at])))
    return `   ${cells.join('  ')}`.trimEnd()
  })
}
