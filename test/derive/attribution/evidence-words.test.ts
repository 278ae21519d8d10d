import { describe, expect, test } from 'vitest'
import { deriveTold as derive } from '../../support/derive-told.ts'
import { fileLineOf, type Trace } from '../../../src/model/trace.ts'
import { tell } from '../../support/tell.ts'
import { FAULT } from '../../support/told-stacks.ts'

const GRAB = 'try_get_folio gup_fast_fallback get_user_pages_fast leaky_grab[leaky] vfs_ioctl'
const PIN = 'try_grab_folio_fast gup_fast_fallback pin_user_pages_fast leaky_pin[leaky] vfs_ioctl'
const SCAN = '__page_ref_mod_unless isolate_migratepages_block isolate_migratepages_range'
const OFFLINE = 'do_migrate_range offline_pages memory_subsys_offline'
const FAILED = 'test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail'
const UNMAPPED_ELSEWHERE = 'oth-8 0 9.0 set 1 pfn=0x900 mapcount=-1'

/** What is said of the first page's first holder, each with the lines of the file that it cites. */
function evidenceOf(story: string): readonly { readonly text: string; readonly lines: readonly number[] }[] {
  const trace: Trace = tell(`app-7 0 1.0 set 1 count=1 mapcount=0 < ${FAULT}\n${story}`)
  const { evidence } = derive(trace).findings[0].pages[0].culprits[0]
  return evidence.map(({ text, lines }) => ({ text, lines: lines.map((line) => fileLineOf(trace, line).line) }))
}

function isolationIn(story: string): string {
  return evidenceOf(story).find(({ text }) => text.startsWith('isolation'))?.text ?? 'none'
}

describe('the isolating look', () => {
  test('counts one reference as its own where the scan of compaction took one', () => {
    expect(
      isolationIn(`
        drv-9 0 1.2 +1 unless count=2 < __page_ref_mod_unless ${GRAB}
        init-1 1 1.9 +1 unless count=3 mapcount=0 < ${SCAN}
        init-1 1 2.0 ${FAILED}
        ${UNMAPPED_ELSEWHERE} < ${FAULT}`),
    ).toBe('isolation by init-1 at 1.900000 met count=3 (1 of them its own) mapcount=0 (mapped once)')
  })

  test('counts two as its own where offlining took one and the isolation off the LRU another', () => {
    expect(
      isolationIn(`
        drv-9 0 1.2 +1 unless count=2 < __page_ref_mod_unless ${GRAB}
        sh-9 1 1.8 +1 unless count=3 mapcount=1 < __page_ref_mod_unless ${OFFLINE}
        sh-9 1 1.9 +1 count=4 mapcount=1 < __page_ref_mod folio_isolate_lru isolate_folio_to_list ${OFFLINE}
        sh-9 1 2.0 ${FAILED}
        ${UNMAPPED_ELSEWHERE} < ${FAULT}`),
    ).toBe('isolation by sh-9 at 1.900000 met count=4 (2 of them its own) mapcount=1 (mapped 2 times)')
  })

  test('prints a mapcount that is the number of mappings as it is', () => {
    const story = `
      app-7 0 1.0 +1 count=2 mapcount=1 < __page_ref_mod_unless ${GRAB}
      init-1 1 1.9 +1 unless count=3 mapcount=1 < ${SCAN}
      init-1 1 2.0 ${FAILED}
      app-7 0 9.0 -1 count=1 mapcount=1`
    const [{ evidence }] = derive(tell(story)).findings[0].pages[0].culprits
    expect(evidence.map(({ text }) => text)).toContain(
      'isolation by init-1 at 1.900000 met count=3 (1 of them its own) mapcount=1',
    )
  })
})

describe('the get of a pin', () => {
  const AFTER = `init-1 1 2.0 ${FAILED}\n${UNMAPPED_ELSEWHERE} < ${FAULT}`

  test('that was taken in two halves cites both, and the count of the whole', () => {
    const [get] = evidenceOf(`
      drv-9 0 1.2 +1 unless count=2 < __page_ref_mod_unless ${PIN}
      cam-6 1 1.3 +1 unless count=3 < __page_ref_mod_unless ${GRAB}
      drv-9 0 1.4 +1023 count=1026 < __page_ref_mod ${PIN}
      cam-6 1 1.5 -1 count=1025 < __page_ref_mod_and_test folio_put leaky_release[leaky]
      ${AFTER}`)
    expect(get.text).toBe('+1 and +1023 by drv-9 in leaky_pin [leaky] at 1.200000; count then 1026')
    expect(get.lines).toHaveLength(2)
  })

  test('does not lend its second half to a plain get of the same task before it', () => {
    const gets = evidenceOf(`
      drv-9 0 1.1 +1 unless count=2 < __page_ref_mod_unless ${GRAB}
      drv-9 0 1.2 +1 unless count=3 < __page_ref_mod_unless ${PIN}
      drv-9 0 1.4 +1023 count=1026 < __page_ref_mod ${PIN}
      ${AFTER}`).filter(({ text }) => text.startsWith('+1'))
    for (const { text, lines } of gets) expect(lines).toHaveLength(text.includes('+1023') ? 2 : 1)
    expect(gets[0].text).not.toContain('1.100000; count then 1026')
  })
})
