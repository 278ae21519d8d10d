import { fail, ok, type Result } from '../base/result.ts'
import { isUnknownOption, splitOption } from './read-words.ts'

/** What `pinscope events` is asked for. */
export type EventsCommand =
  | {
      readonly kind: 'events'
      readonly paths: readonly string[]
      readonly form: 'text' | 'raw' | 'count' | 'json'
      readonly filter: string
      /** Rows at most; absent for all. */
      readonly limit?: number
    }
  | { readonly kind: 'filterHelp' }

/** Reads the words behind `events`. The failure is one line that says what to do. */
export function parseEvents(words: readonly string[]): Result<EventsCommand, string> {
  if (words.includes('--help-filter')) return ok({ kind: 'filterHelp' })
  const paths: string[] = []
  let form: 'text' | 'raw' | 'count' | 'json' = 'text'
  let filter: string | undefined
  let limit: number | undefined
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    const [name, inWord] = splitOption(word)
    if (word === '--') {
      paths.push(...words.slice(at + 1))
      break
    }
    if (name === '--filter') {
      const given = inWord ?? words[++at]
      if (given === undefined) return fail("--filter needs a filter in quotes: --filter 'op:freeze ret:0'")
      if (filter !== undefined) return fail('--filter was said before: write both terms in one filter')
      filter = given
    } else if (name === '--limit') {
      limit = Number(inWord ?? words[++at])
      if (!Number.isSafeInteger(limit) || limit < 0) return fail('--limit needs a number of rows')
    } else if (word === '--json' || word === '--raw' || word === '--count') {
      if (form !== 'text') return fail(`${word} and --${form} exclude each other`)
      form = word === '--json' ? 'json' : word === '--raw' ? 'raw' : 'count'
    } else if (isUnknownOption(word)) return fail(`unknown option ${word}`)
    else paths.push(word)
  }
  if (paths.length === 0) return fail('events needs a file or a folder')
  return ok({ kind: 'events', paths, form, filter: filter ?? '', ...(limit === undefined ? {} : { limit }) })
}
