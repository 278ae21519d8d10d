import { isOutOfMemory } from '../base/out-of-memory.ts'
import { SpillLost } from '../snapshot/spill-file.ts'
import { type BridgeProblem, type BridgeProblemCode } from './protocol.ts'

/** A problem with its words. */
export function problemOf(code: BridgeProblemCode, message: string): BridgeProblem {
  return { code, message }
}

/** Whatever was thrown, as a problem: there was not enough memory, columns in the browser's storage are gone, or our own code failed. */
export function problemOfError(error: unknown): BridgeProblem {
  const words = error instanceof Error ? error.message : String(error)
  if (isOutOfMemory(error))
    return problemOf('out_of_memory', `There is not enough memory for this (${words}). ${NEED_LESS}`)
  if (error instanceof SpillLost) return problemOf('storage_lost', words)
  return problemOf('broken_promise', words)
}

const NEED_LESS = 'Close other tabs and programs, or open fewer files at once, and try again.'
