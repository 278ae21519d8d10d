import { describe, expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { type Trace } from '../../src/model/trace.ts'
import { findEvents } from '../../src/queries/events.ts'
import { findPageFacts, type PageFactsAnswer } from '../../src/queries/page-facts.ts'
import { sourceOf, traceOf } from '../formats/read-bytes.ts'
import { tellCapture } from '../support/tell-capture.ts'

function factsOf(trace: Trace, pfn: number): PageFactsAnswer {
  return findPageFacts(trace, derive(trace), { pfn })
}

const list = (rows: string): string => `offset\tlen\tflags\n${rows}`
const HELD = '___U_l_____Ma_b______x_____________________'
const FREE = '__________B________________________________'

test('what page-types says of a page is cited, and dumps that agree are one fact', async () => {
  const trace = await tellCapture({
    'l.txt': list(`1f380\t4\t${FREE}\n1f3a0\t10\t${HELD}\n`),
    'each.txt': `map-cnt\toffset\tflags\n1\t1f3a1\t${HELD}\n1\t1f3a2\t${HELD}\n`,
    'uname.txt': 'Linux (none) 6.12.117-lab #1 SMP x86_64 GNU/Linux\n',
  })
  const { states, isKnown } = factsOf(trace, 0x1f3a2)
  expect(isKnown).toBe(true)
  expect(states.map(({ text, places }) => [text, places.map((place) => `${place.fileName}:${place.line}`)])).toEqual([
    [
      'page-types: uptodate|lru|mmap|anonymous|swapbacked|ksm (ksm says nothing: 6.12.117-lab sets it on every anonymous page)',
      ['l.txt:3', 'each.txt:3'],
    ],
    ['page-types: 1 mapping', ['each.txt:3']],
  ])
  expect(factsOf(trace, 0x1f383).states[0].text).toBe('page-types: buddy')
  expect(factsOf(trace, 0x1f384)).toMatchObject({ isKnown: false, states: [] })
  expect(factsOf(trace, 0x1f3b0).isKnown).toBe(false)
})

test('a page lies in the zone that zoneinfo gives and the pageblock of its order', async () => {
  const trace = await tellCapture({
    'zoneinfo.txt':
      'Node 1, zone  Movable\n  pages free     92205\n        spanned  4096\n  start_pfn:           8192\n',
    'pagetypeinfo.txt': 'Page block order: 9\n',
  })
  const { whereabouts } = factsOf(trace, 8703)
  expect(whereabouts.map(({ text }) => text)).toEqual([
    'zone Movable of node 1 [0x2000, 0x3000)',
    'pageblock 16 [0x2000, 0x2200), order 9',
  ])
  expect(whereabouts[0].places).toMatchObject([{ fileName: 'zoneinfo.txt', line: 1 }])
  expect(factsOf(trace, 0x3000).whereabouts.map(({ text }) => text)).toEqual(['pageblock 24 [0x3000, 0x3200), order 9'])
})

const OWNER = (pfn: string, leaf: string): string => `Page allocated via order 0, mask 0x0(), pid 1, ts 460209702 ns
PFN ${pfn} type Unmovable Block 250 type Unmovable Flags 0x0()
 ${leaf}
 page_owner_caller+0x2a/0x2a7
`

test('page_owner’s block numbers give the order of a pageblock where no file says it', async () => {
  const trace = await tellCapture({ 'po.txt': OWNER('0x1f481', 'sym+0x1/0x2') })
  expect(factsOf(trace, 0x1f481).whereabouts[0].text).toBe(
    'pageblock 250 [0x1f400, 0x1f600), order 9 by page_owner’s block numbers',
  )
})

test.each([
  ['register_dummy_stack+0x2d/0x5e', 'within itself'],
  ['register_failure_stack+0x2d/0x5e', 'no memory'],
  ['register_early_stack+0x2d/0x5e', 'before page_owner began'],
])('a stack that stands in for one not recorded names no allocator: %s', async (leaf, why) => {
  const trace = await tellCapture({
    'po.txt': OWNER('0x1f481', leaf),
    'stacks.txt': ` ${leaf}\n page_owner_caller+0x2a/0x2a7\nnr_base_pages: 77\n\n`,
  })
  const [owner] = factsOf(trace, 0x1f481).owners
  expect(owner.notRecorded).toContain(why)
  expect(owner).toMatchObject({ holder: '' })
  expect(owner.total).toBeUndefined()
})

test('an owner’s stack has its total, also when the total is by handle', async () => {
  const stack = ' leaky_grab+0x2d/0x5e [leaky]\n page_owner_caller+0x2a/0x2a7\n'
  const owner = OWNER('0x1f481', 'leaky_grab+0x2d/0x5e [leaky]')
  const direct = await tellCapture({ 'po.txt': owner, 'stacks.txt': `${stack}nr_base_pages: 77\n\n` })
  expect(factsOf(direct, 0x1f481).owners[0]).toMatchObject({
    notRecorded: '',
    holder: 'leaky_grab [leaky]',
    total: { pages: 77, place: { fileName: 'stacks.txt', line: 1 } },
  })
  const joined = await tellCapture({
    'handles.txt': 'handle: 12\nnr_base_pages: 5\n\n',
    'po.txt': owner,
    'names.txt': `${stack}handle: 12\n\n`,
  })
  expect(factsOf(joined, 0x1f481).owners[0].total).toMatchObject({ pages: 5, place: { fileName: 'handles.txt' } })
})

const EVENT = (flags: string): string =>
  `            init-1       [000] .....    26.116627: page_ref_mod: pfn=0x1fb7b flags=${flags} count=1 mapcount=0 mapping=0000000000000000 mt=5 val=1\n`
const TYPES =
  'Page block order: 9\nNumber of blocks type     Unmovable      Movable  Reclaimable   HighAtomic          CMA      Isolate \n'

test('a migratetype has its name on this kernel', async () => {
  const [event] = findEvents(await tellCapture({ t: EVENT('0x1'), p: TYPES }), { offset: 0, limit: 1 }).rows
  expect(event).toMatchObject({ mt: 5, mtName: 'Isolate' })
  const [bare] = findEvents(await tellCapture({ t: EVENT('0x1') }), { offset: 0, limit: 1 }).rows
  expect(bare).toMatchObject({ mt: 5, mtName: 'Isolate', flagNames: '' })
})

// Pairs of hex and names as kernels of these releases print them.
test.each([
  ['4.6.0', '0x40048', 'uptodate|active|swapbacked'],
  ['4.6.0', '0x40068', 'uptodate|lru|active|swapbacked'],
  ['5.15.6+', '0x8001e', 'referenced|uptodate|dirty|lru|swapbacked'],
  ['5.10.43-android12', '0x80014', 'uptodate|lru|swapbacked'],
  ['6.18.2', '0x30508', 'uptodate|active|owner_priv_1|reclaim|swapbacked'],
  ['6.12.117-lab', '0x20828', 'uptodate|lru|owner_2|swapbacked'],
  ['6.12.117-lab', '0x800020828', 'uptodate|lru|owner_2|swapbacked|0x800000000'],
  ['6.8.0', '0x20828', 'uptodate|lru|0x20800'],
  ['4.19.113-vendor', '0x20828', ''],
  ['6.12.0', 'uptodate|lru', ''],
])('hex flags on %s: %s', async (release, flags, names) => {
  const trace = await tellCapture({ u: `Linux host ${release} #1 SMP aarch64\n`, t: EVENT(flags) })
  expect(findEvents(trace, { offset: 0, limit: 1 }).rows[0]).toMatchObject({ flags, flagNames: names })
})

test('a bare address in a stack shows the function that kallsyms gives, beside what is printed', async () => {
  const trace = await tellCapture({
    t: `${EVENT('0x1')}            init-1       [000] .....    26.116628: <stack trace>\n => 0xffffffffc0a1b2c3\n => sym\n`,
    k: '0000000000000000 A fixed_percpu_data\nffffffffc0a1b200 t leaky_ioctl\t[leaky]\n',
  })
  const { frames } = findEvents(trace, { offset: 0, limit: 1 }).rows[0].stack
  expect(frames).toMatchObject([
    { text: '0xffffffffc0a1b2c3', resolved: 'leaky_ioctl [leaky]', isHolder: true },
    { text: 'sym', symbol: 'sym' },
  ])
  expect(frames[1].resolved).toBeUndefined()
})

describe('raw flags and mappings', () => {
  const MAPPED = 0x4_0000_0820 // lru, mmap, and bit 34
  const OFFLINE = 0x80_0000
  const flags = new BigUint64Array(16).fill(0x400n)
  flags[1] = BigInt(MAPPED)
  flags[2] = BigInt(OFFLINE)
  const saidIn = async (release: string): Promise<readonly string[]> => {
    const trace = await traceOf([
      sourceOf(new Uint8Array(flags.buffer), 'kpageflags.bin'),
      sourceOf('start_pfn=0x100 end_pfn=0x110\n', 'window.txt'),
      ...(release === '' ? [] : [sourceOf(`Linux lab ${release} #1 SMP x86_64 GNU/Linux\n`, 'uname.txt')]),
    ])
    return [0x101, 0x102].map((pfn) => factsOf(trace, pfn).states[0].text)
  }

  test.each([
    ['', ['kpageflags: lru|mmap|owner_2', 'kpageflags: offline']],
    ['6.12.117', ['kpageflags: lru|mmap|owner_2', 'kpageflags: offline']],
    ['6.1.192', ['kpageflags: lru|mmap|mappedtodisk', 'kpageflags: offline']],
    ['4.19.3', ['kpageflags: lru|mmap|mappedtodisk', 'kpageflags: balloon']],
  ])('have the names of the kernel %j that wrote them', async (release, said) => {
    expect(await saidIn(release)).toEqual(said)
  })
})
