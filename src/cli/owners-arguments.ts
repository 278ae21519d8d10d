import { fail, ok, type Result } from '../base/result.ts'
import { OWNER_GROUPINGS, type OwnerGrouping } from '../queries/owners/owner-keys.ts'
import { oneOf } from './option-readers.ts'
import { type OptionReaders, readWords } from './read-words.ts'

/** What `pinscope owners` is asked for. */
export interface OwnersCommand {
  readonly kind: 'owners'
  readonly mode: 'groups' | 'compare' | 'trend'
  readonly paths: readonly string[]
  readonly grouping: OwnerGrouping
  readonly filter: string
  readonly isJson: boolean
}

type OwnersAsked = Partial<Omit<OwnersCommand, 'kind' | 'paths'>>

/** Reads the words behind `owners`. The failure is one line that says what to do. */
export function parseOwners(words: readonly string[]): Result<OwnersCommand, string> {
  const read = readWords<OwnersAsked>(words, OPTIONS, FLAGS, {})
  if (!read.ok) return read
  const { plain: paths, asked } = read.value
  const objection = objectionTo(asked.mode ?? 'groups', paths.length)
  if (objection !== '') return fail(objection)
  return ok({ kind: 'owners', mode: 'groups', grouping: 'stack', filter: '', isJson: false, ...asked, paths })
}

const FLAGS: Readonly<Record<string, OwnersAsked>> = {
  '--json': { isJson: true },
  '--compare': { mode: 'compare' },
  '--trend': { mode: 'trend' },
}

const OPTIONS: OptionReaders<OwnersAsked> = {
  '--by': oneOf(OWNER_GROUPINGS, (grouping) => ({ grouping })),
  '--filter': (filter) => (filter === '' ? fail('a text') : ok({ filter })),
}

function objectionTo(mode: OwnersCommand['mode'], paths: number): string {
  if (mode === 'compare' && paths !== 2) return 'owners --compare needs two files: the older dump, then the newer'
  if (mode === 'trend' && paths < 2) return 'owners --trend needs two files or more, the oldest dump first'
  return paths === 0 ? 'owners needs a file or a folder' : ''
}
