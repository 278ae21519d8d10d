import { type Random } from '../random.ts'

/** Makes other bytes of bytes; never writes into those that it is given. */
export type Mutation = (bytes: Uint8Array, random: Random) => Uint8Array
