import { describe, expect, test } from 'vitest'
import * as fc from 'fast-check'
import { mappingsOf } from '../../src/derive/counts/mapcount.ts'
import { hasPageFlag, namesOfHexFlags } from '../../src/derive/page-flag-names.ts'
import { learnedNames, readFlagSample } from '../../src/derive/page-flag-samples.ts'
import { type EventRow } from '../../src/model/ids.ts'
import { type Trace } from '../../src/model/trace.ts'
import { tracedText } from '../support/tell.ts'
import { tellCapture } from '../support/tell-capture.ts'

/** A trace with flags in hex, beside the release and the kernel log of its machine. */
function capture(release: string, log = '', story = 'app-7 0 1.0 +1 count=2 mapcount=0 flags=0x80014'): Promise<Trace> {
  return tellCapture({
    'trace.txt': tracedText(story),
    ...(release === '' ? {} : { 'uname.txt': `Linux host ${release} #1 SMP Mon Jan 1 00:00:00 UTC 2024 x86_64` }),
    ...(log === '' ? {} : { 'dmesg.txt': log }),
  })
}

const dump = (flags: string): string =>
  `[    1.000000] page:00000000faa9673c refcount:3 mapcount:0 mapping:00000000144ccd79 index:0x1 pfn:0x100\n` +
  `[    1.000001] flags: ${flags}\n[    1.000002] page dumped because: migration failure\n`

describe('names of flags that are printed as hex', () => {
  test.each([
    ['4.9.0', '0x40068', 'uptodate|lru|active|swapbacked'],
    ['4.14.0', '0x20028', 'uptodate|lru|reclaim'],
    ['5.10.43', '0x80014', 'uptodate|lru|swapbacked'],
    ['5.15.0-91-generic', '0x8001e', 'referenced|uptodate|dirty|lru|swapbacked'],
    ['6.12.117-lab', '0x20828', 'uptodate|lru|owner_2|swapbacked'],
    ['6.18.0', '0x30508', 'uptodate|active|owner_priv_1|reclaim|swapbacked'],
  ])('follow the release %s: %s is %s', async (release, hex, names) => {
    expect(namesOfHexFlags(await capture(release), hex)).toBe(names)
  })

  test('keep the bits hex that no configuration is sure of', async () => {
    expect(namesOfHexFlags(await capture('5.15.0'), '0x800014')).toBe('uptodate|lru|0x800000')
  })

  test.each(['6.7.3', '6.11.0'])('on %s say only what all its possible orders agree on', async (release) => {
    expect(namesOfHexFlags(await capture(release), '0x80168')).toBe('uptodate|lru|head|active|0x80000')
  })

  test.each(['4.19.113', '6.6.9'])('on %s are hex where one bit has two possible names', async (release) => {
    expect(namesOfHexFlags(await capture(release), '0x80015')).toBe('locked|0x80014')
  })

  test('are learned from a dump of the same capture that prints names beside the number', async () => {
    const trace = await capture('6.6.9', dump('0x17ffffc0080068(uptodate|lru|head|swapbacked|node=0|zone=2)'))
    expect(namesOfHexFlags(trace, '0x80068')).toBe('uptodate|lru|head|swapbacked')
  })

  test('are learned from page_owner too, and without a release', async () => {
    const owner =
      'Page allocated via order 0, mask 0x140cca(GFP_HIGHUSER_MOVABLE|__GFP_COMP), pid 77, tgid 77 (x), ts 1 ns\n' +
      'PFN 0x100 type Movable Block 0 type CMA Flags 0x20808(uptodate|owner_2|swapbacked|node=0|zone=0)\n' +
      ' prep_new_page+0xf7/0x120\n\n'
    const trace = await tellCapture({
      'trace.txt': tracedText('app-7 0 1.0 +1 count=2 mapcount=0'),
      'owner.txt': owner,
    })
    expect(namesOfHexFlags(trace, '0x20028')).toBe('uptodate|lru|swapbacked')
  })

  test('follow printed names before the release: a vendor ports an order of flags back', async () => {
    const trace = await capture('4.14.0', dump('0x80014(uptodate|lru|swapbacked)'))
    expect(namesOfHexFlags(trace, '0x80014')).toBe('uptodate|lru|swapbacked')
  })

  test('are told by mapcount=-1 alone as far as kernels that print it agree', async () => {
    const trace = await capture('', '', 'app-7 0 1.0 set 1 mapcount=-1 flags=0x60')
    expect(namesOfHexFlags(trace, '0x60')).toBe('lru|head')
    expect(namesOfHexFlags(trace, '0x80000')).toBe('')
  })

  test('are not guessed when no file tells of the kernel', async () => {
    expect(namesOfHexFlags(await capture(''), '0x80014')).toBe('')
  })

  test('stand for what libtraceevent leaves behind bit 0', async () => {
    expect(namesOfHexFlags(await capture('5.15.0'), 'locked|0x80014')).toBe('locked|uptodate|lru|swapbacked')
  })

  test('are not given to flags that are names already', async () => {
    const trace = await capture('5.15.0')
    expect(['uptodate|lru', 'none', 'locked', ''].map((flags) => namesOfHexFlags(trace, flags))).toEqual([
      '',
      '',
      '',
      '',
    ])
  })
})

describe('whether a page has a flag', () => {
  test('is read from names and from hex alike', async () => {
    const trace = await capture('5.15.0')
    expect(hasPageFlag(trace, 'uptodate|lru', 'lru')).toBe(true)
    expect(hasPageFlag(trace, '0x80014', 'lru')).toBe(true)
    expect(hasPageFlag(trace, '0x80004', 'lru')).toBe(false)
    expect(hasPageFlag(trace, 'none', 'lru')).toBe(false)
  })

  test('is not known when the bit may be another', async () => {
    expect(hasPageFlag(await capture(''), '0x80014', 'lru')).toBeUndefined()
    expect(hasPageFlag(await capture('6.7.1'), '0x80000', 'swapbacked')).toBeUndefined()
  })

  test('is known to be false when its own bit is known, whatever the others are', async () => {
    expect(hasPageFlag(await capture('6.7.1'), '0x80000', 'lru')).toBe(false)
  })

  test('tells a large folio in hex: its raw mapcount of -1 is no number of mappings', async () => {
    const story = 'app-7 0 1.0 +1 count=2 mapcount=-1 flags='
    const mappings = async (flags: string): Promise<number | undefined> =>
      mappingsOf(await capture('6.12.1', '', story + flags), 0 as EventRow)
    expect(await mappings('0x20068')).toBeUndefined()
    expect(await mappings('0x20028')).toBe(0)
  })
})

describe('learning bits from samples', () => {
  test('needs no table: a bit has the name that is there whenever it is', () => {
    const samples = ['0x3(a|b)', '0x2(b)', '0x6(b|c)'].flatMap((text) => readFlagSample(text) ?? [])
    expect([...learnedNames(samples)]).toEqual([
      [0, 'a'],
      [1, 'b'],
      [2, 'c'],
    ])
  })

  test('leaves out what one sample cannot separate', () => {
    expect(learnedNames([readFlagSample('0x3(a|b)')].flatMap((sample) => sample ?? [])).size).toBe(0)
  })

  test('learns nothing from samples of two kernels', () => {
    const samples = ['0x1(a)', '0x1(b)'].flatMap((text) => readFlagSample(text) ?? [])
    expect(learnedNames(samples).size).toBe(0)
  })

  test('never gives a bit another name than the kernel has, whatever stands in the upper bits', () => {
    const flagCount = 12
    const low = fc.integer({ min: 0, max: 2 ** flagCount - 1 })
    const high = fc.bigInt({ min: 0n, max: 2n ** 12n - 1n })
    fc.assert(
      fc.property(fc.array(fc.tuple(low, high), { minLength: 1, maxLength: 12 }), (pages) => {
        const samples = pages.map(([flags, fields]) => {
          const names = Array.from({ length: flagCount }, (_, bit) => bit).filter((bit) => (flags >> bit) % 2 === 1)
          return { value: BigInt(flags) | (fields << 20n), names: new Set(names.map((bit) => `flag${bit}`)) }
        })
        for (const [bit, name] of learnedNames(samples)) expect(name).toBe(`flag${bit}`)
      }),
    )
  })
})
