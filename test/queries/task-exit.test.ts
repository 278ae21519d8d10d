import { expect, test } from 'vitest'
import { holdAnswer } from '../../src/queries/hold-answer.ts'
import { holdersAcross } from '../../src/queries/holders-across.ts'
import { type HoldAnswer } from '../../src/queries/wire.ts'
import { gatherReport } from '../../src/report/report-facts.ts'
import { reportJson } from '../../src/report/report-json.ts'
import { reportText } from '../../src/report/report-text.ts'
import { tell } from '../support/tell.ts'
import { derive } from '../../src/derive/derive.ts'
import { LEAK, toldCapture, type ToldCapture } from '../support/told-capture.ts'

const EXIT = 'do_exit do_group_exit __x64_sys_exit_group do_syscall_64 entry_SYSCALL_64_after_hwframe'
const GONE = `${LEAK}
  drv-9 1 3.0 -1 pfn=0x103 count=0 mapcount=-1 < folios_put_refs exit_mmap __mmput ${EXIT}
  oth-8 0 3.5 +1 pfn=0x900 count=2 < folio_get read_pages`

function holdsOf({ trace, derived }: ToldCapture): readonly HoldAnswer[] {
  return Array.from({ length: derived.holds.length }, (_, hold) => holdAnswer(trace, derived, hold))
}

test('the open hold of a task that exited tells when, and where that is to be read', () => {
  const [hold] = holdsOf(toldCapture(GONE)).filter(({ task, kind }) => task.comm === 'drv' && kind === 'open')
  expect(hold.taskExit).toMatchObject({ time: { text: '3.000000' }, place: { fileName: 'trace.txt' }, isGone: true })
})

test('no other hold does: one that ended, one that migration expects, one of a task that goes on', () => {
  const reads = `rd-5 0 1.1 +1 pfn=0x120 count=2 < filemap_add_folio page_cache_ra_unbounded __x64_sys_read
    rd-5 0 3.1 -1 pfn=0x104 count=0 mapcount=-1 < folios_put_refs exit_mmap __mmput ${EXIT}`
  const [first, second] = reads.split('\n')
  const story = GONE.replace('  drv-9  1 1.2', `  ${first}\n  drv-9  1 1.2`).replace('  oth-8', `${second}\n  oth-8`)
  const told = holdsOf(toldCapture(story)).filter(({ taskExit }) => taskExit !== undefined)
  expect(told.map(({ task }) => task.comm)).toEqual(['drv'])
})

test('sentence, report and JSON say that the task of the leak is gone, and say it of no other', () => {
  for (const [story, isGone] of [
    [GONE, true],
    [LEAK, false],
  ] as const) {
    const { trace, derived } = toldCapture(story)
    const facts = gatherReport(trace, derived)
    expect(facts.failures[0].failure.sentence.includes(', though its task is gone')).toBe(isGone)
    expect(reportText(facts).includes('leak, its task is gone')).toBe(isGone)
    expect(reportJson(facts).failures[0].culprits[0].taskGone).toBe(isGone ? true : undefined)
  }
})

test('of holders that blocked as much and are as sure the one that is gone comes first', () => {
  const FAULT = '__page_ref_set get_page_from_freelist do_anonymous_page handle_mm_fault'
  const GRAB = '__page_ref_mod_unless try_get_folio get_user_pages_fast leaky_grab[leaky] vfs_ioctl'
  const trace = tell(`
    app-7 0 1.0 set 1 pfn=0x100 count=1 < ${FAULT}
    app-7 0 1.0 set 1 pfn=0x300 count=1 < ${FAULT}
    one-5 0 1.1 +1 unless pfn=0x100 count=2 < ${GRAB}
    two-6 0 1.1 +1 unless pfn=0x300 count=2 < ${GRAB}
    init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
    init-1 1 2.9 test_pages_isolated: start_pfn=0x300 end_pfn=0x400 fin_pfn=0x300 ret=fail
    two-6 0 3.0 -1 pfn=0x500 count=0 mapcount=-1 < folios_put_refs exit_mmap __mmput ${EXIT}
    oth-8 0 3.5 set 1 pfn=0x900 < ${FAULT}`)
  const holders = holdersAcross(trace, derive(trace))
  expect(new Set(holders.map(({ confidence }) => confidence)).size).toBe(1)
  expect(holders.map(({ task, longestText }) => `${task.comm}: ${longestText}`)).toEqual([
    'two: not put, its task is gone',
    'one: not put',
  ])
})
