/**
 * What hash tables begin to hash with: another number each time the program starts, so that nobody can write a file whose
 * texts, stacks or pages all fall into one slot, which would make reading it quadratic. Nothing that is told depends on it.
 */
export const HASH_SEED: number = crypto.getRandomValues(new Uint32Array(1))[0]
