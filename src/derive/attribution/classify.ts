import { SET, UNFREEZE, type EventKind } from '../../model/event-kind.ts'
import { type StackId } from '../../model/ids.ts'
import { framesOf } from '../../model/stack-depot.ts'
import { type Trace } from '../../model/trace.ts'
import { bareSymbol, isGenericFrame, isInstrumentationFrame } from '../holder-frame.ts'
import { ENTRY_FRAMES, INTERRUPT_FRAMES } from '../frame-rules.ts'
import { CLASS_RULES, type ClassRule } from './class-rules.ts'
import { classIndexOf } from './reference-class.ts'

const ALLOCATION = classIndexOf('allocation')
const MIGRATION = classIndexOf('migration')
const GUP_PIN = classIndexOf('gup_pin')
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

/** One frame as the rules see it. */
interface JudgedFrame {
  readonly symbol: string
  readonly isDriver: boolean
}

function judge(trace: Trace, stack: StackId, on: 'get' | 'put'): number {
  let decided: Ruling | undefined
  for (const frame of judgedFrames(trace, stack)) {
    const ruling = rulingOf(frame, on)
    if (ruling === undefined || ruling.id === decided?.id) continue
    if (decided !== undefined && !decided.givesWayTo.includes(ruling.id)) break
    decided = ruling
  }
  return decided?.class ?? UNKNOWN
}

/** What the rules say of one frame. */
interface Ruling {
  readonly id: string
  readonly class: number
  readonly givesWayTo: readonly string[]
}

const RULINGS: ReadonlyMap<ClassRule, Ruling> = new Map(
  CLASS_RULES.map((rule) => [
    rule,
    { id: rule.id, class: classIndexOf(rule.class), givesWayTo: rule.givesWayTo ?? [] },
  ]),
)

/** A driver that calls FOLL_PIN is still a pin; what it does on its own account is the driver's. */
const DRIVER_RULING: Ruling = { id: 'driver', class: DRIVER, givesWayTo: [] }

function rulingOf(frame: JudgedFrame, on: 'get' | 'put'): Ruling | undefined {
  const rule = CLASS_RULES.find((known) => (known.on === 'both' || known.on === on) && known.frames.test(frame.symbol))
  if (rule !== undefined) return RULINGS.get(rule)
  return frame.isDriver ? DRIVER_RULING : undefined
}

/** Frames from the leaf to where an interrupt or a fault began: what lies beyond was interrupted, and did not ask. */
function judgedFrames(trace: Trace, stack: StackId): readonly JudgedFrame[] {
  const frames = framesOf(trace.stacks, stack)
  const judged: JudgedFrame[] = []
  for (let at = 0; at < frames.length; at++) {
    const text = trace.strings.text(trace.frames.symbol[frames[at]])
    if (isInstrumentationFrame(text)) continue
    const symbol = bareSymbol(text)
    if (INTERRUPT_FRAMES.test(symbol)) break
    judged.push({ symbol, isDriver: trace.frames.module[frames[at]] >= 0 || DRIVER_FRAMES.test(symbol) })
  }
  return judged
}

/** True when nothing but helpers and entry code stands in the stack: it names no holder. */
export function namesNobody(trace: Trace, stack: StackId): boolean {
  return judgedFrames(trace, stack).every(({ symbol }) => isGenericFrame(symbol) || ENTRY_FRAMES.test(symbol))
}
