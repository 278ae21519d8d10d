import { counted } from '../base/counted.ts'
import { type FileAnswer, type LossAnswer, type OverviewAnswer } from '../queries/overview.ts'

const SAMPLES_SHOWN = 3

/** What became of every file's lines: one line a file, then what is wrong with it; files that were not read at the end. */
export function ledgerLines({ files }: OverviewAnswer): readonly string[] {
  const unread = files.filter((file) => file.format === 'unknown')
  return [
    ...files.filter((file) => file.format !== 'unknown').flatMap(fileLines),
    ...(unread.length === 0 ? [] : ['Not read: of no known kind', ...unread.map((file) => `   ${unreadText(file)}`)]),
  ]
}

function fileLines(file: FileAnswer): readonly string[] {
  return [
    `   ${fileText(file)}`,
    ...file.damage.map((text) => `      damaged: ${text}`),
    ...file.notices.map((text) => `      note: ${text}`),
    ...file.problems.flatMap((problem) => [
      `      ${problem.count} rejected: ${problem.reason}`,
      ...problem.samples.slice(0, SAMPLES_SHOWN).map((sample) => `        ${file.name}:${sample.line}: ${sample.text}`),
    ]),
  ]
}

/** One line for a file that no reader took, with what it looks like. */
function unreadText(file: FileAnswer): string {
  const why = [...file.damage, ...file.notices].map((text) => text.split('; ', 1)[0].replace(/^not read: /, ''))
  const words = why.length === 0 ? '' : `: ${why.join('; ')}`
  return `${file.name} (${file.sizeBytes} bytes)${words}`
}

function fileText(file: FileAnswer): string {
  const { total, parsed, skipped, rejected } = file.ledger
  const lines = `${total} ${file.unit}s = ${parsed} parsed + ${skipped} skipped + ${rejected} rejected`
  const records = file.records === 0 ? '' : `, ${counted(file.records, file.isTrace ? 'event' : 'record')}`
  return `${file.name}: ${file.formatLabel}, ${file.sizeBytes} bytes, ${lines}${records}`
}

/** Where events were lost; one line that says so when none were. */
export function lossLines({ losses, lost }: OverviewAnswer): readonly string[] {
  if (losses.length === 0) return ['Lost events: none reported']
  return [`Lost events: ${lostText(lost)}`, ...losses.map((loss) => `   ${lossText(loss)}`)]
}

function lostText({ count, isAtLeast }: OverviewAnswer['lost']): string {
  if (!isAtLeast) return String(count)
  return count === 0 ? 'an unknown number' : `at least ${count}`
}

function lossText(loss: LossAnswer): string {
  const cpu = loss.cpu < 0 ? 'all CPUs' : `CPU ${loss.cpu}`
  const where = `${loss.place.fileName}:${loss.place.line}`
  const span = `${loss.from?.text ?? 'the beginning'} to ${loss.to?.text ?? 'the end'}`
  if (loss.kind === 'start') return `${where}: ${cpu}: history begins at ${loss.to?.text ?? 'an unknown time'}`
  if (loss.kind === 'truncated') return `${where}: the file ends early`
  if (loss.kind === 'cut') return `${where}: lines were left out of the excerpt, ${span}`
  const count = loss.count < 0 ? 'an unknown number of events' : counted(loss.count, 'event')
  return `${where}: ${cpu}: ${count} lost, ${span}`
}
