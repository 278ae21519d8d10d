/** Throws when a promise of our own code is broken. Never for bad input. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`broken promise: ${message}`)
}

/** Ends a `switch` over a union: a new member is a type error here. */
export function assertUnreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
