import { TARGET_NAMES, type TargetName } from './fuzz-case.ts'
import { SCALED_CASES, scaledCases } from './scaled/scaled-cases.ts'

/** What `npm run fuzz` takes. */
export interface FuzzOptions {
  readonly minutes: number
  /** Inputs to try, where that and not the time is what ends a run. */
  readonly inputs: number
  /** Inputs that are tried though the time be over: fewer are a failure. 0 for none. */
  readonly least: number
  readonly seed: number
  readonly targets: readonly TargetName[]
  /** How large inputs are that are tried in ever greater sizes (1); 0 for none. */
  readonly scale: number
  /** What the names of kinds of those have in them, one or another; undefined for all kinds. */
  readonly kinds: readonly string[] | undefined
  /** Folder that inputs are kept in which reached something new, for the next run. */
  readonly corpus: string | undefined
  /** Folder for found cases. */
  readonly out: string
  /** The run of `npm test`: fixtures alone, and so many inputs. */
  readonly isCi: boolean
}

/** Printed by --help. */
export const FUZZ_HELP = `npm run fuzz -- [options]
  --minutes N     how long (1)
  --inputs N      ends after so many inputs, if the time is not over before
  --seed S        another run (1); the same seed tries the same inputs
  --only A,B      of ${TARGET_NAMES.join(', ')}
  --scale N       size of what is tried in ever greater sizes: 1 takes seconds, 100 has lines of 100 MB (1); 0 for none
  --kind A,B      of these only the kinds whose name has A or B in it, and no other inputs: --kind 'tiny stacks'
  --corpus DIR    begin with what earlier runs kept there, and keep more
  --out DIR       where found cases are written (fuzz-found)
  --ci            as npm test does it`

/** Inputs of the run of `npm test`. */
const CI_INPUTS = 600

const CI_SCALE = 0.25
/** On a machine that is too busy for all of them it ends after this time, and says so, */
const CI_MINUTES = 55 / 60
/** but not before it has tried so many. */
const CI_LEAST = 100

/** Reads the command line; throws what is wrong with it. */
export function parseFuzzOptions(args: readonly string[]): FuzzOptions {
  const given = new Map<string, string>()
  const isCi = args.includes('--ci')
  const words = args.filter((word) => word !== '--ci')
  for (let at = 0; at < words.length; at += 2) {
    const [name, value] = [words[at], words[at + 1]]
    if (!KNOWN.includes(name) || value === undefined) throw new Error(`${name} is no option, or has no value`)
    given.set(name, value)
  }
  const only = given.get('--only')?.split(',') ?? TARGET_NAMES
  const wrong = only.find((name) => !TARGET_NAMES.some((known) => known === name))
  if (wrong !== undefined) throw new Error(`--only ${wrong}: there is ${TARGET_NAMES.join(', ')}`)
  const kinds = given.get('--kind')?.split(',')
  const noKind = kinds?.find((word) => scaledCases([word]).length === 0)
  if (noKind !== undefined)
    throw new Error(`--kind ${noKind}: there is ${SCALED_CASES.map(({ name }) => `"${name}"`).join(', ')}`)
  return {
    minutes: numberOf(given.get('--minutes'), minutesOf(isCi, kinds)),
    inputs: kinds === undefined ? numberOf(given.get('--inputs'), isCi ? CI_INPUTS : Number.POSITIVE_INFINITY) : 0,
    least: isCi ? CI_LEAST : 0,
    seed: numberOf(given.get('--seed'), 1),
    targets: TARGET_NAMES.filter((name) => only.includes(name)),
    scale: numberOf(given.get('--scale'), isCi ? CI_SCALE : 1, 0),
    kinds,
    corpus: given.get('--corpus'),
    out: given.get('--out') ?? (isCi ? 'node_modules/.cache/fuzz-found' : 'fuzz-found'),
    isCi,
  }
}

const KNOWN = ['--minutes', '--inputs', '--seed', '--only', '--corpus', '--out', '--scale', '--kind']

/** What is asked for by its name is tried to its end. */
function minutesOf(isCi: boolean, kinds: readonly string[] | undefined): number {
  if (kinds !== undefined) return Number.POSITIVE_INFINITY
  return isCi ? CI_MINUTES : 1
}

function numberOf(text: string | undefined, otherwise: number, least = Number.MIN_VALUE): number {
  if (text === undefined) return otherwise
  const value = Number(text)
  if (!(value >= least)) throw new Error(`${text} is no number that can be meant`)
  return value
}
