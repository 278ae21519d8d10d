import { hashText } from '../base/hash.ts'
import { type FileIdentity } from './carried.ts'

/** What is known of a file: the shape of the model's `FileHash` beside its name and size. */
export interface KnownFile {
  readonly name: string
  readonly sizeBytes: number
  readonly hash:
    | { readonly kind: 'known'; readonly sha256: string; readonly fingerprint?: string }
    | { readonly kind: 'put_off' | 'none'; readonly fingerprint?: string }
}

/** A file by its hash, and by its samples, under which something may have been kept before the hash was known. */
export function fileIdentity({ name, sizeBytes, hash }: KnownFile): FileIdentity {
  const hashes = [
    ...(hash.kind === 'known' ? [hash.sha256.slice(0, DIGITS)] : []),
    ...(hash.fingerprint === undefined ? [] : [`samples-${hash.fingerprint.slice(0, DIGITS)}`]),
  ]
  return { name, hashes: hashes.length > 0 ? hashes : [`unhashed-${hashText(`${name}\n${sizeBytes}`)}`] }
}

const DIGITS = 16
