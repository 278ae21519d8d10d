import { column, type Column } from '../../base/column.ts'
import { type PageArrayKind } from '../../model/page-array.ts'
import { type StringId } from '../../model/ids.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { type BinaryFormat, type BinaryOutcome, type Head } from '../format.ts'
import { namesOfFlags } from '../page-types/kpage-flags.ts'
import { type ProblemLog } from '../problem-log.ts'
import { type RandomBytes } from '../random-bytes.ts'
import { ValueKind } from './value-kind.ts'

const VALUE_BYTES = 8
const STEP_BYTES = 1 << 20
const KINDS: readonly PageArrayKind[] = ['flags', 'count', 'cgroup']

/**
 * /proc/kpageflags, /proc/kpagecount and /proc/kpagecgroup (fs/proc/page.c), or a part of one: a little-endian u64 for
 * each page. The n-th value is record n. Neither the kind nor the first PFN is in the file: the kind is told by the
 * values, the PFN by a note of a window beside it.
 */
export const kpage: BinaryFormat = {
  id: 'kpage',
  label: 'kpageflags, kpagecount and kpagecgroup',
  sniff: isArrayOfU64,
  read: readKpage,
  readRecords,
}

/** Values of no more than 48 bits, not a few: inodes, counts and flags are smaller than addresses and texts. */
function isArrayOfU64({ bytes, isWhole }: Head): boolean {
  const values = bytes.length >> 3
  if (values < 16 || (isWhole && bytes.length % VALUE_BYTES > 0 && values < 64)) return false
  for (let value = 0; value < values; value++) {
    if (bytes[value * VALUE_BYTES + 7] !== 0 || bytes[value * VALUE_BYTES + 6] !== 0) return false
  }
  return true
}

const NOT_TOLD =
  'all its values are 0: pages without flags, without mappings or without a cgroup, which it does not tell'
const WORDS: Readonly<Record<PageArrayKind, string>> = {
  flags: 'read as kpageflags: its values are flags of pages',
  count: 'read as kpagecount: its values are numbers of mappings',
  cgroup: 'read as kpagecgroup: its values are inodes',
}

async function readKpage(
  bytes: RandomBytes,
  into: TraceBuilder,
  problems: ProblemLog,
  rest: () => Promise<void>,
): Promise<BinaryOutcome> {
  const kind = await kindOf(bytes, rest)
  const values = Math.floor(bytes.size / VALUE_BYTES)
  const isCutOff = bytes.size % VALUE_BYTES > 0
  if (isCutOff) problems.damage(`it ends within a value, after ${values} whole ones: it was cut; what is whole is kept`)
  problems.notice(kind === undefined ? NOT_TOLD : WORDS[kind])
  if (kind === undefined) problems.skip('value of no known kind', values)
  else await readValues(bytes, kind, into, problems, rest)
  return { index: column(Float64Array.of(kind === undefined ? -1 : KINDS.indexOf(kind))), isCutOff }
}

async function kindOf(bytes: RandomBytes, rest: () => Promise<void>): Promise<PageArrayKind | undefined> {
  const told = new ValueKind()
  await eachValue(bytes, rest, (low, high) => told.add(low, high))
  return told.kind
}

async function readValues(
  bytes: RandomBytes,
  kind: PageArrayKind,
  into: TraceBuilder,
  problems: ProblemLog,
  rest: () => Promise<void>,
): Promise<void> {
  const array = into.beginArray(kind)
  const names = new Map<number, StringId>()
  await eachValue(bytes, rest, (low, high) => {
    const value = high * 0x1_0000_0000 + low
    if (array.length === 0) array.beginsOutsideMemory = kind === 'flags' && (high % 2 === 1 || (low & 0x10_0000) !== 0)
    if (kind !== 'flags') return array.push(value)
    const known = names.get(value) ?? into.strings.intern(namesOfFlags(low, high))
    names.set(value, known)
    array.push(known)
  })
  problems.parsed += array.length
  problems.records += array.length
}

/** All whole values, as two halves of 32 bits. */
async function eachValue(
  bytes: RandomBytes,
  rest: () => Promise<void>,
  take: (low: number, high: number) => void,
): Promise<void> {
  for (let from = 0; from < bytes.size; from += STEP_BYTES) {
    const step = await bytes.read(from, from + STEP_BYTES)
    const view = new DataView(step.buffer, step.byteOffset, step.byteLength)
    for (let at = 0; at + VALUE_BYTES <= step.length; at += VALUE_BYTES)
      take(view.getUint32(at, true), view.getUint32(at + 4, true))
    await rest()
  }
}

/** `0x0000000000005828 uptodate|lru|mmap|anonymous|swapbacked`, `2 mappings`, `cgroup inode 4711`. */
async function readRecords(
  bytes: RandomBytes,
  index: Column<number>,
  wanted: readonly number[],
): Promise<Map<number, string>> {
  const found = new Map<number, string>()
  for (const record of wanted) {
    const from = (record - 1) * VALUE_BYTES
    const step = await bytes.read(from, from + VALUE_BYTES)
    if (from < 0 || step.length < VALUE_BYTES) continue
    const view = new DataView(step.buffer, step.byteOffset, step.byteLength)
    found.set(record, textOf(KINDS[index[0]], view.getUint32(0, true), view.getUint32(4, true)))
  }
  return found
}

function textOf(kind: PageArrayKind | undefined, low: number, high: number): string {
  const value = high * 0x1_0000_0000 + low
  if (kind === 'count') return `${value} ${value === 1 ? 'mapping' : 'mappings'}`
  if (kind === 'cgroup') return `cgroup inode ${value}`
  return `0x${value.toString(16).padStart(16, '0')} ${namesOfFlags(low, high)}`.trimEnd()
}
