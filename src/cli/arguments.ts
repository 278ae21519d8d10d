import { type EventsCommand, parseEvents } from './events-arguments.ts'
import { type MapCommand, parseMap } from './map-arguments.ts'
import { type OwnersCommand, parseOwners } from './owners-arguments.ts'
import { parsePinners, type PinnersCommand } from './pinners-arguments.ts'
import { type PageCommand, parsePage } from './page-arguments.ts'
import { type CompareCommand, parseCompare } from './compare-arguments.ts'
import { parseRecord, type RecordCommand } from './record-arguments.ts'
import { parseReport, type ReportCommand } from './report-arguments.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { readKpageStart, RULE_OPTIONS, type RulesAsked } from './option-readers.ts'
import { type OptionReaders, readWords } from './read-words.ts'

/** What a command line asks for. */
export type Command =
  | ReportCommand
  | (FilesAsked & { readonly kind: 'stats' })
  | (RulesAsked & { readonly kind: 'rules'; readonly isJson: boolean })
  | PinnersCommand
  | OwnersCommand
  | MapCommand
  | EventsCommand
  | RecordCommand
  | CompareCommand
  | PageCommand
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }

interface FilesAsked {
  readonly paths: readonly string[]
  readonly isJson: boolean
  /** First PFN of kpage arrays of which no file tells it. */
  readonly kpageStart?: number
}

type Chosen = RulesAsked & { readonly isJson?: boolean; readonly kpageStart?: number }

/** Reads a command line, without node and script. The failure is one line that says what to do. */
export function parseArguments(argv: readonly string[]): Result<Command, string> {
  if (argv.includes('--help') || argv.includes('-h') || argv.length === 0) return ok({ kind: 'help' })
  if (argv.includes('--version') || argv.includes('-V')) return ok({ kind: 'version' })
  const [name, ...rest] = argv
  if (name === 'report') return parseReport(rest)
  if (name === 'record') return parseRecord(rest)
  if (name === 'compare') return parseCompare(rest)
  if (name === 'page') return parsePage(rest)
  if (name === 'pinners') return parsePinners(rest)
  if (name === 'owners') return parseOwners(rest)
  if (name === 'map') return parseMap(rest)
  if (name === 'events') return parseEvents(rest)
  if (name !== 'stats' && name !== 'rules') {
    return fail(`unknown command ${name}: use report, compare, pinners, owners, map, events, stats, rules or record`)
  }
  const read = readWords<Chosen>(rest, OPTIONS[name], { '--json': { isJson: true } }, {})
  if (!read.ok) return read
  const { plain: paths, asked } = read.value
  const chosen = { isJson: false, ...asked }
  if (name === 'rules') {
    return paths.length === 0
      ? ok({ kind: name, ...chosen })
      : fail(`rules reads no capture: use rules --rules ${paths[0]} to check a rule file`)
  }
  return paths.length === 0 ? fail(`${name} needs a file or a folder`) : ok({ kind: name, paths, ...chosen })
}

const OPTIONS: Readonly<Record<'stats' | 'rules', OptionReaders<Chosen>>> = {
  stats: { '--kpage-start': readKpageStart },
  rules: RULE_OPTIONS,
}
