import { expect, test } from 'vitest'
import { folioPlaceOf } from '../../src/derive/compound.ts'
import { derive } from '../../src/derive/derive.ts'
import { dumpsOfPage, pinnerRowsOfPage } from '../../src/derive/folio-facts.ts'
import { findPageFacts } from '../../src/queries/page-facts.ts'
import { tell } from '../support/tell.ts'
import { tellCapture } from '../support/tell-capture.ts'

const FOLIO = `
  app-7 0 1.0 set 1 pfn=0x100 count=1
  app-7 0 1.0 mm_page_alloc: page=0000000088233c10 pfn=0x100 order=3 migratetype=1 gfp_flags=GFP_TRANSHUGE
`

test('a page within an allocation of order 3 is a tail of it', () => {
  expect(folioPlaceOf(tell(FOLIO), 0x105)).toEqual({ headPfn: 0x100, order: 3 })
})

test('a tail that a scan looked at in vain is a tail still', () => {
  const trace = tell(`${FOLIO}
    init-1 1 1.5 +1 refused pfn=0x105 count=0`)
  expect(folioPlaceOf(trace, 0x105).headPfn).toBe(0x100)
})

test('a page allocated alone after the folio was freed is its own head, and was a tail before', () => {
  const trace = tell(`${FOLIO}
    app-7 0 1.1 -1 pfn=0x100 count=0
    app-7 0 2.0 set 1 pfn=0x105 count=1`)
  expect(folioPlaceOf(trace, 0x105).headPfn).toBe(0x105)
  expect(folioPlaceOf(trace, 0x105, 50_000_000).headPfn).toBe(0x100)
})

test('a page that became a tail later is none of its own', () => {
  const trace = tell(`
    app-7 0 0.5 set 1 pfn=0x105 count=1
    app-7 0 0.6 -1 pfn=0x105 count=0
    ${FOLIO}`)
  expect(folioPlaceOf(trace, 0x105).headPfn).toBe(0x100)
})

test('the holder of a page that was a tail once is sought in its own events', () => {
  const trace = tell(`${FOLIO}
    app-7 0 1.1 -1 pfn=0x100 count=0
    app-7 0 2.0 set 1 pfn=0x105 count=1 < do_anonymous_page handle_mm_fault
    drv-9 0 2.2 +1 unless pfn=0x105 count=2 < leaky_grab[leaky] vfs_ioctl
    init-1 1 3.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x105 ret=fail`)
  const [page] = derive(trace).findings[0].pages
  expect(page).toMatchObject({ pfn: 0x105, headPfn: 0x105, culprits: [{ comm: 'drv', kind: 'leak' }] })
})

test('an order that no allocator knows makes no folio', () => {
  const trace = tell(`
    app-7 0 1.0 mm_page_alloc: page=0000000088233c10 pfn=0x100 order=200 migratetype=1 gfp_flags=0
    app-7 0 2.0 set 1 pfn=0x900 count=0`)
  expect(folioPlaceOf(trace, 0x800).headPfn).toBe(0x800)
})

const HEAD = '___U_lA____Ma_bH______t____________________'
const TAIL = '___U_lA____Ma_b_T_____t____________________'
const SINGLE = '___U_lA____Ma_b____________________________'

function listed(...rows: readonly string[]): string {
  return `offset\tlen\tflags\n${rows.join('\n')}\n`
}

test('page-types tells heads and tails: a tail is folded to the head before it', async () => {
  const trace = await tellCapture({
    'pages.txt': listed(
      `200\t1\t${HEAD}`,
      `201\tf\t${TAIL}`,
      `210\t1\t${HEAD}`,
      `211\t3\t${TAIL}`,
      `214\t1\t${SINGLE}`,
    ),
  })
  expect(folioPlaceOf(trace, 0x20f)).toEqual({ headPfn: 0x200, order: 4 })
  expect(folioPlaceOf(trace, 0x212)).toEqual({ headPfn: 0x210, order: 2 })
  expect(folioPlaceOf(trace, 0x214)).toEqual({ headPfn: 0x214, order: 0 })
  expect(folioPlaceOf(trace, 0x215)).toEqual({ headPfn: 0x215, order: -1 })
})

test('a folio that a dump lists in part has a head and no order', async () => {
  const trace = await tellCapture({ 'pages.txt': listed(`200\t1\t${HEAD}`, `201\t2\t${TAIL}`) })
  expect(folioPlaceOf(trace, 0x202)).toEqual({ headPfn: 0x200, order: -1 })
})

test('a tail whose head no file lists is said to be one', async () => {
  const trace = await tellCapture({ 'pages.txt': listed(`201\t2\t${TAIL}`) })
  expect(findPageFacts(trace, derive(trace), { pfn: 0x202 })).toMatchObject({
    headPfn: 0x202,
    order: -1,
    folio: 'a tail, says a dump, but no file tells its head: references are counted there',
  })
})

const DUMP = `
  [   10.000000] page: refcount:514 mapcount:1 mapping:00000000144ccd79 index:0x14 pfn:0x105
  [   10.000001] head: order:3 mapcount:1 entire_mapcount:1 nr_pages_mapped:0 pincount:0
  [   10.000002] flags: 0x48(uptodate|head|node=0|zone=0)
  [   10.000003] page dumped because: unmovable page
`

test('a dump of a tail is one of its folio: of the head too, and not of the page behind', async () => {
  const trace = await tellCapture({ 'dmesg.txt': DUMP })
  expect([0x100, 0x105, 0x108].map((pfn) => dumpsOfPage(trace, pfn).length)).toEqual([1, 1, 0])
  expect(findPageFacts(trace, derive(trace), { pfn: 0x100 })).toMatchObject({
    order: 3,
    dumps: [{ pfn: 0x105, refcount: 514 }],
  })
})

test('a page is unmovable when a tail of it was dumped as that', async () => {
  const trace = await tellCapture({
    'trace.txt': `
      drv-9 [000] ..... 9.000000: page_ref_mod: pfn=0x100 flags=uptodate|head count=3 mapcount=0 mapping=00000000a1b2c3d4 mt=4 val=1
      init-1 [000] ..... 9.500000: test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x104 ret=fail
      init-1 [000] ..... 11.500000: page_ref_mod: pfn=0x900 flags=none count=1 mapcount=0 mapping=0000000000000000 mt=1 val=1
    `,
    'dmesg.txt': DUMP,
  })
  const [finding] = derive(trace).findings
  expect(finding.pages.find((page) => page.pfn === 0x104)).toMatchObject({ headPfn: 0x100, verdict: 'unmovable' })
})

test('records of page_pinner of a head and its tails are joined', async () => {
  const record = (pfn: string): string =>
    `At least, pinned for 2099 us\nPFN ${pfn} Block 0 count 2 mapcount 0 mapping 0x0 Flags 0x8000000000080014(uptodate|lru|swapbacked)\n folio_put+0x34/0xcc\n\n`
  const trace = await tellCapture({
    buffer: record('0x103') + record('0x100') + record('0x110'),
    'pages.txt': listed(`100\t1\t${HEAD}`, `101\t7\t${TAIL}`, `108\t20\t${SINGLE}`),
  })
  const pfnsOf = (pfn: number): readonly number[] => pinnerRowsOfPage(trace, pfn).map((row) => trace.pinners.pfn[row])
  expect(pfnsOf(0x100)).toEqual([0x103, 0x100])
  expect(pfnsOf(0x103)).toEqual([0x103, 0x100])
  expect(pfnsOf(0x104)).toEqual([0x100])
  expect(pfnsOf(0x110)).toEqual([0x110])
})
