import { type Brand } from './brand.ts'

/** A page frame number. Always shown as `0x17ac9`. */
export type Pfn = Brand<number, 'Pfn'>

/** `0x17ac9`: the one way a PFN is printed. */
export function formatPfn(pfn: number): string {
  return `0x${pfn.toString(16)}`
}

/** `[0xdc00, 0x1fc00)`: half-open, as the kernel counts; in words where nothing tells it (it is `[0, 0)` then). */
export function formatPfnRange(start: number, end: number): string {
  if (end === 0) return 'an unknown range'
  return `[${formatPfn(start)}, ${formatPfn(end)})`
}
