import { type BugReportFacts } from '../mail/bug-report-facts.ts'
import { type SliceNames } from './redact-slice.ts'

/**
 * What a text on a finding is made of, with other names: before it is laid out, so that no name hides behind a break of a line or
 * an escape, and lines with other names fit too. Words of pinscope and what things are known by stay.
 */
export function redactFacts(facts: BugReportFacts, names: SliceNames): BugReportFacts {
  // The same shape: strings become strings, and pids become pids.
  return redactValue(facts, names, '') as BugReportFacts
}

/** Fields of closed lists, of hashes and ids: no name of anybody, whatever tasks are called. */
const KNOWN_WORDS: ReadonlySet<string> = new Set([
  'format',
  'formatLabel',
  'unit',
  'kind',
  'sha256',
  'hashName',
  'id',
  'trigger',
  'verdict',
  'class',
  'confidenceWord',
  'hash',
  'gapKind',
  'layers',
  'rulesInForce',
  'status',
  'type',
])
const PIDS: ReadonlySet<string> = new Set(['pid', 'tgid'])
const PEOPLE: ReadonlySet<string> = new Set(['assignee', 'by'])

function redactValue(value: unknown, names: SliceNames, key: string): unknown {
  if (typeof value === 'string') return KNOWN_WORDS.has(key) ? value : redactString(value, names, key)
  if (typeof value === 'number') return PIDS.has(key) ? names.pid(value) : value
  if (Array.isArray(value)) return value.map((one: unknown) => redactValue(one, names, key))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, redactValue(part, names, name)]))
}

function redactString(text: string, names: SliceNames, key: string): string {
  if (key === 'comm') return names.comm(text)
  if (key === 'fileName' || key === 'file') return names.fileNameIn(text)
  return PEOPLE.has(key) ? names.person(text) : names.words(text)
}
