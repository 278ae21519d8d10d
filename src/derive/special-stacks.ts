import { framesOf } from '../model/stack-depot.ts'
import { type StackId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { bareSymbol, isInstrumentationFrame } from './holder-frame.ts'

/**
 * Stacks that page_owner puts in place of one it could not record (mm/page_owner.c): by the function at their leaf. They
 * name no allocator, so nobody who reads them may be shown one.
 */
const STAND_INS: ReadonlyMap<string, string> = new Map([
  ['register_dummy_stack', 'page_owner was called from within itself'],
  ['create_dummy_stack', 'page_owner was called from within itself'],
  ['register_failure_stack', 'there was no memory to keep the stack in'],
  ['register_early_stack', 'the page was allocated before page_owner began'],
])

/**
 * Why a stack of page_owner is no record of an allocation, in words; empty for every other stack. `create_dummy_stack` is
 * inlined or not, and may be called by its own name.
 */
export function notRecorded(trace: Trace, stack: StackId): string {
  const frames = framesOf(trace.stacks, stack)
  for (let at = 0; at < frames.length; at++) {
    const symbol = trace.strings.text(trace.frames.symbol[frames[at]])
    if (isInstrumentationFrame(symbol)) continue
    return STAND_INS.get(bareSymbol(symbol)) ?? ''
  }
  return ''
}
