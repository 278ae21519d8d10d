import { type BridgeProblem, type BridgeProblemCode } from './protocol.ts'

/** A problem with its words. */
export function problemOf(code: BridgeProblemCode, message: string): BridgeProblem {
  return { code, message }
}

/** Whatever was thrown, as a problem: our own code failed. */
export function problemOfError(error: unknown): BridgeProblem {
  return problemOf('broken_promise', error instanceof Error ? error.message : String(error))
}
