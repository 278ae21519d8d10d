import { fail, ok, type Result } from '../base/result.ts'
import { COMPARE_GROUPINGS, type CompareGrouping } from '../queries/compare/compare-question.ts'

/** What `pinscope compare` is asked for. */
export interface CompareCommand {
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
  readonly rulesPath?: string
  readonly withoutRules?: readonly string[]
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
    const option = OPTIONS[name]
    if (word === '--') {
      sides[side].push(...words.slice(at + 1))
      break
    }
    if (name === '--with') {
      if (side === 1) return fail('--with was said before: all files after it are of B')
      side = 1
      if (inWord !== undefined && inWord !== '') sides[1].push(inWord)
    } else if (option !== undefined) {
      const read = option.read(inWord ?? words[++at] ?? '', part)
      if (read === undefined) return fail(`${name} needs ${option.needs}`)
      part = { ...part, ...read }
    } else if (word === '--json') isJson = true
    else if (word.startsWith('-') && word !== '-') return fail(`unknown option ${word}`)
    else sides[side].push(word)
  }
  const [paths, withPaths] = sides
  if (paths.length === 0) return fail('compare needs the files of A: compare A… --with B…')
  if (withPaths.length === 0) return fail('compare needs the files of B: compare A… --with B…')
  return ok({ kind: 'compare', paths, withPaths, isJson, ...part, grouping: part.grouping ?? 'holder' })
}

function splitOption(word: string): readonly [name: string, inWord: string | undefined] {
  const at = word.startsWith('--') ? word.indexOf('=') : -1
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)]
}

interface CompareOption {
  readonly needs: string
  /** Undefined when the text is not what the option needs. */
  readonly read: (text: string, before: Part) => Part | undefined
}

const OPTIONS: Readonly<Record<string, CompareOption | undefined>> = {
  '--by': {
    needs: `one of ${COMPARE_GROUPINGS.join(', ')}`,
    read: (text) => {
      const grouping = COMPARE_GROUPINGS.find((known) => known === text)
      return grouping === undefined ? undefined : { grouping }
    },
  },
  '--top': {
    needs: 'how many rows at most',
    read: (text) => (/^[1-9]\d{0,8}$/.test(text) ? { limit: Number(text) } : undefined),
  },
  '--threshold-us': {
    needs: 'a whole number of microseconds',
    read: (text) => {
      const thresholdNs = Number(text) * 1000
      return /^\d+$/.test(text) && Number.isSafeInteger(thresholdNs) ? { thresholdNs } : undefined
    },
  },
  '--filter': { needs: 'a symbol, a comm or a pid', read: (filter) => (filter === '' ? undefined : { filter }) },
  '--rules': {
    needs: 'one rule file',
    read: (text, { rulesPath }) => (isNoOption(text) && rulesPath === undefined ? { rulesPath: text } : undefined),
  },
  '--without-rule': {
    needs: 'the id of a rule',
    read: (text, { withoutRules = [] }) => (isNoOption(text) ? { withoutRules: [...withoutRules, text] } : undefined),
  },
}

function isNoOption(text: string): boolean {
  return text !== '' && !text.startsWith('-')
}
