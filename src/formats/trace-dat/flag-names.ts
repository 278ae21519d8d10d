import { type PageFlagBits, pageFlagBits } from '../page-flag-bits.ts'
import { type EventFormat } from './event-format.ts'

/** `(REC->flags & ((1UL << 21) - 1))`: NR_PAGEFLAGS, as the preprocessor left it. */
const MASK = /REC->flags\s*&\s*\(*\s*\(?\s*(?:1UL|\(1UL\)|\(\(1UL\)\))\s*<<\s*\(?(\d+)\)?/
const FLAG_NAME = /\{\s*[^{}"]*\bPG_\w+\s*,\s*"(\w+)"\s*\}/g

/** The page flags' bits of the kernel that wrote an event; undefined when the file does not tell enough. */
export function flagBitsOf(format: EventFormat, uname: string): PageFlagBits | undefined {
  const names = [...format.printFormat.matchAll(FLAG_NAME)].map((match) => match[1])
  const count = MASK.exec(format.printFormat)?.[1]
  return count === undefined ? undefined : pageFlagBits(releaseOf(uname), names, Number(count))
}

/** `Linux host 6.12.117-lab x86_64` → `6.12.117-lab`; empty when there is none. */
export function releaseOf(uname: string): string {
  return uname.split(/\s+/).find((word) => /^\d+\.\d+/.test(word)) ?? ''
}
