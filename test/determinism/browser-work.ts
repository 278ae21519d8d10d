import { type Reading } from './case.ts'
import { type HostDigest } from './host-digest.ts'

/** Files that the page is to fetch and to digest. */
export interface BrowserWork {
  readonly names: readonly string[]
  readonly reading: Reading
}

/** What became of it. */
export type BrowserOutcome = { readonly digest: HostDigest } | { readonly problem: string }
