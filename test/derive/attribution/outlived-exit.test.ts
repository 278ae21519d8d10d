import { expect, test } from 'vitest'
import { type ToldCulprit } from '../../../src/derive/attribution/finding.ts'
import { goneFirst } from '../../../src/derive/attribution/gone-first.ts'
import { deriveTold, toldAll } from '../../support/derive-told.ts'
import { fileLineOf } from '../../../src/model/trace.ts'
import { tell, tracedText } from '../../support/tell.ts'
import { LATE_PUT, LEAK, toldCapture } from '../../support/told-capture.ts'
import { traceFromText } from '../../support/trace-from-text.ts'

const SYSCALL = 'do_syscall_64 entry_SYSCALL_64_after_hwframe'
const EXIT_GROUP = `do_exit do_group_exit __x64_sys_exit_group ${SYSCALL}`
const exitAt = (time: string, path = EXIT_GROUP): string =>
  `drv-9 1 ${time} -1 pfn=0x103 count=0 mapcount=-1 < folios_put_refs exit_mmap __mmput ${path}`
const LATER = 'oth-8 0 3.5 +1 pfn=0x900 count=2 < folio_get read_pages'

/** The surest holder of the leak's page, with what follows told. */
function firstOf(story: string): ToldCulprit {
  return deriveTold(tell(story)).findings[0].pages[0].culprits[0]
}

/** The first line of the trace that has `text`, 1-based. */
function lineOf(story: string, text: string): number {
  return (
    tracedText(story)
      .split('\n')
      .findIndex((line) => line.includes(text)) + 1
  )
}

/** What is said of the exit; empty when nothing is. */
function exitFact({ evidence }: ToldCulprit): string {
  return evidence.find(({ text }) => text.includes('exited here'))?.text ?? ''
}

test('a leak whose process exited says so, and cites the line that proves it', () => {
  const story = `${LEAK}\n${exitAt('3.0')}\n${LATER}`
  const { trace, derived } = toldCapture(story)
  const [culprit] = toldAll(trace, derived)[0].pages[0].culprits
  expect(culprit).toMatchObject({ kind: 'leak', comm: 'drv', pid: 9, taskGone: true })
  const fact = culprit.evidence.find(({ text }) => text.startsWith('its task exited here: drv-9 at 3.000000'))
  expect(fact?.text).toContain(
    '1.000 s after the failure; unless a thread of that process hangs in the kernel on its way out, nobody',
  )
  expect(fact?.text).toContain('only who or what it was handed to')
  expect(fact?.lines.map((line) => fileLineOf(trace, line).line)).toEqual([lineOf(story, 'pfn=0x103')])
})

test('a process that was gone before the failure is said to be', () => {
  const exit = exitAt('1.5')
  const culprit = firstOf(`${LEAK.replace('  init-1 0 1.9', `  ${exit}\n  init-1 0 1.9`)}\n${LATER}`)
  expect(culprit).toMatchObject({ kind: 'leak', taskGone: true })
  expect(exitFact(culprit)).toContain('500.000 ms before the failure')
})

test('a leak whose task may still let go is a leak as ever', () => {
  const culprit = firstOf(`${LEAK}\n${LATER}`)
  expect(culprit.kind).toBe('leak')
  expect(culprit.taskGone).toBeUndefined()
  expect(exitFact(culprit)).toBe('')
})

test('what the exit itself gave back is no leak', () => {
  const culprit = firstOf(`${LATE_PUT}\n${exitAt('3.0')}\n${LATER}`)
  expect(culprit.kind).not.toBe('leak')
  expect(culprit.taskGone).toBeUndefined()
})

test('the exit of one thread is told and does not make the task gone', () => {
  const culprit = firstOf(
    `${LEAK}\n drv-9 1 3.0 -1 pfn=0x103 count=0 < folio_put do_exit __x64_sys_exit ${SYSCALL}\n${LATER}`,
  )
  expect(culprit.taskGone).toBeUndefined()
  expect(exitFact(culprit)).toContain('one thread')
})

test('exec, and a free of the address space by another task, say nothing', () => {
  for (const line of [
    exitAt('3.0', `begin_new_exec load_elf_binary ${SYSCALL}`),
    exitAt('3.0').replace('drv-9', 'k-77'),
  ])
    expect(exitFact(firstOf(`${LEAK}\n${line}\n${LATER}`))).toBe('')
})

test('a trace that ends, or pauses, while the task is on its way out does not say that it released nothing', () => {
  for (const rest of [
    'oth-8 0 3.05 +1 pfn=0x900 count=2 < folio_get',
    `oth-8 0 3.05 +1 pfn=0x900 count=2\noth-8 0 9.0 +1 pfn=0x900 count=3`,
  ]) {
    const culprit = firstOf(`${LEAK}\n${exitAt('3.0')}\n${rest}`)
    expect(culprit.kind).toBe('leak')
    expect(culprit.taskGone).toBeUndefined()
    expect(exitFact(culprit)).toContain('before it can be told')
  }
})

test('nothing is said of a task that was only interrupted when the reference was taken', () => {
  const text = tracedText(`${LEAK}\n${exitAt('3.0')}\n${LATER}`)
  const inInterrupt = text.replaceAll(/(drv-9 +\[001\]) \.{5}( +1\.2)/g, '$1 d.h..$2')
  expect(inInterrupt).not.toBe(text)
  const [culprit] = deriveTold(traceFromText(inInterrupt)).findings[0].pages[0].culprits
  expect(culprit.kind).toBe('leak')
  expect(exitFact(culprit)).toBe('')
})

test('where events were lost meanwhile the put may be among them: neither a leak nor a task that is gone', () => {
  const culprit = firstOf(`${LEAK}\nCPU:1 [LOST 12 EVENTS]\n${exitAt('3.0')}\n${LATER}`)
  expect(culprit).toMatchObject({ kind: 'unknown' })
  expect(culprit.taskGone).toBeUndefined()
})

test('of the holder that a new task with the old pid is, the old exit says nothing', () => {
  const early = `drv-9 1 0.5 -1 pfn=0x103 count=0 < folios_put_refs exit_mmap __mmput ${EXIT_GROUP}`
  expect(exitFact(firstOf(`${early}\n${LEAK}\n${LATER}`))).toBe('')
})

test('of two leaks as sure the one whose task is gone comes first, and nothing else changes places', () => {
  const [base] = deriveTold(tell(LEAK)).findings[0].pages[0].culprits
  const one = (comm: string, change: Partial<ToldCulprit>): ToldCulprit => ({
    ...base,
    comm,
    confidence: 0.9,
    ...change,
  })
  const order = (culprits: readonly ToldCulprit[]): readonly string[] =>
    goneFirst(culprits).map(({ comm, rank }) => `${rank} ${comm}`)
  expect(order([one('a', {}), one('b', {}), one('c', { taskGone: true })])).toEqual(['1 c', '2 a', '3 b'])
  expect(order([one('a', {}), one('b', { taskGone: true, confidence: 0.8 })])).toEqual(['1 a', '2 b'])
  expect(order([one('a', { kind: 'long_term' }), one('b', { taskGone: true })])).toEqual(['1 a', '2 b'])
  expect(order([one('a', { taskGone: true }), one('b', { taskGone: true })])).toEqual(['1 a', '2 b'])
})
