/**
 * Order of `enum pageflags` (include/linux/page-flags.h) by release. Which of the names a kernel has depends on its
 * configuration and stable patches too: a name that it lacks takes no bit, and those behind it move down.
 */
interface FlagOrder {
  /** First release with this order: major * 1000 + minor. */
  readonly since: number
  readonly names: readonly string[]
}

const words = (text: string): readonly string[] => text.split(' ')

/** Oldest first. page_ref events are as old as 4.6. */
const ORDERS: readonly FlagOrder[] = [
  {
    since: 4_004,
    names: words(
      'locked error referenced uptodate dirty lru active slab owner_priv_1 arch_1 reserved private private_2 ' +
        'writeback head swapcache mappedtodisk reclaim swapbacked unevictable mlocked uncached hwpoison young idle',
    ),
  },
  {
    since: 4_010,
    names: words(
      'locked error referenced uptodate dirty lru active waiters slab owner_priv_1 arch_1 reserved private private_2 ' +
        'writeback head mappedtodisk reclaim swapbacked unevictable mlocked uncached hwpoison young idle',
    ),
  },
  {
    since: 4_020,
    names: words(
      'locked referenced uptodate dirty lru active workingset waiters error slab owner_priv_1 arch_1 reserved private ' +
        'private_2 writeback head mappedtodisk reclaim swapbacked unevictable mlocked uncached hwpoison young idle ' +
        'arch_2 skip_kasan_poison arch_3',
    ),
  },
  {
    // "mm: rearrange page flags": head in the bits of a byte, writeback beside locked
    since: 6_006,
    names: words(
      'locked writeback referenced uptodate dirty lru head waiters active workingset error slab owner_priv_1 owner_2 ' +
        'arch_1 reserved private private_2 mappedtodisk reclaim swapbacked unevictable dropbehind mlocked uncached ' +
        'hwpoison young idle arch_2 arch_3',
    ),
  },
]

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
  const match = /(\d+)\.(\d+)/.exec(release)
  if (match === null) return undefined
  const version = Number(match[1]) * 1000 + Number(match[2])
  const own = ORDERS.findLastIndex((order) => order.since <= version)
  if (own < 0) return undefined
  const fits = ORDERS.slice(own).find((order) => printed.every((name) => order.names.includes(name)))
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
