import { describe, expect, test } from 'vitest'
import { classLayersOf, expectedAfter, NOT_KNOWN } from '../../../src/derive/counts/class-layers.ts'
import { expectedRangeAt } from '../../../src/derive/counts/expected-references.ts'
import { derive } from '../../../src/derive/derive.ts'
import { type EventRow } from '../../../src/model/ids.ts'
import { type Trace } from '../../../src/model/trace.ts'
import { tellCapture } from '../../support/tell-capture.ts'
import { PFN, tell, tracedText } from '../../support/tell.ts'

const FIRST = 0 as EventRow

/** `least..most` of the first event told. */
function boundsOf(event: string): string {
  const expected = expectedRangeAt(tell(event), FIRST)
  return expected === undefined ? 'none' : `${expected.least}..${expected.most}`
}

/** What is expected after each event of the page; `-` where it is not known. */
function expectedIn(trace: Trace): string {
  const layers = classLayersOf(trace, derive(trace), trace.pages.find(PFN))
  return Array.from({ length: layers.length }, (_, at) =>
    layers.expected[at] === NOT_KNOWN ? '-' : String(layers.expected[at]),
  ).join(' ')
}

describe('migration reckons with', () => {
  test.each([
    ['a reference for each mapping of an anonymous page', 'mapping=00000000a1 flags=lru|swapbacked|owner_2', '3..3'],
    ['the exclusive mark of 5.19 to 6.11 as that of an anonymous page', 'flags=lru|mappedtodisk|swapbacked', '3..3'],
    ['the page cache of a page of a file', 'flags=uptodate|lru', '4..4'],
    ['its private data', 'flags=uptodate|lru|private', '5..5'],
    ['the swap cache, whose mark shares a bit', 'flags=lru|owner_priv_1|swapbacked', '4..4'],
    ['no cache and no private data of a page that was truncated', 'flags=uptodate|lru|private mapping=(nil)', '3..3'],
    ['one more or not where a swap-backed page may be of shmem', 'flags=uptodate|lru|swapbacked', '3..4'],
  ])('%s', (_, fields, bounds) => {
    expect(boundsOf(`app-7 0 1.0 +1 count=9 mapcount=2 ${fields}\napp-7 0 1.1 +1 pfn=0x9 count=1 mapcount=-1`)).toBe(
      bounds,
    )
  })

  test('nothing of a typed page, which no migration takes', () => {
    expect(boundsOf('app-7 0 1.0 +1 count=1 mapcount=-128 flags=slab mapping=(nil)')).toBe('none')
  })

  test('no page cache of a page that may be of hugetlb: those are never swap-backed nor on an LRU list', () => {
    const event = 'app-7 0 1.0 +1 count=4 mapcount=1 flags=uptodate|head'
    expect(boundsOf(event)).toBe('1..Infinity')
    expect(boundsOf(`${event}|lru`)).toBe('2..Infinity')
  })

  test('a mapping that the event is about to make: the mapcount printed is that of before', () => {
    const remap =
      'init-1 0 1.0 +1 count=3 mapcount=-1 flags=lru|owner_2|swapbacked < remove_migration_pte migrate_pages'
    const fork = 'init-1 0 1.0 +1 count=3 mapcount=-1 flags=lru|owner_2|swapbacked < copy_present_ptes copy_page_range'
    const gup = 'init-1 0 1.0 +1 count=3 mapcount=-1 flags=lru|owner_2|swapbacked < get_user_pages'
    expect([remap, fork, gup].map(boundsOf)).toEqual(['1..1', '1..1', '0..0'])
  })
})

test.each([
  ['6.1.0', '3..3'],
  ['6.6.0', '2..2'],
])(
  'the look-up of a fault-around becomes the mapping up to 6.5, and is put again since: %s',
  async (release, bounds) => {
    const trace = await tellCapture({
      'trace.txt': tracedText(`
      app-7 0 1.0 +1 count=3 mapcount=0 flags=uptodate|lru mapping=00000000a1 < next_uptodate_folio filemap_map_pages
      app-7 0 1.1 +1 pfn=0x9 count=1 mapcount=-1`),
      'dmesg.txt': `[    0.000000] Linux version ${release} (gcc) #1 SMP\n`,
    })
    const expected = expectedRangeAt(trace, FIRST)
    expect(`${expected?.least}..${expected?.most}`).toBe(bounds)
  },
)

describe('a life', () => {
  const SHMEM_OR_ANON = 'flags=uptodate|lru|swapbacked'

  test('is anonymous throughout when one event says so', () => {
    expect(
      expectedIn(
        tell(`
          app-7 0 1.0 +1 count=2 mapcount=0 ${SHMEM_OR_ANON} < drv_grab[drv]
          app-7 0 1.1 +1 count=3 mapcount=0 ${SHMEM_OR_ANON}|owner_2 < drv_grab[drv]
          app-7 0 1.2 -1 count=2 mapcount=-1 ${SHMEM_OR_ANON} < drv_free[drv]
        `),
      ),
    ).toBe('1 1 0')
  })

  test('is not known to be anonymous by another life of the page', () => {
    expect(
      expectedIn(
        tell(`
          app-7 0 1.0 +1 count=2 mapcount=0 ${SHMEM_OR_ANON} < drv_grab[drv]
          app-7 0 1.1 -2 count=0 mapcount=-1 ${SHMEM_OR_ANON} < drv_free[drv]
          app-7 0 1.2 set 1 count=1 mapcount=-1 < do_anonymous_page
          app-7 0 1.3 +1 count=2 mapcount=0 ${SHMEM_OR_ANON}|owner_2 < drv_grab[drv]
        `),
      ),
    ).toBe('- - 0 1')
  })
})

describe('a large folio', () => {
  const HEAD = 'mapcount=-1 flags=uptodate|lru|head|swapbacked|owner_2'

  test('is mapped as often as its traced references say, when its life is known from birth', () => {
    expect(
      expectedIn(
        tell(`
          app-7 0 1.0 set 1 count=1 < do_huge_pmd_anonymous_page
          app-7 0 1.1 +1 count=2 ${HEAD} < drv_grab[drv]
          app-8 0 1.2 +1 count=3 ${HEAD} < copy_huge_pmd copy_page_range
          app-7 0 1.3 +511 count=514 ${HEAD} < __split_huge_pmd_locked __split_huge_pmd
        `),
      ),
    ).toBe('0 1 2 513')
  })

  test('is not known to be mapped so or so often when the trace begins later, or lost one of its references', () => {
    expect(expectedIn(tell(`app-7 0 1.1 +1 count=2 ${HEAD} < drv_grab[drv]`))).toBe('-')
    expect(
      expectedIn(
        tell(`
          app-7 0 1.0 set 1 count=1 < do_huge_pmd_anonymous_page
          app-7 0 1.1 +1 count=3 ${HEAD} < drv_grab[drv]
        `),
      ),
    ).toBe('0 -')
  })

  test('of the page cache has a reference for each of its pages', () => {
    const head = 'mapcount=-1 flags=uptodate|lru|head'
    expect(
      expectedIn(
        tell(`
          app-7 0 0.9 mm_page_alloc: page=0x1 pfn=0x100 order=2 migratetype=1 gfp_flags=GFP_KERNEL
          app-7 0 1.0 set 1 count=1 < filemap_alloc_folio page_cache_ra_order
          app-7 0 1.1 +4 count=5 ${head} < __filemap_add_folio filemap_add_folio page_cache_ra_order
        `),
      ),
    ).toBe('0 4')
  })
})

test('a refused freeze states what the kernel expected, also of a large folio', () => {
  expect(
    expectedIn(
      tell('init-1 0 1.0 freeze 513 refused count=515 mapcount=-1 flags=head|uptodate < __folio_migrate_mapping'),
    ),
  ).toBe('513')
})

test('bounds are told where a field is missing, with what it is', () => {
  const trace = tell('app-7 0 1.0 +1 count=5 mapcount=0 flags=uptodate|lru|swapbacked < drv_grab[drv]')
  expect(expectedAfter(trace, derive(trace), trace.pages.find(PFN), FIRST)).toEqual({
    least: 0,
    most: 1,
    untold: ['whether a cache has the page'],
  })
})
