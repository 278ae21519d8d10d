import { fail, ok, type Result } from '../base/result.ts'
import {
  isNoOption,
  oneOf,
  readKpageStart,
  readThreshold,
  RULE_OPTIONS,
  type RulesAsked,
  WATCH_FLAGS,
  type WatchAsked,
} from './option-readers.ts'
import { type RedactChoice } from '../report/slice/redact-choice.ts'
import { redactOptions } from './redact-options.ts'
import { type OptionReaders, readWords } from './read-words.ts'

/** Forms of a report. `mail` and `markdown` are of one finding, `json` too where one is chosen; `html` holds the capture. */
export const REPORT_FORMS = ['text', 'mail', 'markdown', 'json', 'html'] as const
export type ReportForm = (typeof REPORT_FORMS)[number]

/** What `pinscope report` is asked for. */
export interface ReportCommand extends RulesAsked, WatchAsked {
  readonly kind: 'report'
  readonly paths: readonly string[]
  readonly isJson: boolean
  readonly form?: ReportForm
  /** The failed range that is told, as the report numbers them, from 1. */
  readonly failure?: number
  /** The page that is told. */
  readonly pfn?: number
  /** Where a report file is written, the session that goes into it, and the day that it says; see `HtmlAsked`. */
  readonly output?: string
  readonly session?: string
  readonly date?: string
  /** What of the slice in a report file gets other names. */
  readonly redact?: RedactChoice
  readonly thresholdNs?: number
  /** First PFN of kpage arrays of which no file tells it. */
  readonly kpageStart?: number
}

type ReportAsked = Partial<Omit<ReportCommand, 'kind' | 'paths'>>

/** Reads the words behind `report`. The failure is one line that says what to do. */
export function parseReport(words: readonly string[]): Result<ReportCommand, string> {
  const read = readWords<ReportAsked>(words, OPTIONS, { '--json': { isJson: true }, ...WATCH_FLAGS }, {})
  if (!read.ok) return read
  const { plain: paths, asked } = read.value
  const wrong = wrongIn(asked)
  if (wrong !== undefined) return fail(wrong)
  if (paths.length === 0) return fail('report needs a file or a folder')
  if (asked.isWatched === true && paths.length > 1) return fail('--watch goes on with one file')
  return ok({ kind: 'report', paths, isJson: asked.form === 'json', ...asked })
}

function wrongIn({ form, isJson, failure, pfn, ...html }: ReportAsked): string | undefined {
  if (isJson === true && form !== undefined && form !== 'json')
    return `--json and --format ${form} are two forms: give one`
  if (failure !== undefined && pfn !== undefined) return '--failure and --pfn are two findings: give one'
  const isOne = form === 'mail' || form === 'markdown' || form === 'json' || form === 'html' || isJson === true
  if ((failure !== undefined || pfn !== undefined) && !isOne)
    return '--failure and --pfn choose one finding: give --format mail, markdown, json or html with them'
  if (form !== 'html' && (html.output ?? html.date) !== undefined)
    return '-o and --date are for a report file: give --format html with them'
  if (html.isWatched === true && form !== undefined && form !== 'text' && form !== 'json')
    return '--watch prints the report as text, or with --json'
  if (html.isWatched === true && (html.session ?? failure ?? pfn) !== undefined)
    return '--watch prints the whole report: --session, --failure and --pfn do not go with it'
  if (html.redact !== undefined && form !== 'html') return '--redact is for --format html, and for pinscope slice'
  if (html.redact !== undefined && failure === undefined && pfn === undefined)
    return 'a report of the whole capture has its files as they are: --redact goes with --slice PFN|N'
  if (html.session !== undefined && isOne && form !== 'html' && !(isJson && failure === undefined && pfn === undefined))
    return '--session is for the whole report: as text, with --json, or with --format html'
  return undefined
}

const OPTIONS: OptionReaders<ReportAsked> = {
  '--format': oneOf(REPORT_FORMS, (form) => ({ form, ...(form === 'json' ? { isJson: true } : {}) })),
  '--failure': (text) =>
    /^[1-9]\d{0,8}$/.test(text) ? ok({ failure: Number(text) }) : fail('the number of a failed range, from 1'),
  '--pfn': (text) => {
    const pfn = isNoOption(text) && /^(0x[0-9a-f]{1,13}|\d{1,15})$/i.test(text) ? Number(text) : undefined
    return pfn === undefined ? fail('a PFN, decimal or hex with 0x') : ok({ pfn })
  },
  // One finding as a slice: a PFN in hex, else the number of a failed range.
  '--slice': (text) => {
    if (/^0x[0-9a-f]{1,13}$/i.test(text)) return ok({ pfn: Number(text) })
    return /^[1-9]\d{0,8}$/.test(text)
      ? ok({ failure: Number(text) })
      : fail('a PFN in hex, or the number of a failed range')
  },
  '-o': (text) => (isNoOption(text) ? ok({ output: text }) : fail('a file to write')),
  '--session': (text) => (isNoOption(text) ? ok({ session: text }) : fail('a session file')),
  ...redactOptions(['comms', 'pids', 'addresses', 'files', 'host', 'people']),
  '--date': (text) => (/^[\d-]{4,10}$/.test(text) ? ok({ date: text }) : fail('a day, as 2026-11-22')),
  '--threshold-us': readThreshold,
  '--kpage-start': readKpageStart,
  ...RULE_OPTIONS,
}
