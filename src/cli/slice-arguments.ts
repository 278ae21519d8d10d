import { fail, ok, type Result } from '../base/result.ts'
import { REDACT_NOTHING, type RedactChoice } from '../report/slice/redact-choice.ts'
import { isNoOption, readKpageStart, readThreshold, RULE_OPTIONS, type RulesAsked } from './option-readers.ts'
import { redactOptions } from './redact-options.ts'
import { type OptionReaders, readWords } from './read-words.ts'

/** What `pinscope slice` is asked for: of one page, or of the failed range of a number, from 1. */
export interface SliceCommand extends RulesAsked {
  readonly kind: 'slice'
  readonly paths: readonly string[]
  readonly pfn?: number
  readonly failure?: number
  readonly redact: RedactChoice
  /** Where the slice file goes; packed with gzip when it ends in `.gz`. Standard output when absent. */
  readonly output?: string
  /** A link that carries the slice, instead of a file. */
  readonly isLink: boolean
  /** Address of the page that the link leads to; the part behind it alone when absent. */
  readonly page?: string
  readonly thresholdNs?: number
  readonly kpageStart?: number
}

type SliceAsked = Partial<Omit<SliceCommand, 'kind' | 'paths'>>

/** Reads the words behind `slice`. The failure is one line that says what to do. */
export function parseSlice(words: readonly string[]): Result<SliceCommand, string> {
  const read = readWords<SliceAsked>(words, OPTIONS, { '--link': { isLink: true } }, {})
  if (!read.ok) return read
  const { plain, asked } = read.value
  if ((asked.pfn === undefined) === (asked.failure === undefined)) return fail('slice needs --pfn PFN or --failure N')
  if (asked.isLink === true && asked.output !== undefined)
    return fail('slice gives a link (--link) or a file (-o FILE), not both')
  if (plain.length === 0) return fail('slice needs a file or a folder')
  return ok({ kind: 'slice', paths: plain, redact: REDACT_NOTHING, isLink: false, ...asked })
}

const OPTIONS: OptionReaders<SliceAsked> = {
  '--pfn': (text) => {
    const start = readKpageStart(/^\d+$|^0x/i.test(text) ? text : `0x${text}`)
    return start.ok ? ok({ pfn: start.value.kpageStart }) : fail('a PFN, as 0x17ac9 or 96969')
  },
  '--failure': (text) =>
    /^[1-9]\d{0,8}$/.test(text) ? ok({ failure: Number(text) }) : fail('the number of a failed range, from 1'),
  ...redactOptions(['comms', 'pids', 'addresses', 'files', 'host']),
  '-o': (text) => (isNoOption(text) ? ok({ output: text }) : fail('a file')),
  '--page': (text) =>
    /^(?:https?|file):\/\/\S+$/.test(text) ? ok({ page: text }) : fail('the address of pinscope, http://…'),
  '--threshold-us': readThreshold,
  '--kpage-start': readKpageStart,
  ...RULE_OPTIONS,
}
