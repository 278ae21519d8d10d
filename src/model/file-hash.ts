/**
 * What is known of the hash of a file's bytes as they lie on disk. A large file is hashed when what was asked first has been
 * answered; until then it has a `fingerprint` alone (its size, its ends and samples in between), which it keeps beside the
 * hash, and which two files can share that are not the same.
 */
export type FileHash =
  /** 64 hex digits; `hashName` says of what. */
  | { readonly kind: 'known'; readonly sha256: string; readonly fingerprint?: string }
  /** Not known yet. */
  | { readonly kind: 'put_off'; readonly fingerprint: string }
  /** There is none: `why`, in words for a person, with what to do next. */
  | { readonly kind: 'none'; readonly why: string; readonly fingerprint?: string }

/** The hash, where it is known. */
export function knownSha256(hash: FileHash): string | undefined {
  return hash.kind === 'known' ? hash.sha256 : undefined
}
