import { fail, ok, type Result } from '../base/result.ts'
import { type OptionReaders, readWords } from './read-words.ts'

/** What `pinscope open` is asked for. */
export interface OpenCommand {
  readonly kind: 'open'
  readonly paths: readonly string[]
  /** The port, 0 for any; the usual one or the next that is free when absent. */
  readonly port?: number
  readonly withBrowser: boolean
}

type OpenAsked = Partial<Omit<OpenCommand, 'kind' | 'paths'>>

/** Reads the words behind `open`. The failure is one line that says what to do. */
export function parseOpen(words: readonly string[]): Result<OpenCommand, string> {
  const read = readWords<OpenAsked>(words, OPTIONS, FLAGS, {})
  if (!read.ok) return read
  const { plain: paths, asked } = read.value
  if (paths.length === 0) return fail('open needs a file or a folder')
  return ok({ kind: 'open', paths, withBrowser: false, ...asked })
}

const FLAGS: Readonly<Record<string, OpenAsked>> = {
  '--browser': { withBrowser: true },
  '--no-browser': { withBrowser: false },
}

const OPTIONS: OptionReaders<OpenAsked> = {
  '--port': (text) => {
    const port = Number(text)
    return /^\d{1,5}$/.test(text) && port < 65_536 ? ok({ port }) : fail('a port, 0 for any')
  },
}
