import { fail, ok, type Result } from '../base/result.ts'
import { COMPARE_GROUPINGS, type CompareGrouping } from '../queries/compare/compare-question.ts'
import { oneOf, readHolderFilter, readLimit, readThreshold, RULE_OPTIONS, type RulesAsked } from './option-readers.ts'
import { isUnknownOption, type OptionReaders, readerOf, splitOption } from './read-words.ts'

/** What `pinscope compare` is asked for. */
export interface CompareCommand extends RulesAsked {
  readonly kind: 'compare'
  /** A's files and folders, and B's. */
  readonly paths: readonly string[]
  readonly withPaths: readonly string[]
  readonly grouping: CompareGrouping
  readonly isJson: boolean
  /** Rows at most; all when absent. */
  readonly limit?: number
  readonly thresholdNs?: number
  readonly filter?: string
}

type Part = Omit<CompareCommand, 'kind' | 'paths' | 'withPaths' | 'isJson' | 'grouping'> & {
  readonly grouping?: CompareGrouping
}

/** Reads the words behind `compare`: A's files, `--with`, B's files. The failure is one line that says what to do. */
export function parseCompare(words: readonly string[]): Result<CompareCommand, string> {
  const sides: [string[], string[]] = [[], []]
  let side = 0
  let isJson = false
  let part: Part = {}
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    const [name, inWord] = splitOption(word)
    const read = readerOf(OPTIONS, name)
    if (word === '--') {
      sides[side].push(...words.slice(at + 1))
      break
    }
    if (name === '--with') {
      if (side === 1) return fail('--with was said before: all files after it are of B')
      side = 1
      if (inWord !== undefined && inWord !== '') sides[1].push(inWord)
    } else if (read !== undefined) {
      const added = read(inWord ?? words[++at] ?? '', part)
      if (!added.ok) return fail(`${name} needs ${added.error}`)
      part = { ...part, ...added.value }
    } else if (word === '--json') isJson = true
    else if (isUnknownOption(word)) return fail(`unknown option ${word}`)
    else sides[side].push(word)
  }
  const [paths, withPaths] = sides
  if (paths.length === 0) return fail('compare needs the files of A: compare A… --with B…')
  if (withPaths.length === 0) return fail('compare needs the files of B: compare A… --with B…')
  return ok({ kind: 'compare', paths, withPaths, isJson, ...part, grouping: part.grouping ?? 'holder' })
}

const OPTIONS: OptionReaders<Part> = {
  '--by': oneOf(COMPARE_GROUPINGS, (grouping) => ({ grouping })),
  '--top': readLimit,
  '--threshold-us': readThreshold,
  '--filter': readHolderFilter,
  ...RULE_OPTIONS,
}
