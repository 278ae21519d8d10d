import { textSha256 } from '../formats/fingerprint.ts'

/** All that decides what is read: files by name and fingerprint, in the order in which they are read, and what a person told. */
export interface IndexKeyParts {
  readonly files: readonly { readonly name: string; readonly sizeBytes: number; readonly fingerprint: string }[]
  /** First PFNs of arrays of pages by hash of their file. */
  readonly starts: ReadonlyMap<string, number>
}

/** What an index is found by, 64 hex digits. Names are part of it: lines are cited by them, and some files are known by them. */
export function indexKey({ files, starts }: IndexKeyParts): Promise<string> {
  const told = [...starts].toSorted(([one], [other]) => (one < other ? -1 : 1))
  const named = files.map(({ name, sizeBytes, fingerprint }) => [name, sizeBytes, fingerprint])
  return textSha256(JSON.stringify([named, told]))
}
