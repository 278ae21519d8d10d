import { expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { findFailures } from '../../src/queries/failures.ts'
import { holdersAcross } from '../../src/queries/holders-across.ts'
import { failureSentence } from '../../src/queries/sentence.ts'
import { tell } from '../support/tell.ts'

const BUSY = `
    db-7   0 1.0 set 1 count=1 < filemap_alloc_folio
    db-7   0 1.1 +1 count=2 mapcount=-1 flags=uptodate|lru < __filemap_add_folio filemap_add_folio
    db-7   0 1.2 +1 count=3 mapcount=-1 flags=uptodate|lru|private < folio_attach_private create_empty_buffers
    db-7   0 1.3 -1 count=2 mapcount=-1 flags=uptodate|lru|private < folio_put filemap_read
    init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
    oth-8  0 9.0 set 1 pfn=0x900 < do_anonymous_page
`

test('a page with busy buffers is not said to be held by who attached them', () => {
  const trace = tell(BUSY)
  const derived = derive(trace)
  const [finding] = derived.findings
  const sentence = failureSentence(trace, derived, finding, finding.pages[0])
  expect(sentence).toContain('no unexpected reference; its private data, attached by db-7 in')
  expect(sentence).not.toContain('held by')
})

test('who attached private data is no holder of ranges, and is marked as none', () => {
  const trace = tell(BUSY)
  const derived = derive(trace)
  const { failures } = findFailures(trace, derived)
  expect(failures[0].culprit).toMatchObject({ task: { comm: 'db', pid: 7 }, isPrivateData: true })
  expect(holdersAcross(trace, derived)).toEqual([])
})
