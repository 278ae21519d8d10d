import { type EventsCommand, parseEvents } from './events-arguments.ts'
import { type MapCommand, parseMap } from './map-arguments.ts'
import { type OwnersCommand, parseOwners } from './owners-arguments.ts'
import { parsePinners, type PinnersCommand } from './pinners-arguments.ts'
import { type PageCommand, parsePage } from './page-arguments.ts'
import { type CompareCommand, parseCompare } from './compare-arguments.ts'
import { parseRecord, type RecordCommand } from './record-arguments.ts'
import { fail, ok, type Result } from '../base/result.ts'

/** What a command line asks for. */
export type Command =
  | (FilesAsked & RulesAsked & { readonly kind: 'report'; readonly thresholdNs?: number })
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

/** What is said about the rules; nothing when those that come with pinscope shall do. */
export interface RulesAsked {
  /** A rule file. */
  readonly rulesPath?: string
  /** Rules to switch off, as typed: not yet known to exist. */
  readonly withoutRules?: readonly string[]
}

type Chosen = RulesAsked & { readonly thresholdNs?: number; readonly kpageStart?: number }

/** Reads a command line, without node and script. The failure is one line that says what to do. */
export function parseArguments(argv: readonly string[]): Result<Command, string> {
  if (argv.includes('--help') || argv.includes('-h') || argv.length === 0) return ok({ kind: 'help' })
  if (argv.includes('--version') || argv.includes('-V')) return ok({ kind: 'version' })
  const [name, ...rest] = argv
  if (name === 'record') return parseRecord(rest)
  if (name === 'compare') return parseCompare(rest)
  if (name === 'page') return parsePage(rest)
  if (name === 'pinners') return parsePinners(rest)
  if (name === 'owners') return parseOwners(rest)
  if (name === 'map') return parseMap(rest)
  if (name === 'events') return parseEvents(rest)
  if (name !== 'report' && name !== 'stats' && name !== 'rules') {
    return fail(`unknown command ${name}: use report, compare, pinners, owners, map, events, stats, rules or record`)
  }
  const read = readWords(rest, name)
  if (!read.ok) return read
  const { paths, isJson, chosen } = read.value
  if (name === 'rules') {
    return paths.length === 0
      ? ok({ kind: name, isJson, ...chosen })
      : fail(`rules reads no capture: use rules --rules ${paths[0]} to check a rule file`)
  }
  return paths.length === 0 ? fail(`${name} needs a file or a folder`) : ok({ kind: name, paths, isJson, ...chosen })
}

interface Words {
  readonly paths: readonly string[]
  readonly isJson: boolean
  readonly chosen: Chosen
}

function readWords(words: readonly string[], command: string): Result<Words, string> {
  const options = VALUED.filter(({ of }) => of.includes(command))
  const paths: string[] = []
  let isJson = false
  let chosen: Chosen = {}
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    if (word === '--') {
      paths.push(...words.slice(at + 1))
      break
    }
    const option = options.find(({ name }) => word === name || word.startsWith(`${name}=`))
    if (option !== undefined) {
      const isNext = word === option.name
      const added = option.read(isNext ? (words[++at] ?? '') : word.slice(option.name.length + 1), chosen)
      if (added === undefined) return fail(`${option.name} needs ${option.needs}`)
      chosen = { ...chosen, ...added }
    } else if (word === '--json') isJson = true
    else if (word.startsWith('-') && word !== '-') return fail(`unknown option ${word}`)
    else paths.push(word)
  }
  return ok({ paths, isJson, chosen })
}

/** An option with a value, `--name N` or `--name=N`. */
interface ValuedOption {
  readonly name: string
  /** Commands that know it. */
  readonly of: readonly string[]
  readonly needs: string
  /** What the value adds to what was chosen before; undefined when it is not what the option needs. */
  readonly read: (text: string, before: Chosen) => Chosen | undefined
}

const VALUED: readonly ValuedOption[] = [
  {
    name: '--threshold-us',
    of: ['report'],
    needs: 'a whole number of microseconds',
    read: (text) => {
      const thresholdNs = microsecondsToNs(text)
      return thresholdNs === undefined ? undefined : { thresholdNs }
    },
  },
  {
    name: '--kpage-start',
    of: ['report', 'stats'],
    needs: 'a PFN, decimal or hex with 0x',
    read: (text) => {
      const kpageStart = pfnOf(text)
      return kpageStart === undefined ? undefined : { kpageStart }
    },
  },
  {
    name: '--rules',
    of: ['report', 'rules'],
    needs: 'one rule file',
    // Of two files one would be dropped in silence.
    read: (text, { rulesPath }) => (isNoOption(text) && rulesPath === undefined ? { rulesPath: text } : undefined),
  },
  {
    name: '--without-rule',
    of: ['report', 'rules'],
    needs: 'the id of a rule',
    read: (text, { withoutRules = [] }) => (isNoOption(text) ? { withoutRules: [...withoutRules, text] } : undefined),
  },
]

/** False when the value was left out and the next option stands in its place. */
function isNoOption(text: string): boolean {
  return text !== '' && !text.startsWith('-')
}

function pfnOf(text: string): number | undefined {
  const pfn = Number(text)
  return /^(0x[0-9a-f]+|\d+)$/i.test(text) && Number.isSafeInteger(pfn) ? pfn : undefined
}

function microsecondsToNs(text: string): number | undefined {
  const ns = Number(text) * 1000
  return /^\d+$/.test(text) && Number.isSafeInteger(ns) ? ns : undefined
}
