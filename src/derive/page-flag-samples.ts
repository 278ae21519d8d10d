import { type Column } from '../base/column.ts'
import { NONE, type StringId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'

/** Page flags that a file prints both as a number and by name. */
export interface FlagSample {
  readonly value: bigint
  readonly names: ReadonlySet<string>
}

/** Flags that learning looks at: distinct texts, and few are enough. */
const MOST_TEXTS = 4096

/** Behind the names `%pGp` prints fields of the upper bits (lib/vsprintf.c format_page_flags()). */
const FIELD = /=|^0x/

/**
 * Every distinct `0x…(names)` of page_owner, page_pinner and dump_page: the mapping from bits to names that this very
 * kernel has (`%pGp`, lib/vsprintf.c).
 */
export function flagSamplesOf(trace: Trace): readonly FlagSample[] {
  const texts = new Set<string>(trace.dumps.map((dump) => dump.flags))
  for (const id of distinct(trace.owners.shapes.flags)) texts.add(trace.strings.text(id))
  for (const id of distinct(trace.pinners.flags)) texts.add(trace.strings.text(id))
  return [...texts].flatMap((text) => readFlagSample(text) ?? [])
}

/** `0x17ffffc000206a(referenced|dirty|node=0|zone=2)`; undefined when it is not of that shape. */
export function readFlagSample(text: string): FlagSample | undefined {
  const match = /^(0x[0-9a-f]+)\(([^()]*)\)/.exec(text)
  if (match === null) return undefined
  const names = match[2].split('|').filter((name) => name !== '' && !FIELD.test(name))
  return { value: BigInt(match[1]), names: new Set(names) }
}

function distinct(ids: Column<StringId>): ReadonlySet<StringId> {
  const found = new Set<StringId>()
  for (let row = 0; row < ids.length && found.size < MOST_TEXTS; row++) if (ids[row] !== NONE) found.add(ids[row])
  return found
}

/**
 * Bits whose name the samples prove: a bit's name is in every sample that has the bit and in none that lacks it, so
 * where one name is left, it is that. Only bits below the number of flags are looked at: above it stand node, zone and
 * their like, which are no flags. Samples that contradict each other (two kernels in one capture) prove nothing.
 */
export function learnedNames(samples: readonly FlagSample[]): ReadonlyMap<number, string> {
  const count = leastFlagCount(samples)
  const learned = new Map<number, string>()
  for (let bit = 0; bit < count; bit++) {
    const possible = possibleNames(samples, bit)
    if (possible.length === 1) learned.set(bit, possible[0])
  }
  return new Set(learned.values()).size === learned.size ? learned : new Map()
}

/** The fewest low bits that hold as many set ones as each sample has names; 0 when no number does. */
function leastFlagCount(samples: readonly FlagSample[]): number {
  for (let count = 1; count <= 32; count++) {
    if (samples.every(({ value, names }) => onesBelow(value, count) === names.size)) return count
  }
  return 0
}

function onesBelow(value: bigint, count: number): number {
  let ones = 0
  for (let bit = 0; bit < count; bit++) if (hasBit(value, bit)) ones++
  return ones
}

function possibleNames(samples: readonly FlagSample[], bit: number): readonly string[] {
  const having = samples.filter(({ value }) => hasBit(value, bit))
  const lacking = samples.filter(({ value }) => !hasBit(value, bit))
  const first = having.at(0)
  if (first === undefined) return []
  return [...first.names].filter(
    (name) => having.every(({ names }) => names.has(name)) && !lacking.some(({ names }) => names.has(name)),
  )
}

/** True when a number has a bit set. */
export function hasBit(value: bigint, bit: number): boolean {
  return ((value >> BigInt(bit)) & 1n) === 1n
}
