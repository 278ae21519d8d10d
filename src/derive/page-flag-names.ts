import { oncePer } from '../base/once-per.ts'
import { releaseNumber } from '../model/kernel-release.ts'
import { PAGE_FLAG_ORDERS } from '../model/page-flag-order.ts'
import { type Trace } from '../model/trace.ts'
import { printsRawMapcount } from './counts/raw-mapcount.ts'
import { type FlagSample, flagSamplesOf, hasBit, learnedNames } from './page-flag-samples.ts'

/** Names of the bits of `page->flags` that no configuration moves, lowest first, and the releases that may have them. */
interface FlagTable {
  readonly since: number
  /** Exclusive. */
  readonly until: number
  readonly names: readonly string[]
}

const [FOUR_FOUR, FOUR_TEN, FOUR_TWENTY, SIX_SIX] = PAGE_FLAG_ORDERS

/**
 * Releases overlap where it is not certain which order a kernel has: trees of 4.19 have workingset or not, and 6.6 to
 * 6.11 took slab, error and mappedtodisk out one by one. Several tables of one release are asked together.
 */
const TABLES: readonly FlagTable[] = [
  { since: 4_004, until: 4_010, names: fixed(FOUR_FOUR.names) },
  { since: 4_010, until: 4_020, names: fixed(FOUR_TEN.names) },
  { since: 4_019, until: 6_007, names: fixed(FOUR_TWENTY.names) },
  { since: 6_006, until: 6_012, names: fixed(SIX_SIX.names, 'owner_2') },
  { since: 6_006, until: 6_012, names: fixed(SIX_SIX.names, 'owner_2', 'slab') },
  { since: 6_006, until: 6_012, names: fixed(SIX_SIX.names, 'owner_2', 'slab', 'error') },
  { since: 6_006, until: Number.POSITIVE_INFINITY, names: fixed(SIX_SIX.names, 'slab', 'error', 'mappedtodisk') },
]

/** First release whose events print the raw `_mapcount`. */
const RAW_MAPCOUNT_SINCE = 6_010

/** The names up to the last one that every configuration has, less those that a kernel lacks. */
function fixed(names: readonly string[], ...lacking: readonly string[]): readonly string[] {
  return names.slice(0, names.indexOf('unevictable') + 1).filter((name) => !lacking.includes(name))
}

/** The flag of a bit on the kernel of this capture; undefined when nothing makes it certain. */
type NameOfBit = (bit: number) => string | undefined

/**
 * Names of page flags that a tool printed as hex, `uptodate|lru|swapbacked`: from what the files of this capture print
 * beside a number (page_owner, dump_page), else from the tables of its release; bits that no name is sure of stay hex
 * behind them. Empty when nothing can be said, and for flags that are names already.
 */
export function namesOfHexFlags(trace: Trace, flags: string): string {
  const hex = hexPart(flags)
  if (hex === undefined) return ''
  const { names, left } = decode(nameOfBit(trace), hex)
  if (names.length === 0) return ''
  const all = flags.startsWith('0x') ? names : ['locked', ...names]
  return [...all, ...(left === 0n ? [] : [`0x${left.toString(16)}`])].join('|')
}

/**
 * Whether page flags, as printed, have one by name. Undefined for flags in hex when that is not known: some bit is set
 * whose name nothing tells, and it may be this one.
 */
export function hasPageFlag(trace: Trace, flags: string, name: string): boolean | undefined {
  const ofTrace = toldOf(trace)
  const ofName = ofTrace.get(name) ?? new Map<string, boolean | undefined>()
  if (ofName.size === 0) ofTrace.set(name, ofName)
  const known = ofName.get(flags)
  if (known !== undefined || ofName.has(flags)) return known
  const told = readFlag(trace, flags, name)
  ofName.set(flags, told)
  return told
}

/** What was told, by name and by flags as printed: a trace has some hundreds of them, and asks for each page. */
const toldOf = oncePer<Trace, Map<string, Map<string, boolean | undefined>>>(() => new Map())

function readFlag(trace: Trace, flags: string, name: string): boolean | undefined {
  if (flags.split('|').includes(name)) return true
  const hex = hexPart(flags)
  if (hex === undefined) return false
  const { names, left } = decode(nameOfBit(trace), hex)
  if (names.includes(name)) return true
  return left === 0n || isElsewhere(nameOfBit(trace), name) ? false : undefined
}

/** The number in flags that a tool prints: all of it, or what is left beside bit 0 (libtraceevent prints `locked|0x80000`). */
function hexPart(flags: string): bigint | undefined {
  const match = /^(?:locked\|)?(0x[0-9a-f]+)$/.exec(flags)
  return match === null ? undefined : BigInt(match[1])
}

function decode(nameOf: NameOfBit, value: bigint): { readonly names: readonly string[]; readonly left: bigint } {
  const names: string[] = []
  let left = value
  for (let bit = 0; bit < 32; bit++) {
    const name = hasBit(value, bit) ? nameOf(bit) : undefined
    if (name === undefined) continue
    names.push(name)
    left &= ~(1n << BigInt(bit))
  }
  return { names, left }
}

/** True when the flag's own bit is known: a bit that is set and has no name is another flag then. */
function isElsewhere(nameOf: NameOfBit, name: string): boolean {
  for (let bit = 0; bit < 32; bit++) if (nameOf(bit) === name) return true
  return false
}

const nameOfBit = oncePer((trace: Trace): NameOfBit => {
  const samples = flagSamplesOf(trace)
  const learned = learnedNames(samples)
  const tables = tablesFor(trace, samples)
  return (bit) => learned.get(bit) ?? agreed(tables, bit)
})

/** The tables that the kernel may have. Printed names overrule the release: vendors port orders of flags back. */
function tablesFor(trace: Trace, samples: readonly FlagSample[]): readonly FlagTable[] {
  const ofRelease = tablesOfRelease(trace).filter((table) => fits(table, samples))
  if (ofRelease.length > 0 || samples.length === 0) return ofRelease
  return TABLES.filter((table) => fits(table, samples))
}

function tablesOfRelease(trace: Trace): readonly FlagTable[] {
  const release = releaseNumber(trace.machine.release)
  if (release !== undefined) return TABLES.filter(({ since, until }) => since <= release && release < until)
  return printsRawMapcount(trace) ? TABLES.filter(({ until }) => until > RAW_MAPCOUNT_SINCE) : []
}

/** True when every sample has just the names that the table gives its bits. */
function fits({ names }: FlagTable, samples: readonly FlagSample[]): boolean {
  return samples.every((sample) => names.every((name, bit) => hasBit(sample.value, bit) === sample.names.has(name)))
}

function agreed(tables: readonly FlagTable[], bit: number): string | undefined {
  const name = tables.at(0)?.names.at(bit)
  return name !== undefined && tables.every((table) => table.names[bit] === name) ? name : undefined
}
