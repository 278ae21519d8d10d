import { oncePer } from '../base/once-per.ts'
import { isPinSized, PIN_BIAS } from '../derive/attribution/classify.ts'
import { deltaOf } from '../derive/operation.ts'
import { kindOf, SET, UNFREEZE, type EventKind } from '../model/event-kind.ts'
import { type StackId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'

/** Operations of one stack that a rule judges alike. */
export interface StackOperation {
  readonly stack: StackId
  readonly kind: EventKind
  /** 1, -1, 1024 or -1024: stands for every amount that is judged as it is. */
  readonly delta: number
  readonly events: number
}

const GET = kindOf('page_ref_mod')
const AMOUNTS = [1, -1, PIN_BIAS, -PIN_BIAS] as const

/**
 * What each stack did to counts, so that rules are tried on stacks and not on events. Left out is what no rule of a
 * file decides: operations without a stack, sets and unfreezes, and those that changed nothing. O(events), once.
 */
export const stackOperationsOf: (trace: Trace) => readonly StackOperation[] = oncePer((trace) => {
  const { kind, stack, length } = trace.events
  const counts = new Float64Array(trace.stacks.length * AMOUNTS.length)
  for (let row = 0; row < length; row++) {
    if (stack[row] < 0 || kind[row] === SET || kind[row] === UNFREEZE) continue
    const delta = deltaOf(trace, row as Parameters<typeof deltaOf>[1])
    if (delta !== 0) counts[stack[row] * AMOUNTS.length + Number(delta < 0) + (isPinSized(delta) ? 2 : 0)]++
  }
  const operations: StackOperation[] = []
  for (let at = 0; at < counts.length; at++) {
    if (counts[at] === 0) continue
    const of = Math.floor(at / AMOUNTS.length) as StackId
    operations.push({ stack: of, kind: GET, delta: AMOUNTS[at % AMOUNTS.length], events: counts[at] })
  }
  return operations
})
