import { counted } from '../base/counted.ts'
import { formatPfn, formatPfnRange } from '../base/pfn.ts'
import { type OverviewAnswer } from '../queries/overview.ts'
import { type PinnerAnswer, type PinnersAnswer } from '../queries/pinners.ts'
import { taskText } from '../queries/task-answer.ts'
import { type BlockingPageAnswer, type CulpritAnswer, type EvidenceAnswer } from '../queries/wire.ts'
import { citedText, withAlike } from './alike-pages.ts'
import { culpritGroupLines } from './culprit-groups.ts'
import { ledgerLines, lossLines } from './ledger-text.ts'
import { plainText } from './plain-text.ts'
import { type FailureDetail, type ReportFacts } from './report-facts.ts'
import { rulesUsedText } from './rules-used.ts'
import { type SaidFacts, saidLines, saidOfFailure } from './said-facts.ts'
import { sliceLines } from './slice/slice-words.ts'

/** Pages shown in full, and looked at for those that are held alike. */
const PAGES_SHOWN = 12
const PAGES_LISTED = 200
const CULPRITS_SHOWN = 5
const PINNERS_SHOWN = 15

/** The report for people: a sentence for every failed range, the lines that prove it, what was read and what was lost. */
export function reportText(facts: ReportFacts): string {
  const { overview, failures, pinners, rules } = facts
  const lines = [
    summaryLine(overview),
    ...sliceLines(overview),
    facts.rulesInForce,
    ...(rules === undefined ? [] : [rulesUsedText(rules)]),
    '',
    ...(failures.length === 0 ? [...noneLines(overview), ''] : unreadLines(overview)),
    ...groupLines(facts),
    ...failures.flatMap((detail, at) => [...failureLines(detail, at + 1, facts.said), '']),
    ...pinnerLines(pinners),
    'Files',
    ...ledgerLines(overview),
    ...lossLines(overview),
  ]
  return `${lines.map(plainText).join('\n')}\n`
}

function summaryLine(overview: OverviewAnswer): string {
  const { files, events, failures, from, to } = overview
  const span = from === undefined || to === undefined ? '' : ` from ${from.text} to ${to.text}`
  return `${counted(files.length, 'file')}, ${counted(events, 'event')}${span}, ${counted(failures, 'failed range')}`
}

function noneLines(overview: OverviewAnswer): readonly string[] {
  return ['No failed range was found in these files.', ...unreadLines(overview), ...successLines(overview)]
}

/** That a failed range may be missing; which lines cannot be understood stands with their files. */
function unreadLines({ unreadEnds }: OverviewAnswer): readonly string[] {
  return unreadEnds === undefined ? [] : ['Not all that was tried can be understood: see the notes of the files.']
}

/** What went well, where nothing failed: one line of a file each, and no more than it says. */
function successLines({ successes }: OverviewAnswer): readonly string[] {
  return successes.map(({ text, place }) => `${text} (${place.fileName}:${place.line})`)
}

function failureLines({ failure, pages, caveats }: FailureDetail, number: number, said?: SaidFacts): readonly string[] {
  const when =
    failure.time?.text ?? (failure.printedTime === '' ? 'an unknown time' : `${failure.printedTime} (kernel log)`)
  const range = formatPfnRange(failure.startPfn, failure.endPfn)
  const times = failure.attempts > 1 ? `, ${failure.attempts} attempts` : ''
  const where = failure.place === undefined ? '' : ` (${failure.place.fileName}:${failure.place.line})`
  const shown = withAlike(pages.slice(0, PAGES_LISTED)).filter(({ as }, at) => as !== undefined || at < PAGES_SHOWN)
  const hidden = pages.length - shown.length
  return [
    `${number}. ${failure.trigger} ${range} failed at ${when}${times}${where}`,
    `   ${failure.sentence}`,
    `   verdict ${failure.verdict}; range known by ${failure.basis}`,
    ...(said === undefined ? [] : saidLines(saidOfFailure(said, failure)).map((line) => `   ${line}`)),
    ...caveats.map((caveat) => `   caveat: ${caveat}`),
    ...shown.flatMap(({ page, as }) =>
      as === undefined ? pageLines(page, failure.time !== undefined) : [alikeLine(page, as)],
    ),
    ...(hidden > 0 ? [`   … ${counted(hidden, 'more blocking page')}, all in --json`] : []),
  ]
}

/** A page that its holder holds as it does one that was shown. */
function alikeLine(page: BlockingPageAnswer, as: BlockingPageAnswer): string {
  const [culprit] = page.culprits
  const sure = `${kindText(culprit)}, ${culprit.confidence.toFixed(2)}, ${spanText(culprit)}`
  return `   pfn ${formatPfn(page.pfn)}: held as ${formatPfn(as.pfn)} is: ${sure} (${citedText(page)})`
}

/** A failure that no time of the trace is known of leaves the counts of the trace's end: nothing is said of when. */
function pageLines(page: BlockingPageAnswer, isTimed: boolean): readonly string[] {
  const head = page.headPfn === page.pfn ? '' : ` (tail of ${formatPfn(page.headPfn)})`
  const counts = [
    page.count === undefined ? '' : `count ${page.count}`,
    page.mapcount === undefined ? '' : `mapcount ${page.mapcount}`,
  ].filter((text) => text !== '')
  const at = counts.length === 0 ? '' : `${isTimed ? '; at the failure' : ';'} ${counts.join(', ')}`
  // Of the moment when migration judged the page, which may be before it was put back and the range failed.
  const excess = page.excess === undefined ? '' : `; ${counted(page.excess, 'reference')} more than migration expects`
  const reason = page.reason === '' ? '' : `; ${page.reason}`
  return [
    `   pfn ${formatPfn(page.pfn)}${head}: ${page.verdict}${at}${excess}${reason}`,
    ...page.culprits.slice(0, CULPRITS_SHOWN).flatMap(culpritLines),
    ...factLines(newFacts(page), '     '),
  ]
}

/** Facts of the page that no holder shown has cited already. */
function newFacts(page: BlockingPageAnswer): readonly EvidenceAnswer[] {
  const shown = page.culprits.slice(0, CULPRITS_SHOWN)
  const told = new Set(shown.flatMap((culprit) => culprit.evidence.map((fact) => fact.text)))
  return page.evidence.filter((fact) => !told.has(fact.text))
}

function culpritLines(culprit: CulpritAnswer): readonly string[] {
  const module = culprit.module === '' ? '' : ` [${culprit.module}]`
  const name = culprit.function === '' ? 'no stack recorded' : `${culprit.function}${module}`
  const ofSet = culprit.ofSet === undefined ? '' : ` ${culprit.ofSet}`
  const sure = `${culprit.confidenceWord} ${culprit.confidence.toFixed(2)}${ofSet}`
  return [
    `     ${culprit.rank}. ${name}  ${taskText(culprit.task)}  ${kindText(culprit)}  ${sure}  ${spanText(culprit)}`,
    ...factLines(culprit.evidence, '        '),
  ]
}

/** What became of the hold; of a reference that migration expects, what it is. */
function kindText({ kind, isPrivateData, taskGone }: CulpritAnswer): string {
  if (isPrivateData) return 'private data, expected by migration'
  return taskGone ? `${kind}, its task is gone` : kind
}

function spanText({ heldFrom, heldTo, heldText }: CulpritAnswer): string {
  return heldText ?? `from ${heldFrom?.text ?? 'a time not known'} to ${heldTo?.text ?? 'the end of the trace'}`
}

function factLines(facts: readonly EvidenceAnswer[], indent: string): readonly string[] {
  return facts.flatMap((fact) => [
    `${indent}- ${fact.text}`,
    ...fact.places.map((place, at) => `${indent}    ${place.fileName}:${place.line}: ${(fact.raw[at] ?? '').trim()}`),
  ])
}

/** Who blocked how many ranges, by the numbers that the ranges have below. */
function groupLines({ groups, failures }: ReportFacts): readonly string[] {
  return culpritGroupLines(groups, new Map(failures.map(({ failure }, at) => [failure.id, at + 1])))
}

function pinnerLines({ rows, total, sums, hidden, noise, hasDurations }: PinnersAnswer): readonly string[] {
  const all = sums.holds + hidden.short + hidden.expected
  if (all === 0) return []
  const shown = rows.slice(0, PINNERS_SHOWN)
  const short = hasDurations
    ? `${hidden.short} shorter than the threshold, ${hidden.expected}`
    : `the trace clock counts, so no threshold is applied; ${hidden.expected}`
  return [
    `Longest holders by stack (${shown.length} of ${total})`,
    ...shown.map((pinner) => `   ${pinnerText(pinner)}`),
    `Hidden: ${hidden.short + hidden.expected} of ${counted(all, 'hold')}; ${short} that migration expects, takes or drains`,
    ...noise.map(
      (entry) =>
        `   ${entry.class} ${entry.hidden}: ${entry.rules.map(({ id, holds }) => `${id} ${holds}`).join(', ')}`,
    ),
    '',
  ]
}

function pinnerText(pinner: PinnerAnswer): string {
  const name = pinner.holder === '' ? 'no stack recorded' : pinner.holder
  if (pinner.holds === 0)
    return `${name}: blocks ${counted(pinner.ranges, 'range')}; ${counted(pinner.hidden, 'hold')}, all hidden`
  const open = pinner.open > 0 ? `, ${pinner.open} open` : ''
  const tasks = pinner.topTasks.map(taskText).join(', ')
  const totals = `total ${pinner.totalText}, longest ${pinner.longestText}`
  const apart = pinner.anyOf > 1 ? ` (the evidence does not separate some: any of ${pinner.anyOf})` : ''
  return `${name}: ${counted(pinner.holds, 'hold')}${apart}${open}, ${counted(pinner.pages, 'page')}, ${totals}; ${tasks}`
}
