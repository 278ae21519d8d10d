import { describe, expect, test } from 'vitest'
import { pageFlagBits } from '../../src/formats/page-flag-bits.ts'

const names = (text: string): readonly string[] => text.split(' ')
/** In the order of __def_pageflag_names (include/trace/events/mmflags.h). */
const LINUX_6_12 = names(
  'locked waiters referenced uptodate dirty lru active workingset owner_priv_1 owner_2 arch_1 reserved private private_2 ' +
    'writeback head reclaim swapbacked unevictable mlocked hwpoison',
)
const LINUX_5_15 = names(
  'locked waiters error referenced uptodate dirty lru active workingset slab owner_priv_1 arch_1 reserved private ' +
    'private_2 writeback head mappedtodisk reclaim swapbacked unevictable mlocked uncached hwpoison young idle',
)
const LINUX_4_6 = names(
  'locked error referenced uptodate dirty lru active slab owner_priv_1 arch_1 reserved private private_2 writeback ' +
    'head swapcache mappedtodisk reclaim swapbacked unevictable mlocked',
)

describe('bits of page flags', () => {
  test.each([
    ['6.12.117-lab', LINUX_6_12, 0x20828, 'uptodate|lru|owner_2|swapbacked'],
    ['6.12.1', LINUX_6_12, 0x42, 'writeback|head'],
    ['5.15.0-91-generic', LINUX_5_15, 0x8001e, 'referenced|uptodate|dirty|lru|swapbacked'],
    ['4.6.0', LINUX_4_6, 0x40048, 'uptodate|active|swapbacked'],
    ['4.6.0', LINUX_4_6, 0x40068, 'uptodate|lru|active|swapbacked'],
  ])('of Linux %s: %#', (release, printed, flags, text) => {
    expect(pageFlagBits(release, printed, printed.length)?.textOf(flags)).toBe(text)
  })

  test('without any are "none"', () => {
    expect(pageFlagBits('6.12.0', LINUX_6_12, 21)?.textOf(0)).toBe('none')
  })

  test('that no flag has stay hex', () => {
    expect(pageFlagBits('6.12.0', LINUX_6_12, 21)?.textOf(2 ** 25 + 1)).toBe('locked|0x2000000')
  })

  test("are nobody's when the number of flags is another", () => {
    expect(pageFlagBits('6.12.0', LINUX_6_12, 22)).toBeUndefined()
  })

  test("are nobody's when a flag is not known", () => {
    expect(pageFlagBits('6.12.0', [...LINUX_6_12, 'vendor'], 22)).toBeUndefined()
  })

  test("are nobody's without a release", () => {
    expect(pageFlagBits('', LINUX_6_12, 21)).toBeUndefined()
  })

  test('follow a backport by its name: workingset in a 4.19 tree', () => {
    const printed = LINUX_5_15.filter((name) => name !== 'young' && name !== 'idle')
    expect(pageFlagBits('4.19.113', printed, printed.length)?.textOf(2)).toBe('referenced')
  })
})
