import { type Trace } from '../model/trace.ts'

/** Bits of `page->flags` that do not depend on the configuration, lowest first, by release (major * 1000 + minor). */
interface FlagBits {
  readonly since: number
  /** Exclusive. */
  readonly until: number
  readonly names: readonly string[]
}

const words = (text: string): readonly string[] => text.split(' ')

/**
 * include/linux/page-flags.h, read in 4.4, 4.9, 4.14, 5.4, 5.10, 5.15, 6.1, 6.12 and 7.2. Behind the last name come bits
 * that only some configurations have. 6.6 to 6.11 moved them about, release by release: nothing is said of those.
 */
const FLAG_BITS: readonly FlagBits[] = [
  {
    since: 4_004,
    until: 4_010,
    names: words(
      'locked error referenced uptodate dirty lru active slab owner_priv_1 arch_1 reserved private private_2 writeback ' +
        'head swapcache mappedtodisk reclaim swapbacked unevictable',
    ),
  },
  {
    since: 4_010,
    until: 4_019, // vendors' 4.19 have the bits of 4.20, with workingset
    names: words(
      'locked error referenced uptodate dirty lru active waiters slab owner_priv_1 arch_1 reserved private private_2 ' +
        'writeback head mappedtodisk reclaim swapbacked unevictable',
    ),
  },
  {
    since: 4_020,
    until: 6_006,
    names: words(
      'locked referenced uptodate dirty lru active workingset waiters error slab owner_priv_1 arch_1 reserved private ' +
        'private_2 writeback head mappedtodisk reclaim swapbacked unevictable',
    ),
  },
  {
    since: 6_012,
    until: Number.POSITIVE_INFINITY,
    names: words(
      'locked writeback referenced uptodate dirty lru head waiters active workingset owner_priv_1 owner_2 arch_1 ' +
        'reserved private private_2 reclaim swapbacked unevictable',
    ),
  },
]

/**
 * Names of page flags that a tool printed as hex, `uptodate|lru|swapbacked`, when a file of the capture tells the
 * release; bits that no name is sure of stay hex behind them. Empty when nothing can be said, and for flags that are
 * names already.
 */
export function namesOfHexFlags(trace: Trace, flags: string): string {
  if (!/^0x[0-9a-f]+$/.test(flags)) return ''
  const names = bitsOf(trace.machine.release)
  if (names === undefined) return ''
  let left = BigInt(flags)
  const found: string[] = []
  for (const [bit, name] of names.entries()) {
    const mask = 1n << BigInt(bit)
    if ((left & mask) === 0n) continue
    found.push(name)
    left &= ~mask
  }
  if (found.length === 0) return ''
  return [...found, ...(left === 0n ? [] : [`0x${left.toString(16)}`])].join('|')
}

function bitsOf(release: string): readonly string[] | undefined {
  const match = /^(\d+)\.(\d+)/.exec(release)
  if (match === null) return undefined
  const version = Number(match[1]) * 1000 + Number(match[2])
  return FLAG_BITS.find((bits) => bits.since <= version && version < bits.until)?.names
}
