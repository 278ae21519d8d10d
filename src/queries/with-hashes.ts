import { type FileHash } from '../model/file-hash.ts'

/** Files as they are known by now: those whose hash was put off with what became of it, by index. */
export function withHashes<File extends { readonly index: number; readonly hash: FileHash }>(
  files: readonly File[],
  hashes: ReadonlyMap<number, FileHash>,
): readonly File[] {
  return files.map((file) => ({ ...file, hash: hashes.get(file.index) ?? file.hash }))
}
