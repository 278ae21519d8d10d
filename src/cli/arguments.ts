import { fail, ok, type Result } from '../base/result.ts'
import { type CompareCommand, parseCompare } from './compare-arguments.ts'
import { type DiffCommand, parseDiff } from './diff-arguments.ts'
import { type EvalCommand, parseEval } from './eval/eval-arguments.ts'
import { type EventsCommand, parseEvents } from './events-arguments.ts'
import { MANUALS, manualOf } from './help/manuals.ts'
import { type MapCommand, parseMap } from './map-arguments.ts'
import { nearWords } from './near-words.ts'
import { readKpageStart, RULE_OPTIONS, type RulesAsked } from './option-readers.ts'
import { type OpenCommand, parseOpen } from './open-arguments.ts'
import { type OwnersCommand, parseOwners } from './owners-arguments.ts'
import { type PageCommand, parsePage } from './page-arguments.ts'
import { parsePinners, type PinnersCommand } from './pinners-arguments.ts'
import { type OptionReaders, readWords } from './read-words.ts'
import { parseRecord, type RecordCommand } from './record-arguments.ts'
import { parseReport, type ReportCommand } from './report-arguments.ts'
import { parseSessionWords, type SessionCommand } from './session-arguments.ts'
import { parseSlice, type SliceCommand } from './slice-arguments.ts'

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
  | DiffCommand
  | OpenCommand
  | EvalCommand
  | PageCommand
  | SliceCommand
  | SessionCommand
  | HelpCommand
  | { readonly kind: 'version' }

/** The list of commands; the manual page of one when `about` names it; all of them for man(1) when `isMan`. */
export interface HelpCommand {
  readonly kind: 'help'
  readonly about?: string
  readonly isMan?: true
}

interface FilesAsked {
  readonly paths: readonly string[]
  readonly isJson: boolean
  /** First PFN of kpage arrays of which no file tells it. */
  readonly kpageStart?: number
}

type Chosen = RulesAsked & { readonly isJson?: boolean; readonly kpageStart?: number }

/** Reads a command line, without node and script. The failure is one line that says what to do. */
export function parseArguments(argv: readonly string[]): Result<Command, string> {
  const end = argv.indexOf('--')
  const words = end < 0 ? argv : argv.slice(0, end)
  if (words.includes('--help') || words.includes('-h') || argv.length === 0) return ok(helpOn(words[0]))
  if (words.includes('--version') || words.includes('-V')) return ok({ kind: 'version' })
  const [name, ...rest] = argv
  // A name of a property of all objects is no command.
  return Object.hasOwn(PARSERS, name) ? PARSERS[name](rest) : fail(unknownCommand(name))
}

const PARSERS: Readonly<Record<string, (words: readonly string[]) => Result<Command, string>>> = {
  report: parseReport,
  pinners: parsePinners,
  pfn: parsePage,
  page: parsePage,
  owners: parseOwners,
  map: parseMap,
  events: parseEvents,
  compare: parseCompare,
  diff: parseDiff,
  open: parseOpen,
  eval: parseEval,
  stats: parseStats,
  rules: parseRules,
  record: parseRecord,
  slice: parseSlice,
  session: parseSessionWords,
  help: parseHelp,
}

function helpOn(name: string | undefined): HelpCommand {
  const manual = name === undefined ? undefined : manualOf(name)
  return { kind: 'help', ...(manual === undefined ? {} : { about: manual.name }) }
}

function parseHelp([first]: readonly string[]): Result<HelpCommand, string> {
  if (first === undefined) return ok({ kind: 'help' })
  if (first === '--man') return ok({ kind: 'help', isMan: true })
  return manualOf(first) === undefined ? fail(unknownCommand(first)) : ok(helpOn(first))
}

function unknownCommand(name: string): string {
  const known = MANUALS.flatMap((manual) => [manual.name, ...(manual.alias === undefined ? [] : [manual.alias])])
  const near = nearWords(name, known)
  const hint =
    near.length === 0 ? `use one of ${MANUALS.map((manual) => manual.name).join(', ')}` : `near: ${near.join(', ')}`
  return `unknown command ${name}; ${hint}`
}

function parseStats(words: readonly string[]): Result<Command, string> {
  const read = readWords<Chosen>(words, { '--kpage-start': readKpageStart }, JSON_FLAG, {})
  if (!read.ok) return read
  const { plain: paths, asked } = read.value
  return paths.length === 0
    ? fail('stats needs a file or a folder')
    : ok({ kind: 'stats', paths, isJson: false, ...asked })
}

function parseRules(words: readonly string[]): Result<Command, string> {
  const readers: OptionReaders<Chosen> = RULE_OPTIONS
  const read = readWords<Chosen>(words, readers, JSON_FLAG, {})
  if (!read.ok) return read
  const { plain: paths, asked } = read.value
  return paths.length === 0
    ? ok({ kind: 'rules', isJson: false, ...asked })
    : fail(`rules reads no capture: use rules --rules ${paths[0]} to check a rule file`)
}

const JSON_FLAG: Readonly<Record<string, Chosen>> = { '--json': { isJson: true } }
