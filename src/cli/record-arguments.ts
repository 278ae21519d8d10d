import { parsePfnSpans, type PfnSpan } from '../base/pfn-spans.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { type RecordTool, type RecordTrigger } from '../queries/record/record-question.ts'
import { isNoOption, oneOf } from './option-readers.ts'
import { type OptionReaders, readWords } from './read-words.ts'

/** What `pinscope record` is asked for; a capture may tell what is not said. */
export interface RecordCommand extends RecordAsked {
  readonly kind: 'record'
  readonly paths: readonly string[]
  readonly form: 'text' | 'json' | 'script'
}

/** Parts of the question, as far as they are said. */
interface RecordAsked {
  readonly form?: 'text' | 'json' | 'script'
  readonly kernel?: string
  readonly trigger?: RecordTrigger
  readonly tool?: RecordTool
  readonly spans?: readonly PfnSpan[]
  readonly area?: string
  readonly block?: number
  readonly pages?: number
  readonly bufferKb?: number
  readonly isFromBoot?: true
}

const TRIGGERS: readonly RecordTrigger[] = ['cma', 'offline', 'compaction', 'hugetlb', 'wait']
const TOOLS: readonly RecordTool[] = ['tracefs', 'trace-cmd', 'perf']

/** Reads the words behind `record`. The failure is one line that says what to do. */
export function parseRecord(words: readonly string[]): Result<RecordCommand, string> {
  const read = readWords<RecordAsked>(words, OPTIONS, FLAGS, {})
  if (!read.ok) return read
  const { plain: paths, asked } = read.value
  if (paths.length === 0 && asked.kernel === undefined) return fail('record needs --kernel, or a capture that tells it')
  if (paths.length === 0 && asked.trigger === undefined) return fail(`record needs --trigger: ${TRIGGERS.join(', ')}`)
  return ok({ kind: 'record', paths, form: 'text', ...asked })
}

const FLAGS: Readonly<Record<string, RecordAsked>> = {
  '--json': { form: 'json' },
  '--script': { form: 'script' },
  '--from-boot': { isFromBoot: true },
}

const OPTIONS: OptionReaders<RecordAsked> = {
  '--kernel': (text) => (/^\d/.test(text) ? ok({ kernel: text }) : fail('a release, as 6.1')),
  '--trigger': oneOf(TRIGGERS, (trigger) => ({ trigger })),
  '--tool': oneOf(TOOLS, (tool) => ({ tool })),
  '--pfns': (text) => {
    const spans = parsePfnSpans(text)
    if (!spans.ok) return fail(`PFNs: ${spans.error}`)
    return spans.value.length === 0 ? fail('PFNs, as 0x17800-0x17c00,0x17ac9') : ok({ spans: spans.value })
  },
  '--area': (text) => (isNoOption(text) ? ok({ area: text }) : fail('the name of a CMA area')),
  '--block': (text) => wholeNumber(text, (block) => ({ block })),
  '--pages': (text) => wholeNumber(text, (pages) => ({ pages })),
  '--buffer-kb': (text) => wholeNumber(text, (bufferKb) => ({ bufferKb })),
}

function wholeNumber(text: string, asked: (value: number) => RecordAsked): Result<RecordAsked, string> {
  const value = Number(text)
  return /^\d+$/.test(text) && Number.isSafeInteger(value) ? ok(asked(value)) : fail('a whole number')
}
