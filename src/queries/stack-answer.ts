import { holderFrameOf, isInstrumentationFrame } from '../derive/holder-frame.ts'
import { stackHashOf } from '../derive/stack-hash.ts'
import { type StackId } from '../model/ids.ts'
import { framesOf } from '../model/stack-depot.ts'
import { type Trace } from '../model/trace.ts'
import { type FrameAnswer, type StackAnswer } from './wire.ts'

/** A stack that was not recorded. */
export const NO_STACK: StackAnswer = { hash: '', frames: [] }

/** A stack, leaf first, its holder's frame marked. `holderIndex` overrides the frame that the stack itself suggests. */
export function stackAnswer(trace: Trace, stack: StackId, holderIndex?: number): StackAnswer {
  if (stack < 0) return NO_STACK
  const holder = holderIndex ?? holderFrameOf(trace, stack).index
  const ids = framesOf(trace.stacks, stack)
  const frames: FrameAnswer[] = []
  for (let at = 0; at < ids.length; at++) {
    const symbol = trace.strings.text(trace.frames.symbol[ids[at]])
    const text = trace.strings.text(trace.frames.text[ids[at]])
    const module = trace.strings.text(trace.frames.module[ids[at]])
    frames.push({
      text,
      symbol,
      module,
      ...(text.includes(symbol) ? {} : { resolved: functionText(symbol, module) }),
      isInstrumentation: isInstrumentationFrame(symbol),
      isHolder: at === holder,
    })
  }
  return { hash: stackHashOf(trace, stack), frames }
}

/** `do_tee` or `leaky_ioctl [leaky]`: the frame that names the holder; empty when there is none. */
export function holderText(trace: Trace, stack: StackId): string {
  if (stack < 0) return ''
  const { symbol, module } = holderFrameOf(trace, stack)
  return functionText(symbol, module)
}

/** A function with its module as the kernel prints it. */
export function functionText(symbol: string, module: string): string {
  return module === '' ? symbol : `${symbol} [${module}]`
}
