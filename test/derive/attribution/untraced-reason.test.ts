import { describe, expect, test } from 'vitest'
import { REASONS } from '../../../src/derive/attribution/reasons.ts'
import { derive } from '../../../src/derive/derive.ts'
import { tell } from '../../support/tell.ts'

const FAILED = 'init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail'
const OTHER_PAGE = 'app-7 0 1.0 set 1 pfn=0x900 < __page_ref_set get_page_from_freelist'

function reasonIn(story: string): string {
  return derive(tell(story)).findings[0].pages[0].reason
}

describe('a page with no page_ref event', () => {
  test('where none was recorded asks for page_ref', () => {
    expect(reasonIn(FAILED)).toContain('was traced: record page_ref with stacks')
  })

  test('where the buffer overran says that events were lost, and asks for a larger buffer, not for page_ref', () => {
    const reason = reasonIn(`# entries-in-buffer/entries-written: 14684/167834   #P:2\n${OTHER_PAGE}\n${FAILED}`)
    expect(reason).toContain('page_ref was recorded: the ring buffer overran and lost 153150 events')
    expect(reason).toContain('larger buffer_size_kb')
    expect(reason).not.toContain('record page_ref')
  })

  test('where a CPU says that it lost events says so too', () => {
    const reason = reasonIn(`${OTHER_PAGE}\nCPU:1 [LOST 70 EVENTS]\n${FAILED}`)
    expect(reason).toContain('the ring buffer overran and lost events')
  })

  test('where nothing was lost says that it was taken before, or was not recorded', () => {
    const reason = reasonIn(`${OTHER_PAGE}\n${FAILED}`)
    expect(reason).toContain('took it before the trace began')
    expect(reason).not.toContain('lost')
    expect(reason).not.toContain('record page_ref')
  })
})

test('what keeps an answer from being sure is said in words that stand alone, and none twice', () => {
  const words = Object.values(REASONS).map((reason) => reason.words)
  expect(new Set(words).size).toBe(words.length)
  for (const said of words) expect(said).not.toMatch(/logarithm|power of|share of|the same,|;/)
})
