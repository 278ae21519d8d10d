/**
 * Order of `enum pageflags` (include/linux/page-flags.h) by release: every name that a kernel of that time may have.
 * Which of them it has depends on its configuration and stable patches too: a name that it lacks takes no bit, and
 * those behind it move down.
 */
export interface PageFlagOrder {
  /** First release with this order: major * 1000 + minor. */
  readonly since: number
  /** Bit 0 first. */
  readonly names: readonly string[]
}

const words = (text: string): readonly string[] => text.split(' ')

/** Oldest first. page_ref events are as old as 4.6. */
export const PAGE_FLAG_ORDERS: readonly PageFlagOrder[] = [
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
