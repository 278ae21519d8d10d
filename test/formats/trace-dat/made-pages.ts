import { GrowingBytes } from './growing-bytes.ts'

/** Something that stands in a page of a ring buffer. */
export type Entry =
  | { readonly kind: 'record'; readonly delta: number; readonly bytes: Uint8Array }
  /** Its length in a word of its own, as records over 112 bytes have it. */
  | { readonly kind: 'long'; readonly delta: number; readonly bytes: Uint8Array }
  | { readonly kind: 'extend'; readonly delta: number }
  | { readonly kind: 'stamp'; readonly stamp: bigint }
  | { readonly kind: 'discarded'; readonly delta: number; readonly size: number }
  | { readonly kind: 'padding' }

/** One page: its stamp, its entries, and what was lost before it. */
export interface MadePage {
  readonly stamp: bigint
  readonly entries: readonly Entry[]
  /** -1: lost, but nobody knows how many. */
  readonly missed?: number
}

/** How the pages of a kernel are written. */
export interface PageForm {
  readonly isLittle: boolean
  readonly longBytes: number
  readonly pageBytes: number
}

/** Writes a page as kernel/trace/ring_buffer.c does. */
export function pageBytesOf({ stamp, entries, missed = 0 }: MadePage, form: PageForm): Uint8Array {
  const data = new GrowingBytes(form.isLittle)
  for (const entry of entries) putEntry(data, entry, form.isLittle)
  const isStored = missed > 0
  const commit = data.length + (missed === 0 ? 0 : 2 ** 31) + (isStored ? 2 ** 30 : 0)
  const page = new GrowingBytes(form.isLittle).u64(stamp).number(commit, form.longBytes).bytes(data.done())
  if (isStored) page.number(missed, form.longBytes)
  if (page.length > form.pageBytes) throw new Error('too many entries for one page')
  return page.align(form.pageBytes).done()
}

function putEntry(data: GrowingBytes, entry: Entry, isLittle: boolean): void {
  const head = (type: number, delta: number): number => (isLittle ? delta * 32 + type : type * 2 ** 27 + delta)
  switch (entry.kind) {
    case 'record':
      data
        .u32(head(Math.ceil(entry.bytes.length / 4), entry.delta))
        .bytes(entry.bytes)
        .align(4)
      return
    case 'long':
      data
        .u32(head(0, entry.delta))
        .u32(entry.bytes.length + 4)
        .bytes(entry.bytes)
        .align(4)
      return
    case 'extend':
      data.u32(head(30, entry.delta % 2 ** 27)).u32(Math.floor(entry.delta / 2 ** 27))
      return
    case 'stamp':
      data.u32(head(31, Number(entry.stamp & 0x7ffffffn))).u32(Number((entry.stamp >> 27n) & 0xffffffffn))
      return
    case 'discarded':
      data
        .u32(head(29, entry.delta))
        .u32(entry.size)
        .zeros(entry.size - 4)
      return
    case 'padding':
      data.u32(head(29, 0)).u32(0)
  }
}
