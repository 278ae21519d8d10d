import { fail, ok, type Result } from '../base/result.ts'
import { readThreshold, RULE_OPTIONS, type RulesAsked } from './option-readers.ts'
import { type OptionReaders, readWords } from './read-words.ts'

/** What `pinscope page` is asked for. Times are text: which clock they are of is known when the files are read. */
export interface PageCommand extends RulesAsked {
  readonly kind: 'page'
  readonly pfn: number
  readonly paths: readonly string[]
  readonly isJson: boolean
  readonly lifetime?: number
  readonly from?: string
  readonly to?: string
  readonly events?: number
  readonly thresholdNs?: number
  readonly kpageStart?: number
}

type PageAsked = Partial<Omit<PageCommand, 'kind' | 'pfn' | 'paths'>>

/** Reads the words behind `page`. The failure is one line that says what to do. */
export function parsePage(words: readonly string[]): Result<PageCommand, string> {
  const read = readWords<PageAsked>(words, OPTIONS, { '--json': { isJson: true } }, {})
  if (!read.ok) return read
  const { plain, asked } = read.value
  const [first, ...paths] = plain
  const pfn = first === undefined ? undefined : pfnOf(first)
  if (pfn === undefined) return fail('page needs a PFN first, as 0x17ac9 or 96969')
  return paths.length === 0
    ? fail(`page ${first} needs a file or a folder`)
    : ok({ kind: 'page', pfn, paths, isJson: false, ...asked })
}

const OPTIONS: OptionReaders<PageAsked> = {
  '--from': (text) => time(text, (from) => ({ from })),
  '--to': (text) => time(text, (to) => ({ to })),
  '--lifetime': (text) => whole(text, 'the number of a lifetime, 0 for the whole trace', (lifetime) => ({ lifetime })),
  '--events': (text) => whole(text, 'how many events to list', (events) => ({ events })),
  '--threshold-us': readThreshold,
  '--kpage-start': (text) => {
    const kpageStart = pfnOf(text)
    return kpageStart === undefined ? fail('a PFN, decimal or hex with 0x') : ok({ kpageStart })
  },
  ...RULE_OPTIONS,
}

function time(text: string, asked: (time: string) => PageAsked): Result<PageAsked, string> {
  return /^\d+(\.\d{1,9})?$/.test(text) ? ok(asked(text)) : fail('a time as the file prints it')
}

function whole(text: string, needs: string, asked: (value: number) => PageAsked): Result<PageAsked, string> {
  const value = Number(text)
  return /^\d+$/.test(text) && Number.isSafeInteger(value * 1000) ? ok(asked(value)) : fail(needs)
}

/** Hex with 0x or with a letter; bare digits are decimal, as page_owner prints. */
function pfnOf(text: string): number | undefined {
  if (!/^(0x[0-9a-f]+|[0-9a-f]+)$/i.test(text)) return undefined
  const pfn = /^\d+$/.test(text) ? Number(text) : Number.parseInt(text.replace(/^0x/i, ''), 16)
  return Number.isSafeInteger(pfn) ? pfn : undefined
}
