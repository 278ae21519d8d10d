import { parsePfnSpans, type PfnSpan } from '../base/pfn-spans.ts'
import { fail, ok, type Result } from '../base/result.ts'
import { type RecordTool, type RecordTrigger } from '../queries/record/record-question.ts'

/** What `pinscope record` is asked for; a capture may tell what is not said. */
export interface RecordCommand extends RecordAsked {
  readonly kind: 'record'
  readonly paths: readonly string[]
  readonly form: 'text' | 'json' | 'script'
}

/** Parts of the question, as far as they are said. */
interface RecordAsked {
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
  const paths: string[] = []
  let form: RecordCommand['form'] = 'text'
  let asked: RecordAsked = {}
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    if (word === '--') {
      paths.push(...words.slice(at + 1))
      break
    }
    const [name, inWord] = splitOption(word)
    const read = OPTIONS[name]
    if (read !== undefined) {
      const part = read(inWord ?? words[++at] ?? '')
      if (!part.ok) return fail(`${name} needs ${part.error}`)
      asked = { ...asked, ...part.value }
    } else if (word === '--json') form = 'json'
    else if (word === '--script') form = 'script'
    else if (word === '--from-boot') asked = { ...asked, isFromBoot: true }
    else if (word.startsWith('-') && word !== '-') return fail(`unknown option ${word}`)
    else paths.push(word)
  }
  if (paths.length === 0 && asked.kernel === undefined) return fail('record needs --kernel, or a capture that tells it')
  if (paths.length === 0 && asked.trigger === undefined) return fail(`record needs --trigger: ${TRIGGERS.join(', ')}`)
  return ok({ kind: 'record', paths, form, ...asked })
}

type ReadOption = (text: string) => Result<RecordAsked, string>

const OPTIONS: Readonly<Record<string, ReadOption | undefined>> = {
  '--kernel': (text) => (/^\d/.test(text) ? ok({ kernel: text }) : fail('a release, as 6.1')),
  '--trigger': (text) => {
    const trigger = TRIGGERS.find((one) => one === text)
    return trigger === undefined ? fail(`one of ${TRIGGERS.join(', ')}`) : ok({ trigger })
  },
  '--tool': (text) => {
    const tool = TOOLS.find((one) => one === text)
    return tool === undefined ? fail(`one of ${TOOLS.join(', ')}`) : ok({ tool })
  },
  '--pfns': (text) => {
    const spans = parsePfnSpans(text)
    if (!spans.ok) return fail(`PFNs: ${spans.error}`)
    return spans.value.length === 0 ? fail('PFNs, as 0x17800-0x17c00,0x17ac9') : ok({ spans: spans.value })
  },
  '--area': (text) => (text === '' || text.startsWith('-') ? fail('the name of a CMA area') : ok({ area: text })),
  '--block': (text) => wholeNumber(text, (block) => ({ block })),
  '--pages': (text) => wholeNumber(text, (pages) => ({ pages })),
  '--buffer-kb': (text) => wholeNumber(text, (bufferKb) => ({ bufferKb })),
}

function wholeNumber(text: string, asked: (value: number) => RecordAsked): Result<RecordAsked, string> {
  const value = Number(text)
  return /^\d+$/.test(text) && Number.isSafeInteger(value) ? ok(asked(value)) : fail('a whole number')
}

function splitOption(word: string): readonly [name: string, value: string | undefined] {
  const at = word.indexOf('=')
  return word.startsWith('--') && at > 0 ? [word.slice(0, at), word.slice(at + 1)] : [word, undefined]
}
