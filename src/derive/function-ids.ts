import { oncePer } from '../base/once-per.ts'
import { type StackId } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { holderFrameOf } from './holder-frame.ts'

/** Tells which stacks are of one function, without a text for each hold. */
export type FunctionIdOf = (stack: StackId) => number

/** The id of no function: of a stack that is not recorded, or names none. */
export const NO_FUNCTION = 0

/** Ids of the functions that stacks name (`holderFrameOf`), from 1 on; each distinct stack is named once. */
export const functionIdsOf: (trace: Trace) => FunctionIdOf = oncePer((trace: Trace): FunctionIdOf => {
  const known = new Int32Array(trace.stacks.length).fill(-1)
  const ids = new Map<string, number>([['', NO_FUNCTION]])
  const name = (stack: StackId): number => {
    const { symbol } = holderFrameOf(trace, stack)
    const id = ids.get(symbol) ?? ids.size
    ids.set(symbol, id)
    known[stack] = id
    return id
  }
  return (stack) => {
    if (stack < 0) return NO_FUNCTION
    return known[stack] < 0 ? name(stack) : known[stack]
  }
})
