import { releaseNumber } from '../model/kernel-release.ts'
import { PAGE_FLAG_ORDERS } from '../model/page-flag-order.ts'

/** Names of page flags by their bits. */
export interface PageFlagBits {
  /** Text of a page's flags as the kernel prints them, `uptodate|lru`; `none` without any. Bits that no name has are hex. */
  textOf(flags: number): string
}

/**
 * The bits of one kernel: `release` as uname tells it (`6.12.117-lab`), `printed` the names in the order of the event's
 * own print format (exactly those that the kernel was built with), `count` its number of flags (NR_PAGEFLAGS). Undefined
 * when names, order and number do not agree: then nobody should guess.
 */
export function pageFlagBits(release: string, printed: readonly string[], count: number): PageFlagBits | undefined {
  const order = orderOf(release, printed)
  if (order === undefined || printed.length !== count || count > 32) return undefined
  const bits = new Map(order.filter((name) => printed.includes(name)).map((name, bit) => [name, bit]))
  const named = printed.map((name) => ({ name, mask: 2 ** (bits.get(name) ?? 0) }))
  return { textOf: (flags) => textOf(named, flags) }
}

/** The order of the release; a newer one where a backported name is not in it (workingset in 4.19 trees). */
function orderOf(release: string, printed: readonly string[]): readonly string[] | undefined {
  const version = releaseNumber(release)
  const own = version === undefined ? -1 : PAGE_FLAG_ORDERS.findLastIndex((order) => order.since <= version)
  if (own < 0) return undefined
  const fits = PAGE_FLAG_ORDERS.slice(own).find((order) => printed.every((name) => order.names.includes(name)))
  return fits?.names
}

function textOf(named: readonly { readonly name: string; readonly mask: number }[], flags: number): string {
  let left = flags
  const found: string[] = []
  for (const { name, mask } of named) {
    if (Math.floor(left / mask) % 2 === 0) continue
    found.push(name)
    left -= mask
  }
  if (left > 0) found.push(`0x${left.toString(16)}`)
  return found.length === 0 ? 'none' : found.join('|')
}
