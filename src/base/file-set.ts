import { hashText } from './hash.ts'

/** What is known of a file's content. */
type ContentHash =
  | { readonly kind: 'known'; readonly sha256: string }
  /** `put_off`: not yet. */
  | { readonly kind: 'put_off' | 'none' }

/** The file that a capture is named by: the one with most records, a trace before anything else; the earlier of equals. */
export function mainOf<File extends { readonly records: number }>(
  files: readonly File[],
  isTrace: (file: File) => boolean,
): File | undefined {
  const traces = files.filter(isTrace)
  const [first, ...rest] = traces.length > 0 ? traces : files
  return rest.reduce<File | undefined>((best, file) => (best && file.records > best.records ? file : best), first)
}

/** 8 hex digits over the hashes of all files, in no order; empty while one of them is not known yet. */
export function setHashOf(files: readonly { readonly hash: ContentHash }[]): string {
  if (files.some(({ hash }) => hash.kind === 'put_off')) return ''
  const hashes = files.map(({ hash }) => (hash.kind === 'known' ? hash.sha256 : '')).toSorted()
  return hashText(hashes.join('\n')).slice(0, 8)
}
