import { expect, test } from 'vitest'
import { deriveTold as derive } from '../../support/derive-told.ts'
import { tell } from '../../support/tell.ts'

/** What is said of a page that its program freed at a time, the attempt being that from 1.4 to 2.0. */
function saidOf(freedAt: string): { readonly reason: string; readonly first: string | undefined } {
  const trace = tell(`
    job-9  0 1.0 set 1 count=1 < do_anonymous_page
    job-9  0 ${freedAt} -1 count=0 < free_pages_and_swap_cache tlb_finish_mmu exit_mmap
    init-1 1 1.4 cma_alloc_start: name=reserved count=256 align=0
    init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
    oth-8  0 9.0 set 1 pfn=0x900 < do_anonymous_page
  `)
  const [page] = derive(trace).findings[0].pages
  return { reason: page.reason, first: page.evidence[0]?.text }
}

test('a page that was freed while the attempt went on is told as that, with the put that freed it', () => {
  const { reason, first } = saidOf('1.9')
  expect(reason).toMatch(/^no reference was left/)
  expect(first).toMatch(/^-1 by job-9 in exit_mmap at 1\.900000, 100\.000 ms before the failure; count then 0/)
})

test('a page that was free before the attempt is not', () => {
  expect(saidOf('1.2').reason).not.toMatch(/no reference was left/)
})
