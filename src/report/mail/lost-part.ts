import { counted } from '../../base/counted.ts'
import { type FileAnswer } from '../../queries/overview.ts'
import { lossLines } from '../ledger-text.ts'
import { rulesUsedText } from '../rules-used.ts'
import { type BugReportFacts } from './bug-report-facts.ts'
import { type Block, type ReportPart } from './report-part.ts'

const LOSSES_TOLD = 3
const NAMES_TOLD = 4

/** What was lost, refused or not read, and what the answer takes for granted. */
export function lostPart(facts: BugReportFacts): ReportPart {
  const { overview, failure } = facts
  const [first, ...losses] = lossLines(overview)
  const more = losses.length - LOSSES_TOLD
  const caveats = failure?.caveats ?? []
  const traceNotes = overview.files.flatMap((file) =>
    file.isTrace ? file.notices.map((text) => `${file.name}: ${text}`) : [],
  )
  const damage = overview.files.flatMap((file) => file.damage.map((text) => `${file.name} is damaged: ${text}`))
  return {
    title: 'Lost or assumed',
    blocks: [
      { kind: 'text', text: `${lowerFirst(first)}; ${ledgerText(overview.files)}`, level: 1 },
      ...losses.slice(0, LOSSES_TOLD).map((text, at) => item(text.trim(), 68 - at)),
      ...(more > 0 ? [item(`${more} more such gaps`, 67)] : []),
      ...caveats.map((text, at) => item(text, Math.max(50, 86 - at * 3))),
      ...damage.map((text, at) => item(text, Math.max(45, 70 - at * 3))),
      ...traceNotes.map((text, at) => item(text, Math.max(10, 56 - at * 3))),
      { kind: 'text', text: judgedText(facts), level: 1 },
    ],
  }
}

function item(text: string, keep: number): Block {
  return { kind: 'text', text: `- ${text}`, level: 1, keep }
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`
}

/** `20 files, 300 lines = 290 parsed + 10 skipped + 0 rejected; not read: truth.json`. */
function ledgerText(files: readonly FileAnswer[]): string {
  const read = files.filter(({ format }) => format !== 'unknown')
  const unread = files
    .filter(({ format, excerpt }) => format === 'unknown' && excerpt?.shown !== 0)
    .map(({ name }) => name)
  const sums = (['line', 'record'] as const).flatMap((unit) => {
    const of = read.filter((file) => file.unit === unit).map(({ ledger }) => ledger)
    if (of.length === 0) return []
    const sum = (part: 'total' | 'parsed' | 'skipped' | 'rejected'): number =>
      of.reduce((all, ledger) => all + ledger[part], 0)
    if (sum('parsed') === sum('total')) return [`${counted(sum('total'), unit)}, all parsed`]
    return [
      `${counted(sum('total'), unit)} = ${sum('parsed')} parsed + ${sum('skipped')} skipped + ${sum('rejected')} rejected`,
    ]
  })
  const names = unread.slice(0, NAMES_TOLD).join(', ')
  const more = unread.length > NAMES_TOLD ? ` and ${unread.length - NAMES_TOLD} more` : ''
  const missed = unread.length === 0 ? '' : `; not read: ${names}${more}`
  return `${counted(read.length, 'file')} read: ${sums.join('; ')}${missed}`
}

function judgedText({ rulesInForce, rules, thresholdNs, overview }: BugReportFacts): string {
  const counts = overview.clock.style.unit === 'counts'
  const from = counts
    ? 'the clock counts, so that no hold is called long'
    : `holds from ${thresholdNs / 1000} us on are long-term`
  return `${rulesInForce}; ${from}${rules === undefined ? '' : `; ${rulesUsedText(rules)}`}`
}
