import { parseFields } from './event-format.ts'

/** Where the parts of a page of the ring buffer stand. */
export interface PageLayout {
  /** Of the u64 stamp. */
  readonly stampAt: number
  /** Of the `commit` word, and its bytes: 4 or 8. */
  readonly commitAt: number
  readonly commitBytes: number
  /** Of the first entry. */
  readonly dataAt: number
}

/** No kernel has had more before the data; a text that says so is damaged. */
const LARGEST_OFFSET = 48

/**
 * Reads `events/header_page` (kernel/trace/ring_buffer.c ring_buffer_print_page_header()). Where the text is missing or
 * odd, the layout that all kernels have had: stamp, then a `long`, then data.
 */
export function pageLayout(headerPage: string, longBytes: number): PageLayout {
  const fields = parseFields(headerPage)
  const find = (name: string): { readonly offset: number; readonly size: number } | undefined =>
    fields.find((field) => field.name === name)
  const commit = find('commit')
  const isOdd = fields.some((field) => field.offset > LARGEST_OFFSET) || (find('data')?.offset ?? 16) < 8 + longBytes
  if (isOdd) return { stampAt: 0, commitAt: 8, commitBytes: longBytes, dataAt: 8 + longBytes }
  return {
    stampAt: find('timestamp')?.offset ?? 0,
    commitAt: commit?.offset ?? 8,
    commitBytes: commit?.size === 4 || commit?.size === 8 ? commit.size : longBytes,
    dataAt: find('data')?.offset ?? 8 + longBytes,
  }
}
