/**
 * Flags that the kernel shows of a page in /proc/kpageflags (include/uapi/linux/kernel-page-flags.h, fs/proc/page.c),
 * and those that page-types makes of other sources (tools/mm/page-types.c). Letter and name by bit.
 */
const FLAGS: ReadonlyMap<number, readonly [string, string]> = new Map([
  [0, ['L', 'locked']],
  [1, ['E', 'error']],
  [2, ['R', 'referenced']],
  [3, ['U', 'uptodate']],
  [4, ['D', 'dirty']],
  [5, ['l', 'lru']],
  [6, ['A', 'active']],
  [7, ['S', 'slab']],
  [8, ['W', 'writeback']],
  [9, ['I', 'reclaim']],
  [10, ['B', 'buddy']],
  [11, ['M', 'mmap']],
  [12, ['a', 'anonymous']],
  [13, ['s', 'swapcache']],
  [14, ['b', 'swapbacked']],
  [15, ['H', 'compound_head']],
  [16, ['T', 'compound_tail']],
  [17, ['G', 'huge']],
  [18, ['u', 'unevictable']],
  [19, ['X', 'hwpoison']],
  [20, ['n', 'nopage']],
  [21, ['x', 'ksm']],
  [22, ['t', 'thp']],
  [23, ['o', 'offline']], // `balloon` up to 5.0
  [24, ['z', 'zero_page']],
  [25, ['i', 'idle_page']],
  [26, ['g', 'pgtable']],
  [32, ['r', 'reserved']],
  [33, ['m', 'mlocked']],
  [34, ['d', 'owner_2']], // `mappedtodisk` before, see `nameIn`
  [35, ['P', 'private']],
  [36, ['p', 'private_2']],
  [37, ['O', 'owner_private']],
  [38, ['h', 'arch']],
  [39, ['c', 'uncached']],
  [40, ['f', 'softdirty']],
  [41, ['H', 'arch_2']],
  [42, ['', 'arch_3']],
  [47, ['d', 'anon_exclusive']],
  [48, ['I', 'readahead']],
  [49, ['P', 'slob_free']],
  [50, ['A', 'slub_frozen']],
  [51, ['E', 'slub_debug']],
  [61, ['F', 'file']],
  [62, ['w', 'swap']],
  [63, ['1', 'mmap_exclusive']],
])

/** A page that does not exist: a hole of the memory map. */
export const NOPAGE_BIT = 20

/** Names of the bits that are set in a value of kpageflags, `|` between them; bits of no known name as `bit52`. */
export function namesOfFlags(low: number, high: number): string {
  const names: string[] = []
  for (let bit = 0; bit < 64; bit++) {
    const word = bit < 32 ? low : high
    if ((word >>> (bit & 31)) & 1) names.push(FLAGS.get(bit)?.[1] ?? `bit${bit}`)
  }
  return names.join('|')
}

/** Bits from first to last. */
function bits(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}

const TAIL = [61, 62, 63]
const OLD_TAIL = [48, 49, 50, 51]

/** Which bits page-types prints a character for, by release: the newest of a length first. */
const LAYOUTS: readonly (readonly number[])[] = [
  [...bits(0, 26), ...bits(32, 38), 40, 41, 47, 48, 50, 51, ...TAIL], // 6.12
  [...bits(0, 26), ...bits(32, 41), 47, 48, 50, 51, ...TAIL], // 6.4
  [...bits(0, 26), ...bits(32, 41), 47, ...OLD_TAIL, ...TAIL], // 5.19
  [...bits(0, 26), ...bits(32, 41), ...OLD_TAIL, ...TAIL], // 5.10
  [...bits(0, 26), ...bits(32, 40), ...OLD_TAIL, ...TAIL], // 4.18
  [...bits(0, 25), ...bits(32, 40), ...OLD_TAIL, ...TAIL], // 4.5
  [...bits(0, 25), ...bits(32, 40), ...OLD_TAIL], // 4.3
  [...bits(0, 24), ...bits(32, 40), ...OLD_TAIL], // 4.0
  [...bits(0, 23), ...bits(32, 40), ...OLD_TAIL], // 3.18
  [...bits(0, 22), ...bits(32, 40), ...OLD_TAIL], // 3.11
]

/**
 * Names of the flags in a string of page-types, one character for each bit that its version knows: the same letter
 * means another flag at another place. Undefined when the text is no such string; a layout of no known version is read
 * by the places all versions share and by the letters that only one flag has.
 */
export function namesOfSymbols(symbols: string): string | undefined {
  if (!/^[A-Za-z1_]{20,64}$/.test(symbols)) return undefined
  const layout = LAYOUTS.find((bitsAt) => fits(bitsAt, symbols))
  const names: string[] = []
  for (let at = 0; at < symbols.length; at++) {
    if (symbols[at] === '_') continue
    const bit = layout === undefined ? loneBit(symbols[at], at) : layout[at]
    names.push(bit === undefined ? `(${symbols[at]})` : nameIn(layout, bit))
  }
  return names.join('|')
}

/** Tools that still know `uncached` are older than the renaming of bit 34, those without `pgtable` than that of bit 23. */
function nameIn(layout: readonly number[] | undefined, bit: number): string {
  if (bit === 34 && layout?.includes(39) === true) return 'mappedtodisk'
  if (bit === 23 && layout?.includes(26) === false) return 'balloon'
  return FLAGS.get(bit)?.[1] ?? `bit${bit}`
}

function fits(layout: readonly number[], symbols: string): boolean {
  if (layout.length !== symbols.length) return false
  for (let at = 0; at < layout.length; at++)
    if (symbols[at] !== '_' && FLAGS.get(layout[at])?.[0] !== symbols[at]) return false
  return true
}

/** Places that have not changed since 3.11. */
const SHARED = 23

function loneBit(letter: string, at: number): number | undefined {
  if (at < SHARED && FLAGS.get(at)?.[0] === letter) return at
  const owners = [...FLAGS].filter(([bit, [own]]) => own === letter && bit >= SHARED)
  return owners.length === 1 ? owners[0][0] : undefined
}
