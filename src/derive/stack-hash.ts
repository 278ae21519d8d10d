import { oncePer } from '../base/once-per.ts'
import { hashText } from '../base/hash.ts'
import { type FrameId, type StackId } from '../model/ids.ts'
import { framesOf } from '../model/stack-depot.ts'
import { type Trace } from '../model/trace.ts'

/**
 * Stacks that a person would call the same: equal function names, whatever the offsets, modules and compiler clones.
 * Groups are dense, in order of first sight, so that totals by stack fit in typed arrays.
 */
export interface StackHashes {
  /** Group of each `StackId`. */
  readonly groupOf: Int32Array
  /** Hash of each group: 16 hex digits, the same in every session and on every machine. */
  readonly hashes: readonly string[]
  /** Stacks of each group, ascending. */
  readonly stacks: readonly (readonly StackId[])[]
  /** Group of a hash. */
  readonly byHash: ReadonlyMap<string, number>
}

/** Hashes of all stacks of a trace, made on the first call: O(frames of distinct stacks). */
export const stackHashesOf: (trace: Trace) => StackHashes = oncePer(buildStackHashes)

/** Hash of one stack, for links. The empty string for NONE. */
export function stackHashOf(trace: Trace, stack: StackId): string {
  if (stack < 0) return ''
  const { groupOf, hashes } = stackHashesOf(trace)
  return hashes[groupOf[stack]]
}

/** All stacks with a hash; empty when the trace has none. Several when they differ only in offsets or clones. */
export function stacksOfHash(trace: Trace, hash: string): readonly StackId[] {
  const { byHash, stacks } = stackHashesOf(trace)
  const group = byHash.get(hash)
  return group === undefined ? [] : stacks[group]
}

/** The first stack with a hash. */
export function stackOfHash(trace: Trace, hash: string): StackId | undefined {
  return stacksOfHash(trace, hash).at(0)
}

/**
 * A function name without what the compiler appends to its copies: `.isra.0`, `.constprop.0`, `.part.0`, `.cold`,
 * and a leftover `+0x1a/0x60`.
 */
export function plainSymbol(symbol: string): string {
  return symbol.replace(/\+0x[0-9a-f]+(\/0x[0-9a-f]+)?$/, '').replace(/(\.(isra|constprop|part)\.\d+|\.cold)+$/, '')
}

function buildStackHashes(trace: Trace): StackHashes {
  const names = plainNames(trace)
  const groupOf = new Int32Array(trace.stacks.length)
  const hashes: string[] = []
  const stacks: StackId[][] = []
  const byHash = new Map<string, number>()
  for (let stack = 0; stack < groupOf.length; stack++) {
    const frames = framesOf(trace.stacks, stack as StackId)
    let text = ''
    for (let at = 0; at < frames.length; at++) text += `${at === 0 ? '' : '\n'}${names[frames[at]]}`
    const hash = hashText(text)
    let group = byHash.get(hash)
    if (group === undefined) {
      group = hashes.push(hash) - 1
      stacks.push([])
      byHash.set(hash, group)
    }
    groupOf[stack] = group
    stacks[group].push(stack as StackId)
  }
  return { groupOf, hashes, stacks, byHash }
}

function plainNames(trace: Trace): readonly string[] {
  const names: string[] = []
  for (let frame = 0; frame < trace.frames.length; frame++) {
    names.push(plainSymbol(trace.strings.text(trace.frames.symbol[frame as FrameId])))
  }
  return names
}
