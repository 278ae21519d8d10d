import { column, type Column } from '../../base/column.ts'
import { type PageArrayKind } from '../../model/page-array.ts'
import { type StringId } from '../../model/ids.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { type BinaryFormat, type BinaryOutcome, type Head } from '../format.ts'
import { namesOfFlags } from '../page-types/kpage-flags.ts'
import { type ProblemLog } from '../problem-log.ts'
import { type RandomBytes } from '../random-bytes.ts'
import { ByteOrder } from './byte-order.ts'
import { ValueKind } from './value-kind.ts'

const VALUE_BYTES = 8
const STEP_BYTES = 1 << 20
const KINDS: readonly PageArrayKind[] = ['flags', 'count', 'cgroup']

/**
 * /proc/kpageflags, /proc/kpagecount and /proc/kpagecgroup (fs/proc/page.c), or a part of one: a u64 of the machine's
 * own byte order for each page. The n-th value is record n. Neither kind nor order nor the first PFN is in the file: the
 * values tell the first two, a note of a window beside it, or a person, the PFN.
 */
export const kpage: BinaryFormat = {
  id: 'kpage',
  label: 'kpageflags, kpagecount and kpagecgroup',
  sniff: isArrayOfU64,
  read: readKpage,
  readRecords,
}

/** Values of no more than 43 bits, not a few: inodes, counts and flags are smaller than addresses and texts. */
function isArrayOfU64({ bytes, isWhole }: Head): boolean {
  const values = bytes.length >> 3
  if (values < 16 || (isWhole && bytes.length % VALUE_BYTES > 0 && values < 64)) return false
  const order = new ByteOrder()
  for (let value = 0; value < values; value++) order.add(bytes, value * VALUE_BYTES)
  return order.isPossible
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
  const { kind, isLittle } = await shapeOf(bytes, rest)
  const values = Math.floor(bytes.size / VALUE_BYTES)
  const isCutOff = bytes.size % VALUE_BYTES > 0
  if (isCutOff) problems.damage(`it ends within a value, after ${values} whole ones: it was cut; what is whole is kept`)
  problems.notice(kind === undefined ? NOT_TOLD : WORDS[kind])
  if (!isLittle) problems.notice('its values are big-endian, as that machine writes numbers')
  if (kind === undefined) problems.skip('value of no known kind', values)
  else await readValues(bytes, { kind, isLittle }, into, problems, rest)
  const index = [kind === undefined ? -1 : KINDS.indexOf(kind), Number(isLittle)]
  return { index: column(Float64Array.from(index)), isCutOff }
}

/** What the values are, and in which order their bytes stand. */
interface ArrayShape<Kind> {
  readonly kind: Kind
  readonly isLittle: boolean
}

/** Of both orders the one that all values fit; the little-endian one when both do, as nearly all machines are. */
async function shapeOf(bytes: RandomBytes, rest: () => Promise<void>): Promise<ArrayShape<PageArrayKind | undefined>> {
  const order = new ByteOrder()
  for (let from = 0; from < bytes.size; from += STEP_BYTES) {
    const step = await bytes.read(from, from + STEP_BYTES)
    for (let at = 0; at + VALUE_BYTES <= step.length; at += VALUE_BYTES) order.add(step, at)
    await rest()
  }
  const told = new ValueKind()
  await eachValue(bytes, order.isLittle, rest, (low, high) => told.add(low, high))
  return { kind: told.kind, isLittle: order.isLittle }
}

async function readValues(
  bytes: RandomBytes,
  { kind, isLittle }: ArrayShape<PageArrayKind>,
  into: TraceBuilder,
  problems: ProblemLog,
  rest: () => Promise<void>,
): Promise<void> {
  const array = into.beginArray(kind)
  const names = new Map<number, StringId>()
  await eachValue(bytes, isLittle, rest, (low, high) => {
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
  isLittle: boolean,
  rest: () => Promise<void>,
  take: (low: number, high: number) => void,
): Promise<void> {
  for (let from = 0; from < bytes.size; from += STEP_BYTES) {
    const step = await bytes.read(from, from + STEP_BYTES)
    const view = new DataView(step.buffer, step.byteOffset, step.byteLength)
    for (let at = 0; at + VALUE_BYTES <= step.length; at += VALUE_BYTES)
      take(view.getUint32(isLittle ? at : at + 4, isLittle), view.getUint32(isLittle ? at + 4 : at, isLittle))
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
    const value = view.getBigUint64(0, index[1] === 1)
    found.set(record, textOf(KINDS[index[0]], Number(value & 0xffff_ffffn), Number(value >> 32n)))
  }
  return found
}

function textOf(kind: PageArrayKind | undefined, low: number, high: number): string {
  const value = high * 0x1_0000_0000 + low
  if (kind === 'count') return `${value} ${value === 1 ? 'mapping' : 'mappings'}`
  if (kind === 'cgroup') return `cgroup inode ${value}`
  return `0x${value.toString(16).padStart(16, '0')} ${namesOfFlags(low, high)}`.trimEnd()
}
