import { framesOf } from '../model/stack-depot.ts'
import { type StackId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { bareSymbol, isInstrumentationFrame } from './holder-frame.ts'

const EARLY = 'the page was allocated before page_owner began'
const NO_MEMORY = 'there was no memory to keep the stack in'

/**
 * Stacks that page_owner and page_pinner put in place of one they could not record (mm/page_owner.c, mm/page_pinner.c):
 * by the function that makes them. They name nobody, so nobody who reads them may be shown one.
 */
const STAND_INS: ReadonlyMap<string, string> = new Map([
  ['register_dummy_stack', 'page_owner was called from within itself'],
  ['register_failure_stack', NO_MEMORY],
  ['register_early_stack', EARLY],
])

/** Helper of the three, inlined or not: which of them it stands for is said by the frame that called it. */
const HELPER = 'create_dummy_stack'

const UNTOLD = 'page_owner put a stand-in for it'

/** Frames that take the stack themselves: 4.8 to 5.1 keep them (`.skip = 0`), and so do stand-ins of all kernels. */
const TAKERS =
  /^(?:(?:__)?save_stack(?:_trace\w*|_address)?|stack_trace_save\w*|arch_stack_walk\w*|walk_stackframe|dump_backtrace|__set_page_owner\w*|set_page_owner)$/

/**
 * Up to 4.13 a page that was in use before page_owner began carries the stack of page_owner's own start. No allocation
 * begins there: its stack begins in the page allocator.
 */
const STARTERS =
  /^(?:init_pages_in_zone|init_zones_in_node|init_early_allocated_pages|init_page_owner|invoke_init_callbacks|page_ext_init\w*|kernel_init_freeable|kernel_init|start_kernel)$/

/** Why a stack is no record of an allocation or a reference, in words; empty for every other stack. */
export function notRecorded(trace: Trace, stack: StackId): string {
  const [leaf, caller] = ownFrames(trace, stack)
  if (leaf === HELPER) return STAND_INS.get(caller ?? '') ?? UNTOLD
  return STAND_INS.get(leaf ?? '') ?? (STARTERS.test(leaf ?? '') ? EARLY : '')
}

/** The two frames nearest the leaf that do not belong to taking the stack. */
function ownFrames(trace: Trace, stack: StackId): readonly string[] {
  const frames = framesOf(trace.stacks, stack)
  const own: string[] = []
  for (let at = 0; at < frames.length && own.length < 2; at++) {
    const symbol = trace.strings.text(trace.frames.symbol[frames[at]])
    const bare = bareSymbol(symbol)
    if (!isInstrumentationFrame(symbol) && !TAKERS.test(bare)) own.push(bare)
  }
  return own
}
