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
import {
  isNoOption,
  oneOf,
  readHolderFilter,
  readLimit,
  readThreshold,
  RULE_OPTIONS,
  type RulesAsked,
  WATCH_FLAGS,
  type WatchAsked,
} from './option-readers.ts'
import { type OptionReaders, readWords } from './read-words.ts'

/** What `pinscope pinners` is asked for. */
export interface PinnersCommand extends RulesAsked, WatchAsked {
  readonly kind: 'pinners'
  readonly paths: readonly string[]
  readonly form: 'text' | 'json' | 'folded'
  readonly asked: PinnersAsked
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

type Part = PinnersAsked & RulesAsked & WatchAsked & { readonly form?: PinnersCommand['form'] }

/** Reads the words behind `pinners`. The failure is one line that says what to do. */
export function parsePinners(words: readonly string[]): Result<PinnersCommand, string> {
  const read = readWords<Part>(words, OPTIONS, FLAGS, {})
  if (!read.ok) return read
  const { plain: paths } = read.value
  if (paths.length === 0) return fail('pinners needs a file or a folder')
  const { form = 'text', rulesPath, withoutRules, isWatched, untilFailure, ...asked } = read.value.asked
  if (isWatched === true && paths.length > 1) return fail('--watch goes on with one file')
  if (isWatched === true && form === 'folded') return fail('--watch prints rows, or with --json: no folded stacks')
  const rules = {
    ...(rulesPath === undefined ? {} : { rulesPath }),
    ...(withoutRules === undefined ? {} : { withoutRules }),
    ...(isWatched === undefined ? {} : { isWatched }),
    ...(untilFailure === undefined ? {} : { untilFailure }),
  }
  return ok({ kind: 'pinners', paths, form, asked, ...rules })
}

const FLAGS: Readonly<Record<string, Part>> = {
  '--json': { form: 'json' },
  '--folded': { form: 'folded' },
  '--all': { includeExpected: true },
  ...WATCH_FLAGS,
}

const OPTIONS: OptionReaders<Part> = {
  '--group': oneOf(PINNER_GROUPINGS, (grouping) => ({ grouping })),
  '--area': oneOf(FLAME_AREAS, (area) => ({ area })),
  '--order': oneOf(FLAME_ORDERS, (order) => ({ order })),
  '--innermost': oneOf(FLAME_INNERMOST, (innermost) => ({ innermost })),
  '--sort': (text) => {
    const sorts = text.split(',').map(sortOf)
    const known = sorts.flatMap((sort) => (sort === undefined ? [] : [sort]))
    return known.length === sorts.length ? ok({ sorts: known }) : fail(SORTS_NEEDED)
  },
  '--threshold-us': readThreshold,
  '--top': readLimit,
  '--filter': readHolderFilter,
  '--show': (text, { shownRules = [] }) =>
    isNoOption(text)
      ? ok({ shownRules: [...shownRules, text] })
      : fail('the id of a rule or a class whose holds are hidden as expected'),
  ...RULE_OPTIONS,
}

const SORTS_NEEDED = `columns with commas between, falling, or with :up rising: ${PINNER_SORTS.join(', ')}`

function sortOf(text: string): PinnerOrder | undefined {
  const sort = PINNER_SORTS.find((name) => text === name || text === `${name}:up`)
  return sort === undefined ? undefined : { sort, isDescending: text === sort }
}
