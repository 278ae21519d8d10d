import { expect, test } from 'vitest'
import { blockingPageAnswer } from '../../src/queries/blocking-page-answer.ts'
import { gatherReport } from '../../src/report/report-facts.ts'
import { reportText } from '../../src/report/report-text.ts'
import { toldAll } from '../support/derive-told.ts'
import { toldCapture } from '../support/told-capture.ts'

const PIN = '__page_ref_mod try_grab_folio pin_user_pages capture_queue[capture] vfs_ioctl'
const DONE = '__page_ref_mod_and_test gup_put_folio unpin_user_pages capture_done_work[capture] process_one_work'

/** Two pins alike, of which whoever put one got neither; or of which one was given back by its taker. */
function storyOf(putter: string): string {
  return `
    app-7 0 1.0 set 1 count=1 < __page_ref_set get_page_from_freelist do_anonymous_page
    cam-6 0 1.2 +1024 count=1025 < ${PIN}
    cam-8 0 1.3 +1024 count=2049 < ${PIN}
    ${putter} 1 1.5 -1024 count=1025 < ${DONE}
    init-1 1 1.9 +1 unless count=1026 < isolate_migratepages_block
    init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
    oth-9 0 9.0 set 1 pfn=0x900 < __page_ref_set get_page_from_freelist
  `
}

test('two holders of whom one gave back are one of two: the confidence is in both together, never said of each', () => {
  const { trace, derived } = toldCapture(storyOf('kworker/0:1-20'))
  const { culprits } = blockingPageAnswer(trace, toldAll(trace, derived)[0].pages[0])
  const [highest] = culprits.map(({ confidence }) => confidence)
  expect(culprits).toHaveLength(2)
  for (const { confidence, ofSet } of culprits)
    expect(ofSet).toBe(confidence === highest ? 'together, one of these 2' : 'one of these 2')
  expect(reportText(gatherReport(trace, derived))).toContain(`${highest.toFixed(2)} together, one of these 2`)
})

test('a holder that is told apart has a confidence of its own', () => {
  const { trace, derived } = toldCapture(storyOf('cam-8'))
  const { culprits } = blockingPageAnswer(trace, toldAll(trace, derived)[0].pages[0])
  expect(culprits.map(({ ofSet }) => ofSet)).toEqual([undefined])
  expect(reportText(gatherReport(trace, derived))).not.toContain('together')
})
