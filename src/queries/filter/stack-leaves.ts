import { oncePer } from '../../base/once-per.ts'
import { holderFrameOf, isInstrumentationFrame } from '../../derive/holder-frame.ts'
import { plainSymbol, stacksOfHash } from '../../derive/stack-hash.ts'
import { type StackId } from '../../model/ids.ts'
import { framesOf } from '../../model/stack-depot.ts'
import { type Trace } from '../../model/trace.ts'
import { type FilterTerm } from './filter-node.ts'
import { textMatch, type TextMatch } from './text-match.ts'
import { type FilterLeaf, maskLeaf, toldOfEach, UNKNOWN } from './told.ts'

/** Fields of a stack: judged once a distinct stack. */
export type StackField = 'stack' | 'leaf' | 'holder' | 'module' | 'hash'

/** The leaf of a term of a field that stacks tell. O(distinct frames + stacks). */
export function stackLeaf(trace: Trace, field: StackField, term: FilterTerm): FilterLeaf {
  const isNegated = term.comparison === '!='
  const fits = fitOfStacks(trace, field, term)
  return maskLeaf(
    trace.events.stack,
    toldOfEach(trace.stacks.length, isNegated, (stack) => fits(stack as StackId)), // ids are dense
    UNKNOWN,
  )
}

function fitOfStacks(trace: Trace, field: StackField, { values }: FilterTerm): (stack: StackId) => boolean {
  const match = textMatch(values)
  if (field === 'hash') {
    const wanted = new Set(values.flatMap(({ text }) => stacksOfHash(trace, text)))
    return (stack) => wanted.has(stack)
  }
  if (field === 'holder') return (stack) => isSymbol(holderFrameOf(trace, stack).symbol, match)
  const frames = framesFitting(trace, field === 'module' ? 'module' : 'symbol', match)
  if (field !== 'leaf') return (stack) => framesOfAny(trace, stack, frames)
  const isPlumbing = plumbing(trace)
  return (stack) => {
    const ids = framesOf(trace.stacks, stack)
    let at = 0
    while (at < ids.length - 1 && isPlumbing[ids[at]] === 1) at++
    return at < ids.length && frames[ids[at]] === 1
  }
}

/** 1 for each stack any of whose functions or modules fits: for a word that is looked for everywhere. */
export function stacksWith(trace: Trace, match: TextMatch): Uint8Array {
  const symbols = framesFitting(trace, 'symbol', match)
  const modules = framesFitting(trace, 'module', match)
  for (let frame = 0; frame < symbols.length; frame++) symbols[frame] |= modules[frame]
  return Uint8Array.from({ length: trace.stacks.length }, (_, stack) =>
    Number(framesOfAny(trace, stack as StackId, symbols)),
  )
}

function framesOfAny(trace: Trace, stack: StackId, fitting: Uint8Array): boolean {
  const ids = framesOf(trace.stacks, stack)
  for (let at = 0; at < ids.length; at++) if (fitting[ids[at]] === 1) return true
  return false
}

function framesFitting(trace: Trace, what: 'symbol' | 'module', match: TextMatch): Uint8Array {
  const { frames, strings } = trace
  return Uint8Array.from({ length: frames.length }, (_, frame) => {
    const text = strings.text(frames[what][frame])
    return Number(what === 'symbol' ? isSymbol(text, match) : text !== '' && match(text))
  })
}

/** A function by its name as printed, and without what compilers append. */
function isSymbol(symbol: string, match: TextMatch): boolean {
  return symbol !== '' && (match(symbol) || match(plainSymbol(symbol)))
}

const plumbing = oncePer(({ frames, strings }: Trace) =>
  Uint8Array.from({ length: frames.length }, (_, frame) =>
    Number(isInstrumentationFrame(strings.text(frames.symbol[frame]))),
  ),
)
