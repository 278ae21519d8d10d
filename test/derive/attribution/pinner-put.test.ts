import { expect, test } from 'vitest'
import { deriveTold as derive } from '../../support/derive-told.ts'
import { tell } from '../../support/tell.ts'

test('one put that page_pinner traced, without a get, makes its task likely and never sure', () => {
  const trace = tell(`
    init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
    cam-64 0 2.5 page_pinner_put: pfn=0x100 flags=uptodate|lru count=1 mapcount=1 mapping=0x1 mt=4 < __page_pinner_put free_pipe_info pipe_release __fput
    oth-9 0 3.0 page_pinner_put: pfn=0x900 flags=uptodate|lru count=1 mapcount=1 mapping=0x1 mt=4 < __page_pinner_put free_pipe_info pipe_release __fput
  `)
  const [culprit] = derive(trace).findings[0].pages[0].culprits
  expect(culprit).toMatchObject({ comm: 'cam', pid: 64, function: 'free_pipe_info' })
  expect(culprit.confidence).toBeGreaterThanOrEqual(0.7)
  expect(culprit.confidence).toBeLessThan(0.9)
  expect(culprit.evidence.map(({ text }) => text)).toContainEqual(
    expect.stringContaining('page_pinner traces the puts'),
  )
})
