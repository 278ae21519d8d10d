import { fail, ok, type Result } from '../base/result.ts'
import {
  FLAME_AREAS,
  FLAME_INNERMOST,
  FLAME_ORDERS,
  type FlameArea,
  type FlameInnermost,
  type FlameOrder,
} from '../queries/flame/flame-question.ts'
import { PINNER_GROUPINGS, type PinnerGrouping } from '../queries/pinner-keys.ts'
import { PINNER_SORTS, type PinnerOrder } from '../queries/pinner-sort.ts'

/** What `pinscope pinners` is asked for. */
export interface PinnersCommand {
  readonly kind: 'pinners'
  readonly paths: readonly string[]
  readonly form: 'text' | 'json' | 'folded'
  readonly asked: PinnersAsked
  readonly rulesPath?: string
  readonly withoutRules?: readonly string[]
}

/** Parts of the question, as far as they are said. */
export interface PinnersAsked {
  readonly grouping?: PinnerGrouping
  readonly sorts?: readonly PinnerOrder[]
  readonly thresholdNs?: number
  readonly filter?: string
  readonly includeExpected?: true
  readonly shownRules?: readonly string[]
  /** Rows at most. */
  readonly limit?: number
  readonly area?: FlameArea
  readonly order?: FlameOrder
  readonly innermost?: FlameInnermost
}

type Part = PinnersAsked & Pick<PinnersCommand, 'rulesPath' | 'withoutRules'>

/** Reads the words behind `pinners`. The failure is one line that says what to do. */
export function parsePinners(words: readonly string[]): Result<PinnersCommand, string> {
  const paths: string[] = []
  let form: PinnersCommand['form'] = 'text'
  let part: Part = {}
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    if (word === '--') {
      paths.push(...words.slice(at + 1))
      break
    }
    const [name, inWord] = splitOption(word)
    const option = OPTIONS[name]
    if (option !== undefined) {
      const read = option.read(inWord ?? words[++at] ?? '', part)
      if (read === undefined) return fail(`${name} needs ${option.needs}`)
      part = { ...part, ...read }
    } else if (word === '--json') form = 'json'
    else if (word === '--folded') form = 'folded'
    else if (word === '--all') part = { ...part, includeExpected: true }
    else if (word.startsWith('-') && word !== '-') return fail(`unknown option ${word}`)
    else paths.push(word)
  }
  if (paths.length === 0) return fail('pinners needs a file or a folder')
  const { rulesPath, withoutRules, ...asked } = part
  const rules = {
    ...(rulesPath === undefined ? {} : { rulesPath }),
    ...(withoutRules === undefined ? {} : { withoutRules }),
  }
  return ok({ kind: 'pinners', paths, form, asked, ...rules })
}

function splitOption(word: string): readonly [name: string, inWord: string | undefined] {
  const at = word.startsWith('--') ? word.indexOf('=') : -1
  return at < 0 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)]
}

interface PinnersOption {
  readonly needs: string
  /** Undefined when the text is not what the option needs. */
  readonly read: (text: string, before: Part) => Part | undefined
}

const OPTIONS: Readonly<Record<string, PinnersOption | undefined>> = {
  '--group': oneOf(PINNER_GROUPINGS, (grouping) => ({ grouping })),
  '--area': oneOf(FLAME_AREAS, (area) => ({ area })),
  '--order': oneOf(FLAME_ORDERS, (order) => ({ order })),
  '--innermost': oneOf(FLAME_INNERMOST, (innermost) => ({ innermost })),
  '--sort': {
    needs: `columns with commas between, falling, or with :up rising: ${PINNER_SORTS.join(', ')}`,
    read: (text) => {
      const sorts = text.split(',').map(sortOf)
      const known = sorts.flatMap((sort) => (sort === undefined ? [] : [sort]))
      return known.length === sorts.length ? { sorts: known } : undefined
    },
  },
  '--threshold-us': {
    needs: 'a whole number of microseconds',
    read: (text) => {
      const thresholdNs = Number(text) * 1000
      return /^\d+$/.test(text) && Number.isSafeInteger(thresholdNs) ? { thresholdNs } : undefined
    },
  },
  '--top': {
    needs: 'how many rows at most',
    read: (text) => (/^[1-9]\d{0,8}$/.test(text) ? { limit: Number(text) } : undefined),
  },
  '--filter': { needs: 'a symbol, a comm or a pid', read: (filter) => (filter === '' ? undefined : { filter }) },
  '--show': {
    needs: 'the id of a rule or a class whose holds are hidden as expected',
    read: (text, { shownRules = [] }) => (isNoOption(text) ? { shownRules: [...shownRules, text] } : undefined),
  },
  '--rules': {
    needs: 'one rule file',
    read: (text, { rulesPath }) => (isNoOption(text) && rulesPath === undefined ? { rulesPath: text } : undefined),
  },
  '--without-rule': {
    needs: 'the id of a rule',
    read: (text, { withoutRules = [] }) => (isNoOption(text) ? { withoutRules: [...withoutRules, text] } : undefined),
  },
}

function oneOf<Word extends string>(words: readonly Word[], part: (chosen: Word) => Part): PinnersOption {
  return {
    needs: `one of ${words.join(', ')}`,
    read: (text) => {
      const found = words.find((known) => known === text)
      return found === undefined ? undefined : part(found)
    },
  }
}

function sortOf(text: string): PinnerOrder | undefined {
  const sort = PINNER_SORTS.find((name) => text === name || text === `${name}:up`)
  return sort === undefined ? undefined : { sort, isDescending: text === sort }
}

function isNoOption(text: string): boolean {
  return text !== '' && !text.startsWith('-')
}
