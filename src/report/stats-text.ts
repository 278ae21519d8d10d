import { formatShare } from '../base/share.ts'
import { ledgerLines, lossLines } from './ledger-text.ts'
import { plainText } from './plain-text.ts'
import { type StatsFacts, statsRates } from './stats-facts.ts'

/** Statistics for people: ledger, losses, events by name, stack depot, times and rates. */
export function statsText(facts: StatsFacts): string {
  const { overview } = facts
  const lines = [
    'Files',
    ...ledgerLines(overview),
    ...lossLines(overview),
    `Events: ${overview.events} (${overview.refEvents} page references) on ${overview.pages} pages by ${overview.tasks} tasks`,
    ...overview.eventCounts.map(({ name, count }) => `   ${count}  ${name}`),
    `page_owner records: ${overview.ownerRecords}`,
    ...noteLines(facts),
    depotLine(facts),
    `Holds: ${overview.holds}, of these ${overview.hiddenHolds} balanced or expected`,
    `Failed ranges: ${overview.failures}`,
    ...rateLines(facts),
  ]
  return `${lines.map(plainText).join('\n')}\n`
}

function noteLines({ overview: { noteCounts } }: StatsFacts): readonly string[] {
  const sum = noteCounts.reduce((messages, { count }) => messages + count, 0)
  return [`Kernel messages: ${sum}`, ...noteCounts.map(({ label, count }) => `   ${count}  ${label}`)]
}

function depotLine({ overview: { depot } }: StatsFacts): string {
  const share = depot.textBytes === 0 ? '' : `, ${formatShare(depot.savedBytes, depot.textBytes)} saved`
  const saved = `${depot.textBytes} bytes of stack text held in ${depot.heldBytes}${share}`
  return `Stack depot: ${depot.distinct} distinct of ${depot.seen} stacks, ${saved}`
}

function rateLines(facts: StatsFacts): readonly string[] {
  const { textBytes, megabytesPerSecond, bytesPerEvent } = statsRates(facts)
  const read = `${(facts.readMs / 1000).toFixed(3)} s for ${textBytes} bytes of text, ${megabytesPerSecond.toFixed(1)} MB/s`
  return [
    `Time to read: ${read}`,
    `Time to derive: ${(facts.deriveMs / 1000).toFixed(3)} s`,
    `Memory: ${bytesPerEvent.toFixed(1)} bytes per event in columns and indexes`,
    `Peak: ${facts.peakBytes} bytes resident at most`,
  ]
}
