import { type Digest } from './digest.ts'

/** A digest, and by what reading it was got. */
export interface HostDigest extends Digest {
  /** Parts of files that were read by the threads that they were sent to. */
  readonly partsRead: number
  readonly events: number
}
