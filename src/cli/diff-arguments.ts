import { fail, ok, type Result } from '../base/result.ts'
import { FAIL_ON, type FailOn } from '../report/diff/diff-gate.ts'
import { isNoOption, oneOf, readThreshold, RULE_OPTIONS, type RulesAsked } from './option-readers.ts'
import { type OptionReaders, readWords } from './read-words.ts'

/** What `pinscope diff` is asked for. */
export interface DiffCommand extends RulesAsked {
  readonly kind: 'diff'
  /** A's files and folders, and B's. */
  readonly paths: readonly string[]
  readonly withPaths: readonly string[]
  readonly grouping: 'holder' | 'stack'
  readonly failOn: FailOn
  readonly onlyTold: boolean
  /** Files that name what is known. */
  readonly ignorePaths: readonly string[]
  readonly isJson: boolean
  readonly thresholdNs?: number
}

type DiffAsked = Partial<Omit<DiffCommand, 'kind' | 'paths' | 'withPaths'>>

/** Reads the words behind `diff`: A and B, or A's files, `--with`, B's files. The failure is one line that says what to do. */
export function parseDiff(words: readonly string[]): Result<DiffCommand, string> {
  const sides = sidesOf(words)
  if (!sides.ok) return sides
  const [first, second] = sides.value
  const a = readWords<DiffAsked>(first, OPTIONS, FLAGS, {})
  if (!a.ok) return a
  const b = readWords<DiffAsked>(second ?? [], OPTIONS, FLAGS, a.value.asked)
  if (!b.ok) return b
  const files = second === undefined ? pairOf(a.value.plain) : ok([a.value.plain, b.value.plain] as const)
  if (!files.ok) return files
  const [paths, withPaths] = files.value
  if (paths.length === 0 || withPaths.length === 0) return fail(NEEDED)
  return ok({
    kind: 'diff',
    paths,
    withPaths,
    grouping: 'holder',
    failOn: 'new',
    onlyTold: false,
    ignorePaths: [],
    isJson: false,
    ...b.value.asked,
  })
}

const NEEDED = 'diff needs two captures: diff A B, or diff A… --with B…'

function pairOf(plain: readonly string[]): Result<readonly [readonly string[], readonly string[]], string> {
  return plain.length === 2 ? ok([[plain[0]], [plain[1]]] as const) : fail(NEEDED)
}

/** The words on both sides of `--with`; the second is absent when it is not said. */
function sidesOf(words: readonly string[]): Result<readonly [readonly string[], (readonly string[])?], string> {
  const end = words.indexOf('--')
  const options = end < 0 ? words : words.slice(0, end)
  const at = options.indexOf('--with')
  if (at < 0) return ok([words])
  if (options.includes('--with', at + 1)) return fail('--with was said before: all files after it are of B')
  return ok([words.slice(0, at), words.slice(at + 1)])
}

const FLAGS: Readonly<Record<string, DiffAsked>> = { '--json': { isJson: true }, '--told': { onlyTold: true } }

const OPTIONS: OptionReaders<DiffAsked> = {
  '--by': oneOf(['holder', 'stack'] as const, (grouping) => ({ grouping })),
  '--fail-on': oneOf(FAIL_ON, (failOn) => ({ failOn })),
  '--ignore': (text, { ignorePaths = [] }) =>
    isNoOption(text) ? ok({ ignorePaths: [...ignorePaths, text] }) : fail('a file of known holders'),
  '--threshold-us': readThreshold,
  ...RULE_OPTIONS,
}
