import { fail, ok, type Result } from '../base/result.ts'

/** What a command line asks for. */
export type Command =
  | {
      readonly kind: 'report'
      readonly paths: readonly string[]
      readonly isJson: boolean
      readonly thresholdNs?: number
    }
  | { readonly kind: 'stats'; readonly paths: readonly string[]; readonly isJson: boolean }
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
  const { paths, isJson, thresholdNs } = options.value
  if (paths.length === 0) return fail(`${name} needs a file or a folder`)
  if (name === 'stats') return ok({ kind: 'stats', paths, isJson })
  return ok({ kind: 'report', paths, isJson, ...(thresholdNs === undefined ? {} : { thresholdNs }) })
}

interface Options {
  readonly paths: readonly string[]
  readonly isJson: boolean
  readonly thresholdNs?: number
}

function readOptions(words: readonly string[], hasThreshold: boolean): Result<Options, string> {
  const paths: string[] = []
  let isJson = false
  let thresholdNs: number | undefined
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    if (word === '--') {
      paths.push(...words.slice(at + 1))
      break
    }
    const threshold = hasThreshold ? thresholdText(words, at) : undefined
    if (threshold !== undefined) {
      thresholdNs = microsecondsToNs(threshold.text)
      if (thresholdNs === undefined) return fail('--threshold-us needs a whole number of microseconds')
      at += threshold.wordsUsed - 1
    } else if (word === '--json') isJson = true
    else if (word.startsWith('-') && word !== '-') return fail(`unknown option ${word}`)
    else paths.push(word)
  }
  return ok({ paths, isJson, ...(thresholdNs === undefined ? {} : { thresholdNs }) })
}

/** The value of `--threshold-us N` or `--threshold-us=N`. */
function thresholdText(words: readonly string[], at: number): { text: string; wordsUsed: number } | undefined {
  if (words[at] === '--threshold-us') return { text: words[at + 1] ?? '', wordsUsed: 2 }
  const match = /^--threshold-us=(.*)$/.exec(words[at])
  return match ? { text: match[1], wordsUsed: 1 } : undefined
}

function microsecondsToNs(text: string): number | undefined {
  const ns = Number(text) * 1000
  return /^\d+$/.test(text) && Number.isSafeInteger(ns) ? ns : undefined
}
