import { expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { failureSentence } from '../../src/queries/sentence.ts'
import { tell } from '../support/tell.ts'

test('a page that two tasks hold is told to be held by both, each of which blocks', () => {
  const trace = tell(`
    app-5  0 1.0 set 1 count=1 < do_anonymous_page
    cam-6  0 1.1 +1 count=2 < cam_map[cam]
    isp-8  1 1.2 +1 count=3 < isp_map[isp]
    init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
    oth-9  0 9.0 set 1 pfn=0x900 < do_anonymous_page
  `)
  const derived = derive(trace)
  const [finding] = derived.findings
  const sentence = failureSentence(trace, derived, finding, finding.pages[0])
  expect(sentence).toMatch(
    /held by (cam-6 in cam_map \[cam\].*; also held by isp-8|isp-8 in isp_map \[isp\].*; also held by cam-6)/,
  )
})
