import { fail, ok, type Result } from '../base/result.ts'

/** What a command line asks for. */
export type Command =
  | {
      readonly kind: 'report'
      readonly paths: readonly string[]
      readonly isJson: boolean
      readonly thresholdNs?: number
      readonly kpageStart?: number
    }
  | {
      readonly kind: 'stats'
      readonly paths: readonly string[]
      readonly isJson: boolean
      readonly kpageStart?: number
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }

/** Reads a command line, without node and script. The failure is one line that says what to do. */
export function parseArguments(argv: readonly string[]): Result<Command, string> {
  if (argv.includes('--help') || argv.includes('-h') || argv.length === 0) return ok({ kind: 'help' })
  if (argv.includes('--version') || argv.includes('-V')) return ok({ kind: 'version' })
  const [name, ...rest] = argv
  if (name !== 'report' && name !== 'stats') return fail(`unknown command ${name}: use report or stats`)
  const options = readOptions(rest, name === 'report')
  if (!options.ok) return options
  const { paths, ...chosen } = options.value
  if (paths.length === 0) return fail(`${name} needs a file or a folder`)
  return ok({ kind: name, paths, ...chosen })
}

interface Options {
  readonly paths: readonly string[]
  readonly isJson: boolean
  readonly thresholdNs?: number
  /** First PFN of kpage arrays of which no file tells it. */
  readonly kpageStart?: number
}

function readOptions(words: readonly string[], hasThreshold: boolean): Result<Options, string> {
  const paths: string[] = []
  let isJson = false
  let thresholdNs: number | undefined
  let kpageStart: number | undefined
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    if (word === '--') {
      paths.push(...words.slice(at + 1))
      break
    }
    const threshold = hasThreshold ? valueOf('--threshold-us', words, at) : undefined
    const start = valueOf('--kpage-start', words, at)
    if (threshold !== undefined) {
      thresholdNs = microsecondsToNs(threshold.text)
      if (thresholdNs === undefined) return fail('--threshold-us needs a whole number of microseconds')
      at += threshold.wordsUsed - 1
    } else if (start !== undefined) {
      kpageStart = pfnOf(start.text)
      if (kpageStart === undefined) return fail('--kpage-start needs a PFN, decimal or hex with 0x')
      at += start.wordsUsed - 1
    } else if (word === '--json') isJson = true
    else if (word.startsWith('-') && word !== '-') return fail(`unknown option ${word}`)
    else paths.push(word)
  }
  return ok({
    paths,
    isJson,
    ...(thresholdNs === undefined ? {} : { thresholdNs }),
    ...(kpageStart === undefined ? {} : { kpageStart }),
  })
}

/** The value of `--name N` or `--name=N`. */
function valueOf(name: string, words: readonly string[], at: number): { text: string; wordsUsed: number } | undefined {
  if (words[at] === name) return { text: words[at + 1] ?? '', wordsUsed: 2 }
  return words[at].startsWith(`${name}=`) ? { text: words[at].slice(name.length + 1), wordsUsed: 1 } : undefined
}

function pfnOf(text: string): number | undefined {
  const pfn = Number(text)
  return /^(0x[0-9a-f]+|\d+)$/i.test(text) && Number.isSafeInteger(pfn) ? pfn : undefined
}

function microsecondsToNs(text: string): number | undefined {
  const ns = Number(text) * 1000
  return /^\d+$/.test(text) && Number.isSafeInteger(ns) ? ns : undefined
}
