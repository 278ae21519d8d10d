import { describe, expect, test } from 'vitest'
import { type ToldPage } from '../../../src/derive/attribution/finding.ts'
import { deriveTold as derive } from '../../support/derive-told.ts'
import { fileLineOf } from '../../../src/model/trace.ts'
import { tell } from '../../support/tell.ts'
import { GRAB } from '../../support/told-stacks.ts'

const LEAF = 'trace_event_raw_event_page_ref_mod_and_test_template __page_ref_freeze'
const OTHER = '__page_ref_mod_unless try_get_folio get_user_pages_fast second_grab[second] vfs_ioctl'
const ISOLATE = '__page_ref_mod_unless isolate_migratepages_block isolate_migratepages_range'
const PUTBACK = '__page_ref_mod_and_test folio_putback_lru putback_movable_pages'
const MIGRATE = `${LEAF} folio_migrate_mapping migrate_folio move_to_new_folio migrate_pages_batch migrate_pages`
const RECLAIM = `${LEAF} __remove_mapping shrink_folio_list`
const FAILED = 'init-1 1 3.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail'
const BORN = 'cat-7 0 1.0 set 1 count=1 < filemap_add_folio page_cache_ra_unbounded'
const CACHED =
  'cat-7 0 1.1 +1 count=2 mapcount=-1 flags=uptodate < __page_ref_mod __filemap_add_folio filemap_add_folio\ncat-7 0 1.15 -1 count=1 mapcount=-1 flags=uptodate|lru < __page_ref_mod_and_test __folio_put read_pages page_cache_ra_unbounded'
const LATER = 'cat-7 0 9.0 set 1 pfn=0x900'

/** The page that the failure of a told attempt names. */
function pageOf(story: string): ToldPage {
  return derive(tell(`${BORN}\n${CACHED}\n${story}\n${FAILED}\n${LATER}`)).findings[0].pages[0]
}

interface Said {
  readonly text: string
  readonly lines: readonly string[]
}

/** What the page's own evidence says of refusals, with the printed lines that it cites. */
function saidOf(story: string): readonly Said[] {
  const trace = tell(`${BORN}\n${CACHED}\n${story}\n${FAILED}\n${LATER}`)
  const { evidence } = derive(trace).findings[0].pages[0]
  const eventLines = new Map(Array.from({ length: trace.events.length }, (_, row) => [trace.events.line[row], row]))
  return evidence
    .filter(({ text }) => /refused|too many|freeze|not in the trace/.test(text))
    .map(({ text, lines }) => ({
      text,
      lines: lines.map((line) => {
        expect(fileLineOf(trace, line).line).toBeGreaterThan(0)
        const row = eventLines.get(line) ?? -1
        const shape = trace.events.shape[row]
        return `count=${trace.events.count[row]} val=${trace.shapes.val[shape]}`
      }),
    }))
}

const HELD = `
  drv-9 0 1.2 +1 unless count=2 mapcount=-1 flags=uptodate|lru < ${GRAB}
  init-1 1 2.0 +1 unless count=3 mapcount=-1 flags=uptodate|lru < ${ISOLATE}`

describe('a migration that the kernel refused', () => {
  test('says who tried, what it expected and what it found, and cites the line', () => {
    expect(
      saidOf(`${HELD}
        init-1 1 2.5 freeze 2 refused count=3 mapcount=-1 flags=uptodate|lru < ${MIGRATE}
        init-1 1 2.6 -1 count=2 mapcount=-1 flags=uptodate|lru < ${PUTBACK}`),
    ).toEqual([
      {
        text: 'migration by init-1 in folio_migrate_mapping was refused at 2.500000: it expected 2 references, its own among them, and found 3, 1 too many (val=2 count=3 ret=0)',
        lines: ['count=3 val=2'],
      },
    ])
  })

  test('is told once for all refusals that are alike, with the first and the last ones cited', () => {
    const tries = Array.from(
      { length: 7 },
      (_, at) => `init-1 1 2.${at + 1} freeze 2 refused count=3 mapcount=-1 flags=uptodate|lru < ${MIGRATE}`,
    )
    const [said, ...others] = saidOf(`${HELD}\n${tries.join('\n')}`)
    expect(said.text).toContain('was refused 7 times, from 2.100000 to 2.700000, the first and the last 4 cited: it')
    expect(said.lines).toHaveLength(5)
    expect(others).toEqual([])
  })

  test('is told apart by what was found, and the excess is that of the last', () => {
    const story = `${HELD}
      app-5 0 2.2 +1 unless count=4 mapcount=-1 flags=uptodate|lru < ${OTHER}
      init-1 1 2.3 freeze 2 refused count=4 mapcount=-1 flags=uptodate|lru < ${MIGRATE}
      app-5 0 2.4 -1 count=3 mapcount=-1 flags=uptodate|lru < __page_ref_mod_and_test second_put[second]
      init-1 1 2.5 freeze 2 refused count=3 mapcount=-1 flags=uptodate|lru < ${MIGRATE}`
    const said = saidOf(story).map(({ text }) => text)
    expect(said).toHaveLength(2)
    expect(said[0]).toContain('found 4, 2 too many')
    expect(said[1]).toContain('found 3, 1 too many')
    expect(pageOf(story)).toMatchObject({ excess: 1, verdict: 'held' })
  })

  test('counts those it does not tell one by one', () => {
    const tries = [4, 5, 6, 7, 8].map(
      (count, at) => `init-1 1 2.${at + 1} freeze 2 refused count=${count} mapcount=-1 flags=uptodate|lru < ${MIGRATE}`,
    )
    const said = saidOf(`${HELD}\n${tries.join('\n')}`)
    expect(said.map(({ text }) => text)).toContainEqual(
      expect.stringContaining('the count was refused to freeze 2 more times in the attempt'),
    )
  })

  test('of before the attempt, or of an earlier life of the page, is not told', () => {
    expect(
      saidOf(`init-1 1 1.5 freeze 1 refused count=2 mapcount=-1 flags=uptodate|lru < ${MIGRATE}\n${HELD}`),
    ).toEqual([])
    const reborn = tell(`
      cat-7 0 2.1 set 1 count=1 < filemap_add_folio page_cache_ra_unbounded
      init-1 1 2.2 freeze 1 refused count=2 mapcount=-1 flags=uptodate|lru < ${MIGRATE}
      cat-7 0 2.3 set 1 count=1 < filemap_add_folio page_cache_ra_unbounded
      drv-9 0 2.4 +1 unless count=1 mapcount=-1 flags=uptodate|lru < ${GRAB}
      ${FAILED}
      ${LATER}`)
    const { evidence } = derive(reborn).findings[0].pages[0]
    expect(evidence.filter(({ text }) => text.includes('refused'))).toEqual([])
  })
})

describe('a freeze that was refused to another', () => {
  const BY_KSWAPD = `${HELD}
    kswapd-40 0 2.4 +1 count=4 mapcount=-1 flags=uptodate < __page_ref_mod_unless isolate_lru_folios shrink_inactive_list kswapd
    kswapd-40 0 2.5 freeze 2 refused count=4 mapcount=-1 flags=uptodate < ${RECLAIM} shrink_inactive_list kswapd
    kswapd-40 0 2.6 -1 count=3 mapcount=-1 flags=uptodate < __page_ref_mod_and_test move_folios_to_lru shrink_inactive_list`

  test('is told as that', () => {
    expect(saidOf(BY_KSWAPD)[0].text).toBe(
      'reclaim by kswapd-40 in __remove_mapping was refused at 2.500000: it expected 2 references, its own among them, and found 4, 2 too many (val=2 count=4 ret=0); this is not the attempt that failed',
    )
  })

  test('tells the excess where nothing else does, without what isolation had', () => {
    const untoldBefore = tell(`
      init-1 1 2.0 +1 unless count=3 mapcount=-1 < ${ISOLATE}
      kswapd-40 0 2.4 +1 count=4 mapcount=-1 < __page_ref_mod_unless isolate_lru_folios shrink_inactive_list kswapd
      kswapd-40 0 2.5 freeze 2 refused count=4 mapcount=-1 < ${RECLAIM} kswapd
      kswapd-40 0 2.6 -1 count=3 mapcount=-1 < __page_ref_mod_and_test move_folios_to_lru shrink_inactive_list
      ${FAILED}
      ${LATER}`)
    const silent = tell(`
      init-1 1 2.0 +1 unless count=3 mapcount=-1 < ${ISOLATE}
      ${FAILED}
      ${LATER}`)
    expect(derive(silent).findings[0].pages[0].excess).toBeUndefined()
    expect(derive(untoldBefore).findings[0].pages[0].excess).toBe(1)
  })

  test('comes after what was refused to the attempt itself, whose number stands', () => {
    const story = `${BY_KSWAPD}
      init-1 1 2.2 freeze 2 refused count=3 mapcount=-1 flags=uptodate < ${MIGRATE}`
    const said = saidOf(story)
    expect(said[0].text).toContain('migration by init-1')
    expect(said[1].text).toContain('reclaim by kswapd-40')
    expect(pageOf(story).excess).toBe(1)
  })

  test('is the attempt where it is the reclaim of the clean pages of the range', () => {
    const [said] = saidOf(`${HELD}
      init-1 1 2.5 freeze 2 refused count=3 mapcount=-1 flags=uptodate|lru < ${RECLAIM} reclaim_clean_pages_from_list __alloc_contig_migrate_range`)
    expect(said.text).toContain('reclaim of clean pages of the range by init-1 in __remove_mapping was refused at 2.5')
    expect(said.text).not.toContain('not the attempt')
  })
})

test('without a stack a refusal does not say who tried, and is of the attempt where its task isolated the page', () => {
  const [said] = saidOf(`${HELD}
    init-1 1 2.5 freeze 2 refused count=3 mapcount=-1 flags=uptodate|lru`)
  expect(said.text).toBe(
    'a freeze of the count by init-1 was refused at 2.500000: it expected 2 references and found 3, 1 too many (val=2 count=3 ret=0); who tried is not in the trace',
  )
  const [other] = saidOf(`${HELD}
    app-5 0 2.5 freeze 2 refused count=3 mapcount=-1 flags=uptodate|lru`)
  expect(other.text).toContain('who tried is not in the trace; this is not the attempt that failed')
})

describe('a count that raced', () => {
  test('gives bounds, names who changed it, and the page has no one number', () => {
    const story = `${HELD}
      app-5 0 2.5 +1 unless count=4 mapcount=-1 flags=uptodate|lru < ${OTHER}
      init-1 1 2.5 freeze 2 refused count=4 mapcount=-1 flags=uptodate|lru < ${MIGRATE}`
    const [said] = saidOf(story)
    expect(said.text).toBe(
      'migration by init-1 in folio_migrate_mapping was refused at 2.500000: it expected 2 references, its own among them, and found about 4, at least 1 and at most 2 too many: the count is read again after the refusal, and +1 by app-5 came at the same time (val=2 count=4 ret=0)',
    )
    expect(said.lines).toEqual(['count=4 val=2', 'count=4 val=1'])
    expect(pageOf(story).excess).toBeUndefined()
  })

  test('with many changes at once names the last and counts the others', () => {
    const change = (at: number): string =>
      `app-${at} 0 2.5 ${at % 2 === 0 ? '-1' : '+1 unless'} count=${at % 2 === 0 ? 3 : 4} mapcount=-1 flags=uptodate|lru < ${OTHER}`
    const changes = Array.from({ length: 9 }, (_, at) => change(at + 10))
    const [said] = saidOf(`${HELD}
      ${changes.join('\n')}
      init-1 1 2.5 freeze 2 refused count=3 mapcount=-1 flags=uptodate|lru < ${MIGRATE}`)
    expect(said.text).toContain(
      'the refusal, and -1 by app-14, +1 by app-15, -1 by app-16, +1 by app-17, -1 by app-18 and at least 4 more before them came at the same time',
    )
    expect(said.lines).toHaveLength(6)
  })

  test('that was as expected when it was read again is no excess', () => {
    const [said] = saidOf(`${HELD}
      drv-9 0 2.4 -1 count=2 mapcount=-1 flags=uptodate|lru < __page_ref_mod_and_test leaky_put[leaky]
      init-1 1 2.5 freeze 2 refused count=2 mapcount=-1 flags=uptodate|lru < ${MIGRATE}`)
    expect(said.text).toContain(
      'and found another number; read again right after, the count was 2: what was in the way had gone by then (val=2 count=2 ret=0)',
    )
  })

  test('that was zero when it was read again had been frozen by another, or freed', () => {
    const [said] = saidOf(`${HELD}
      init-1 1 2.5 freeze 2 refused count=0 mapcount=-1 flags=uptodate|lru < ${MIGRATE}`)
    expect(said.text).toContain('the count was 0: another one had frozen the page, or freed it')
  })
})

describe('a freeze that worked later', () => {
  test('takes back what the refusal before it said was too many', () => {
    const page = pageOf(`
      kswapd-40 0 2.0 +1 count=2 mapcount=-1 flags=uptodate|lru < ${ISOLATE}
      kswapd-40 0 2.1 freeze 1 refused count=2 mapcount=-1 flags=uptodate|lru < ${RECLAIM}
      kswapd-40 0 2.2 freeze 2 count=0 mapcount=-1 flags=uptodate|lru < ${RECLAIM}
      kswapd-40 0 2.3 unfreeze 2 mapcount=-1 flags=uptodate|lru < ${RECLAIM}
      kswapd-40 0 2.4 -1 count=1 mapcount=-1 flags=uptodate|lru < ${PUTBACK}`)
    expect(page.excess).toBe(0)
  })
})

describe('refused references and holds that differ', () => {
  test('say that one of two holders is missing where the trace shows one, whose guilt stands', () => {
    const story = `
      drv-9 0 1.2 +1 unless count=3 mapcount=-1 flags=uptodate|lru < ${GRAB}
      init-1 1 2.0 +1 unless count=4 mapcount=-1 flags=uptodate|lru < ${ISOLATE}
      init-1 1 2.5 freeze 2 refused count=4 mapcount=-1 flags=uptodate|lru < ${MIGRATE}
      init-1 1 2.6 -1 count=3 mapcount=-1 flags=uptodate|lru < ${PUTBACK}`
    const page = pageOf(story)
    expect(page).toMatchObject({ verdict: 'held', excess: 2 })
    expect(page.culprits.map(({ function: name, units }) => [name, units])).toEqual([['leaky_grab', 1]])
    expect(saidOf(story)[1]).toEqual({
      text: 'of the 2 too many the trace tells who had 1; who had the other 1 is not in it',
      lines: ['count=4 val=2', 'count=3 val=1'],
    })
  })

  test('say that nobody is seen where there is no hold at all', () => {
    const story = `
      init-1 1 2.0 +1 unless count=3 mapcount=-1 flags=uptodate|lru < ${ISOLATE}
      init-1 1 2.5 freeze 2 refused count=3 mapcount=-1 flags=uptodate|lru < ${MIGRATE}
      init-1 1 2.6 -1 count=2 mapcount=-1 flags=uptodate|lru < ${PUTBACK}`
    const { culprits, evidence, ...page } = pageOf(story)
    expect(page).toMatchObject({ excess: 1 })
    expect(evidence.map(({ text }) => text)).toContainEqual(expect.stringContaining('1 too many'))
    for (const { confidence } of culprits) expect(confidence).toBeLessThanOrEqual(0.35)
    expect(saidOf(story)[1].text).toBe('who had that reference is not in the trace')
  })

  test('give a suspect no more than the kernel found too many', () => {
    const { culprits, excess } = pageOf(`
      init-1 1 2.0 +1 unless count=5 mapcount=-1 flags=uptodate|lru < ${ISOLATE}
      init-1 1 2.5 freeze 4 refused count=5 mapcount=-1 flags=uptodate|lru < ${MIGRATE}
      init-1 1 2.6 -1 count=4 mapcount=-1 flags=uptodate|lru < ${PUTBACK}`)
    expect(excess).toBe(1)
    expect(culprits[0].evidence.map(({ text }) => text)).toContainEqual(
      expect.stringContaining('is 1 reference more than migration expects'),
    )
  })

  test('say that a put is missing where the holds are more, and none of the holders is sure', () => {
    const story = `
      drv-9 0 1.2 +1 unless count=2 mapcount=-1 flags=uptodate|lru < ${GRAB}
      cam-6 0 1.3 +1 unless count=3 mapcount=-1 flags=uptodate|lru < ${OTHER}
      init-1 1 2.0 +1 unless count=3 mapcount=-1 flags=uptodate|lru < ${ISOLATE}
      init-1 1 2.5 freeze 2 refused count=3 mapcount=-1 flags=uptodate|lru < ${MIGRATE}
      init-1 1 2.6 -1 count=2 mapcount=-1 flags=uptodate|lru < ${PUTBACK}`
    const page = pageOf(story)
    expect(page.excess).toBe(1)
    expect(page.culprits).toHaveLength(2)
    for (const { confidence } of page.culprits) expect(confidence).toBeLessThan(0.9)
    expect(saidOf(story)[1].text).toBe(
      'the holds of the trace make 2 then, and 1 was too many: the put of 1 is not in the trace, or the kernel expects what holds',
    )
  })

  test('agree in silence, a batch of the LRU and a pin of two halves among them', () => {
    const pinned = `
      drv-9 0 1.2 +1 unless count=2 mapcount=-1 flags=uptodate|lru < __page_ref_mod_unless try_grab_folio_fast pin_user_pages_fast leaky_pin[leaky]
      drv-9 0 1.3 +1023 count=1025 mapcount=-1 flags=uptodate|lru < __page_ref_mod try_grab_folio_fast pin_user_pages_fast leaky_pin[leaky]
      cat-7 0 1.4 +1 count=1026 mapcount=-1 flags=uptodate|lru < __page_ref_mod folio_add_lru filemap_add_folio
      init-1 1 2.0 +1 unless count=1027 mapcount=-1 flags=uptodate|lru < ${ISOLATE}
      init-1 1 2.5 freeze 2 refused count=1027 mapcount=-1 flags=uptodate|lru < ${MIGRATE}`
    expect(saidOf(pinned).map(({ text }) => text)).toEqual([expect.stringContaining('found 1027, 1025 too many')])
  })
})
