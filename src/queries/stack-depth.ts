import { type StackId } from '../model/ids.ts'
import { framesOf } from '../model/stack-depot.ts'
import { type Trace } from '../model/trace.ts'

/** Frames that page_owner (4.8 and later) and page_pinner keep (PAGE_OWNER_STACK_DEPTH, PAGE_PINNER_STACK_DEPTH). */
const DEPTH = 16
/** Frames that page_owner kept before it used the stack depot. Those kernels print addresses. */
const OLD_DEPTH = 8

/** What a stack as long as page_owner or page_pinner can keep leaves open, in words; empty for a shorter one. */
export function depthNote(trace: Trace, stack: StackId): string {
  const frames = framesOf(trace.stacks, stack)
  const isFull = frames.length === DEPTH || (frames.length === OLD_DEPTH && printsAddress(trace, stack))
  return isFull ? `${frames.length} frames, as many as are kept: who called the last one may be missing` : ''
}

function printsAddress(trace: Trace, stack: StackId): boolean {
  const leaf = framesOf(trace.stacks, stack)[0]
  return trace.strings.text(trace.frames.text[leaf]).startsWith('[<')
}
