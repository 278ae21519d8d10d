import { type OwnerDump } from '../../derive/owner-dumps.ts'
import { plainSymbol } from '../../derive/stack-hash.ts'
import { framesOf } from '../../model/stack-depot.ts'
import { type LineId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { dumpRowsOf, ownerStacksOf } from './dump-rows.ts'

/** What one dump counts for each stack, by the stack's key (see `OwnerStacks`). */
export interface StackSums {
  readonly dump: OwnerDump
  readonly pages: Float64Array
  /** 0 where the file counts none. */
  readonly blocks: Float64Array
  /** First line that tells; -1 for a stack that the dump does not have. */
  readonly line: Float64Array
}

const sumsBy = new WeakMap<OwnerDump, StackSums>()

/** Sums by stack of one dump. O(records) once. */
export function stackSumsOf(trace: Trace, dump: OwnerDump): StackSums {
  const known = sumsBy.get(dump)
  if (known !== undefined) return known
  const rows = dumpRowsOf(trace, dump)
  const { count } = ownerStacksOf(trace)
  const sums = {
    dump,
    pages: new Float64Array(count),
    blocks: new Float64Array(count),
    line: new Float64Array(count).fill(-1),
  }
  for (let at = 0; at < rows.length; at++) {
    const key = rows.stack[at]
    sums.pages[key] += rows.pages[at]
    sums.blocks[key] += rows.blocks[at]
    if (sums.line[key] < 0) sums.line[key] = rows.lineOf(at)
  }
  sumsBy.set(dump, sums)
  return sums
}

/** The first line of a dump that tells of a stack; undefined when the dump does not have it. */
export function firstLineOf({ line }: StackSums, key: number): LineId | undefined {
  return line[key] < 0 ? undefined : (line[key] as LineId) // filled from `lineOf` alone
}

/** That two dumps are of different kernels, with an example of a function whose size differs. */
export interface KernelsDiffer {
  readonly symbol: string
  /** As printed: `do_tee+0x1f/0x330`. */
  readonly before: string
  readonly after: string
}

/** Functions that two dumps name, and whose sizes can be compared, at least: fewer say nothing. */
const ENOUGH = 4

/**
 * Whether the stacks of two dumps are of two kernels: most functions that both name have another size in each
 * (`+0xoffset/0xsize`). One kernel may have several functions of one name, but not most. Undefined when they may be of one.
 */
export function kernelsDiffer(trace: Trace, before: OwnerDump, after: OwnerDump): KernelsDiffer | undefined {
  const sizesBefore = sizesOf(trace, before)
  const sizesAfter = sizesOf(trace, after)
  let compared = 0
  const different: KernelsDiffer[] = []
  for (const [symbol, told] of sizesBefore) {
    const others = sizesAfter.get(symbol)
    if (others === undefined) continue
    compared++
    const isShared = [...told.keys()].some((size) => others.has(size))
    const [text] = told.values()
    const [otherText] = others.values()
    if (!isShared) different.push({ symbol, before: text, after: otherText })
  }
  return compared >= ENOUGH && different.length * 2 > compared ? different[0] : undefined
}

type Sizes = ReadonlyMap<string, ReadonlyMap<string, string>>

const sizesBy = new WeakMap<OwnerDump, Sizes>()

/** By function: its sizes as printed, each with a frame that prints it. O(frames of the dump's stacks) once. */
function sizesOf(trace: Trace, dump: OwnerDump): Sizes {
  const known = sizesBy.get(dump)
  if (known !== undefined) return known
  const sizes = new Map<string, Map<string, string>>()
  const seen = new Set<number>()
  const { table } = dump
  for (let at = 0; at < table.length; at++) {
    const frames = framesOf(trace.stacks, table.stack[at])
    for (let place = 0; place < frames.length; place++) {
      if (seen.has(frames[place])) continue
      seen.add(frames[place])
      const text = trace.strings.text(trace.frames.text[frames[place]])
      const size = /\+0x[0-9a-f]+\/(0x[0-9a-f]+)/.exec(text)?.[1]
      if (size === undefined) continue
      const symbol = plainSymbol(trace.strings.text(trace.frames.symbol[frames[place]]))
      const ofSymbol = sizes.get(symbol) ?? new Map<string, string>()
      sizes.set(symbol, ofSymbol)
      if (!ofSymbol.has(size)) ofSymbol.set(size, text.trim())
    }
  }
  sizesBy.set(dump, sizes)
  return sizes
}
