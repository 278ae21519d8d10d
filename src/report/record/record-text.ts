import { formatPfn, formatPfnRange } from '../../base/pfn.ts'
import { type PfnSpan } from '../../base/pfn-spans.ts'
import { type NextRecording } from '../../queries/record/next-recording.ts'
import { type RecordPlan, type RecordStep } from '../../queries/record/record-plan.ts'
import { plainText } from '../plain-text.ts'

/** How to record, for people: each step with why, what it needs, what it costs, and the commands to copy. */
export function recordText({ question, steps, warnings }: RecordPlan, next?: NextRecording): string {
  const lines = [
    `Record ${question.trigger} with ${question.tool} on Linux ${question.kernel}: ${pagesText(question.spans)}`,
    ...warnings.map((warning) => `Mind: ${warning}`),
    ...(next === undefined ? [] : nextLines(next)),
    ...steps.flatMap((step, at) => ['', ...stepLines(step, at + 1)]),
  ]
  return `${lines
    .flatMap((line) => line.split('\n'))
    .map(plainText)
    .join('\n')}\n`
}

function pagesText(spans: readonly PfnSpan[]): string {
  if (spans.length === 0) return 'pages as the commands look them up'
  const shown = spans.slice(0, 8).map(({ startPfn, endPfn }) => {
    return endPfn === startPfn + 1 ? formatPfn(startPfn) : formatPfnRange(startPfn, endPfn)
  })
  return `${shown.join(', ')}${spans.length > 8 ? ` and ${spans.length - 8} more` : ''}`
}

function nextLines({ reasons, pages, pagesLeftOff, rangeSpans }: NextRecording): readonly string[] {
  return [
    '',
    'Why, by these files',
    ...reasons.map(({ text }) => `   - ${text}`),
    ...pages.map(({ pfn, why }) => `   - pfn ${formatPfn(pfn)}: ${why}`),
    ...(pages.length > 0 && rangeSpans.length > 0
      ? [`   - a workload that is started anew gets other pages: their range is ${pagesText(rangeSpans)}`]
      : []),
    ...(pagesLeftOff > 0 ? [`   - ${pagesLeftOff} more pages, all in --json`] : []),
  ]
}

function stepLines({ title, why, needs, cost, commands, filter, when }: RecordStep, number: number): readonly string[] {
  return [
    `${number}. ${title}${when === 'boot' ? ' (before a boot)' : ''}`,
    `   ${why}`,
    ...needs.map(({ option, gives }) => `   needs ${option}=y: ${gives}`),
    `   cost: ${cost}`,
    ...(filter === undefined ? [] : [`   filter: ${filter}`]),
    '',
    ...commands.map((line) => `       ${line.replaceAll('\n', '\n       ')}`),
  ]
}
