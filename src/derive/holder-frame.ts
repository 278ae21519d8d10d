import { type StackId, type StringId } from '../model/ids.ts'
import { framesOf } from '../model/stack-depot.ts'
import { type Trace } from '../model/trace.ts'
import { ENTRY_FRAMES, FILE_LAYER_FRAMES, GENERIC_FRAMES, INSTRUMENTATION_FRAMES } from './frame-rules.ts'

/** The frame that a person would act on, in one stack. */
export interface HolderFrame {
  /** Position in the stack, leaf = 0; -1 when the stack is empty or not recorded. */
  readonly index: number
  /** Function name as printed (`process_vm_rw_core.constprop.0`); empty when there is none. */
  readonly symbol: string
  /** Module in brackets, when the file prints it; empty else. */
  readonly module: string
}

const NO_FRAME: HolderFrame = { index: -1, symbol: '', module: '' }

/** True for tracepoint plumbing at the leaf end of a stack (`trace_event_raw_event_*`, `__page_ref_*`). */
export function isInstrumentationFrame(symbol: string): boolean {
  return INSTRUMENTATION_FRAMES.test(symbol)
}

/** True for refcount, GUP, allocator and page-cache helpers that stand between the tracepoint and its real user. */
export function isGenericFrame(symbol: string): boolean {
  return GENERIC_FRAMES.test(bareSymbol(symbol))
}

/** Function name without what the compiler and the allocation profiler add (`.isra.0`, `.cold`, `_noprof`). */
export function bareSymbol(symbol: string): string {
  return symbol.replace(/\.(?:isra|constprop|part|cold|llvm|cfi_jt)\b.*$/, '').replace(/_noprof$/, '')
}

const cache = new WeakMap<Trace, Map<StackId, HolderFrame>>()

/**
 * The most specific frame above the generic helpers and below the system call entry. Falls back to the outermost
 * generic frame, so a stack that is nothing but helpers still names something. Cached per trace and stack.
 */
export function holderFrameOf(trace: Trace, stack: StackId): HolderFrame {
  const known = cache.get(trace) ?? new Map<StackId, HolderFrame>()
  cache.set(trace, known)
  const frame = known.get(stack) ?? findHolderFrame(trace, stack)
  known.set(stack, frame)
  return frame
}

function findHolderFrame(trace: Trace, stack: StackId): HolderFrame {
  const frames = framesOf(trace.stacks, stack)
  let fallback = NO_FRAME
  for (let index = 0; index < frames.length; index++) {
    const symbol = trace.strings.text(trace.frames.symbol[frames[index]])
    if (isInstrumentationFrame(symbol)) continue
    const bare = bareSymbol(symbol)
    const frame = { index, symbol, module: moduleText(trace, trace.frames.module[frames[index]]) }
    if (ENTRY_FRAMES.test(bare)) {
      if (fallback.index < 0) fallback = frame
      break
    }
    if (frame.module === '' && GENERIC_FRAMES.test(bare)) {
      fallback = frame
      continue
    }
    if (FILE_LAYER_FRAMES.test(bare)) {
      if (fallback.index < 0) fallback = frame
      continue
    }
    return frame
  }
  return fallback
}

function moduleText(trace: Trace, module: StringId): string {
  return module < 0 ? '' : trace.strings.text(module)
}
