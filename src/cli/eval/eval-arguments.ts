import { fail, ok, type Result } from '../../base/result.ts'
import { type OptionReaders, readWords } from '../read-words.ts'

/** What `pinscope eval` is asked for. */
export interface EvalCommand {
  readonly kind: 'eval'
  /** A folder of captures. */
  readonly root: string
  readonly seeds: number
  readonly only?: readonly string[]
  /** Kinds of damage by their number, 0 for none; all when absent. */
  readonly plans?: readonly number[]
  readonly isVerbose: boolean
  readonly isJson: boolean
}

type EvalAsked = Partial<Omit<EvalCommand, 'kind' | 'root'>>

/** Reads the words behind `eval`. The failure is one line that says what to do. */
export function parseEval(words: readonly string[]): Result<EvalCommand, string> {
  const read = readWords<EvalAsked>(words, OPTIONS, FLAGS, {})
  if (!read.ok) return read
  const { plain, asked } = read.value
  if (plain.length !== 1) return fail('eval needs one folder of captures')
  return ok({ kind: 'eval', root: plain[0], seeds: 1, isVerbose: false, isJson: false, ...asked })
}

const FLAGS: Readonly<Record<string, EvalAsked>> = { '--json': { isJson: true }, '--verbose': { isVerbose: true } }

const OPTIONS: OptionReaders<EvalAsked> = {
  '--seeds': (text) => (/^[1-9]\d{0,3}$/.test(text) ? ok({ seeds: Number(text) }) : fail('a number from 1 on')),
  '--only': (text) => (text === '' ? fail('names of folders, with commas between') : ok({ only: text.split(',') })),
  '--plan': (text) =>
    /^\d+(,\d+)*$/.test(text) ? ok({ plans: text.split(',').map(Number) }) : fail('numbers, with commas between'),
}
