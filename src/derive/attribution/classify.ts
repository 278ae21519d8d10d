import { SET, UNFREEZE, type EventKind } from '../../model/event-kind.ts'
import { type StackId } from '../../model/ids.ts'
import { framesOf } from '../../model/stack-depot.ts'
import { type Trace } from '../../model/trace.ts'
import { bareSymbol, isGenericFrame, isInstrumentationFrame } from '../holder-frame.ts'
import { ENTRY_FRAMES } from '../frame-rules.ts'
import { CLASS_RULES } from './class-rules.ts'
import { classIndexOf } from './reference-class.ts'

const ALLOCATION = classIndexOf('allocation')
const MIGRATION = classIndexOf('migration')
const GUP_GET = classIndexOf('gup_get')
const GUP_PIN = classIndexOf('gup_pin')
const IO = classIndexOf('io')
const DRIVER = classIndexOf('driver')
const UNKNOWN = classIndexOf('unknown')

/** References of one FOLL_PIN pin on a small folio (GUP_PIN_COUNTING_BIAS, include/linux/mm.h). */
export const PIN_BIAS = 1024

/** Built-in drivers: their own entry points, where no `[module]` is printed (drivers/, fs/ioctl.c, sound/). */
const DRIVER_FRAMES =
  /(?:_ioctl$|^(?:vfs_ioctl|drm_\w+|vb2_\w+|dma_buf_\w+|dma_\w+|ib_\w+|rdma_\w+|vfio_\w+|iommu(?:fd)?_\w+|snd_\w+|usb_\w+|scsi_\w+|nvme_\w+|virtio_\w+|vhost_\w+|vring_\w+|virtqueue_\w+)$)/

/** Gives the reference class of an operation from its stack; each distinct stack is judged once. */
export interface Classifier {
  /** Index into `REFERENCE_CLASSES` of an operation that adds (`delta` > 0) or drops references. */
  classOf(kind: EventKind, delta: number, stack: StackId): number
}

const classifiers = new WeakMap<Trace, Classifier>()

/** The classifier of a trace, made at the first call. O(distinct stacks) over its life. */
export function classifierOf(trace: Trace): Classifier {
  const classifier = classifiers.get(trace) ?? createClassifier(trace)
  classifiers.set(trace, classifier)
  return classifier
}

function createClassifier(trace: Trace): Classifier {
  const gets = new Int8Array(trace.stacks.length).fill(-1)
  const puts = new Int8Array(trace.stacks.length).fill(-1)
  const classOf = (kind: EventKind, delta: number, stack: StackId): number => {
    if (kind === SET) return ALLOCATION
    if (kind === UNFREEZE) return MIGRATION
    const isPinSized =
      delta !== 0 && (delta % PIN_BIAS === 0 || delta % (PIN_BIAS - 1) === 0) && Math.abs(delta) >= PIN_BIAS - 1
    if (isPinSized) return GUP_PIN
    if (stack < 0) return UNKNOWN
    const known = delta < 0 ? puts : gets
    if (known[stack] < 0) known[stack] = judge(trace, stack, delta < 0 ? 'put' : 'get')
    return known[stack]
  }
  return { classOf }
}

function judge(trace: Trace, stack: StackId, on: 'get' | 'put'): number {
  const symbols = symbolsOf(trace, stack)
  for (const rule of CLASS_RULES) {
    if (rule.on !== 'both' && rule.on !== on) continue
    if (!symbols.some((symbol) => rule.frames.test(symbol))) continue
    const found = classIndexOf(rule.class)
    return isPlain(found) && isDriverStack(trace, stack, symbols) ? DRIVER : found
  }
  return isDriverStack(trace, stack, symbols) ? DRIVER : UNKNOWN
}

function isDriverStack(trace: Trace, stack: StackId, symbols: readonly string[]): boolean {
  return hasDriverFrame(trace, stack) || symbols.some((symbol) => DRIVER_FRAMES.test(symbol))
}

/** Classes that say only "through user mappings": a driver behind them says more. */
function isPlain(found: number): boolean {
  return found === GUP_GET || found === IO
}

function hasDriverFrame(trace: Trace, stack: StackId): boolean {
  const frames = framesOf(trace.stacks, stack)
  for (let at = 0; at < frames.length; at++) if (trace.frames.module[frames[at]] >= 0) return true
  return false
}

function symbolsOf(trace: Trace, stack: StackId): readonly string[] {
  const frames = framesOf(trace.stacks, stack)
  const symbols: string[] = []
  for (let at = 0; at < frames.length; at++) {
    const symbol = trace.strings.text(trace.frames.symbol[frames[at]])
    if (!isInstrumentationFrame(symbol)) symbols.push(bareSymbol(symbol))
  }
  return symbols
}

/** True when nothing but helpers and entry code stands in the stack: it names no holder. */
export function namesNobody(trace: Trace, stack: StackId): boolean {
  return symbolsOf(trace, stack).every((symbol) => isGenericFrame(symbol) || ENTRY_FRAMES.test(symbol))
}
