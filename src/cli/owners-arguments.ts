import { fail, ok, type Result } from '../base/result.ts'
import { OWNER_GROUPINGS, type OwnerGrouping } from '../queries/owners/owner-keys.ts'

/** What `pinscope owners` is asked for. */
export interface OwnersCommand {
  readonly kind: 'owners'
  readonly mode: 'groups' | 'compare' | 'trend'
  readonly paths: readonly string[]
  readonly grouping: OwnerGrouping
  readonly filter: string
  readonly isJson: boolean
}

/** Reads the words behind `owners`. The failure is one line that says what to do. */
export function parseOwners(words: readonly string[]): Result<OwnersCommand, string> {
  const paths: string[] = []
  let command: Omit<OwnersCommand, 'paths'> = {
    kind: 'owners',
    mode: 'groups',
    grouping: 'stack',
    filter: '',
    isJson: false,
  }
  for (let at = 0; at < words.length; at++) {
    const word = words[at]
    if (word === '--') {
      paths.push(...words.slice(at + 1))
      break
    }
    const [, name = word, inWord] = /^(--[a-z]+)=(.*)$/s.exec(word) ?? []
    const isPlain = inWord === undefined
    if (name === '--by') {
      const wanted = inWord ?? words[++at]
      const grouping = OWNER_GROUPINGS.find((one) => one === wanted)
      if (grouping === undefined) return fail(`--by needs one of ${OWNER_GROUPINGS.join(', ')}`)
      command = { ...command, grouping }
    } else if (name === '--filter') {
      const filter = inWord ?? words[++at] ?? ''
      if (filter === '') return fail('--filter needs a text')
      command = { ...command, filter }
    } else if (isPlain && word === '--json') command = { ...command, isJson: true }
    else if (isPlain && (word === '--compare' || word === '--trend')) {
      command = { ...command, mode: word === '--compare' ? 'compare' : 'trend' }
    } else if (word.startsWith('-') && word !== '-') return fail(`unknown option ${word}`)
    else paths.push(word)
  }
  const objection = objectionTo(command.mode, paths.length)
  return objection === '' ? ok({ ...command, paths }) : fail(objection)
}

function objectionTo(mode: OwnersCommand['mode'], paths: number): string {
  if (mode === 'compare' && paths !== 2) return 'owners --compare needs two files: the older dump, then the newer'
  if (mode === 'trend' && paths < 2) return 'owners --trend needs two files or more, the oldest dump first'
  return paths === 0 ? 'owners needs a file or a folder' : ''
}
