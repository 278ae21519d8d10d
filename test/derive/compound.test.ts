import { expect, test } from 'vitest'
import { folioPlaceOf } from '../../src/derive/compound.ts'
import { derive } from '../../src/derive/derive.ts'
import { tell } from '../support/tell.ts'

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
