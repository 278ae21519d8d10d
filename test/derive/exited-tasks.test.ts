import { expect, test } from 'vitest'
import { exitsOf } from '../../src/derive/exited-tasks.ts'
import { type TaskExit } from '../../src/derive/exit-finder.ts'
import { perfScript } from '../../src/formats/perf-script/perf-script.ts'
import { type EventRow } from '../../src/model/ids.ts'
import { type Trace } from '../../src/model/trace.ts'
import { tell } from '../support/tell.ts'
import { traceFromText } from '../support/trace-from-text.ts'

const UNMAP = 'release_pages tlb_finish_mmu exit_mmap __mmput'
const EXIT_GROUP = 'do_exit do_group_exit __x64_sys_exit_group do_syscall_64 entry_SYSCALL_64_after_hwframe'
const KILLED = 'do_exit do_group_exit get_signal arch_do_signal_or_restart do_syscall_64 entry_SYSCALL_64_after_hwframe'
const ONE_THREAD = 'folio_put free_thread_stack do_exit __x64_sys_exit do_syscall_64 entry_SYSCALL_64_after_hwframe'
const EXEC = 'begin_new_exec load_elf_binary bprm_execve __x64_sys_execve do_syscall_64 entry_SYSCALL_64_after_hwframe'
const IOCTL = 'try_get_folio leaky_grab[leaky] __x64_sys_ioctl do_syscall_64 entry_SYSCALL_64_after_hwframe'

/** The exit of pid 9 after the first event. */
function exitOf(trace: Trace, after = 0): TaskExit | undefined {
  return exitsOf(trace)(9, after as EventRow)
}

function told(...lines: readonly string[]): Trace {
  return tell([`drv-9 0 1.0 +1 count=2 < ${IOCTL}`, ...lines, `oth-8 0 9.0 +1 count=2 < ${IOCTL}`].join('\n'))
}

test('a task that frees its memory in do_exit() has exited, with all its threads', () => {
  const trace = told(
    `drv-9 0 3.0 -1 count=1 < ${UNMAP} ${EXIT_GROUP}`,
    `drv-9 0 3.1 -1 count=1 < ${UNMAP} ${EXIT_GROUP}`,
  )
  expect(exitOf(trace)).toEqual({ row: 1, first: 1, last: 2, isProcess: true })
})

test('exit_group(2) ends the process, whatever was freed by then', () => {
  const trace = told(`drv-9 0 3.0 -1 count=1 < folio_put pipe_release __fput task_work_run ${EXIT_GROUP}`)
  expect(exitOf(trace)).toMatchObject({ row: 1, isProcess: true })
})

test('one thread that exits, or that a signal kills, is no process that is gone', () => {
  expect(exitOf(told(`drv-9 0 3.0 -1 count=1 < ${ONE_THREAD}`))).toMatchObject({ row: 1, isProcess: false })
  expect(exitOf(told(`drv-9 0 3.0 -1 count=1 < folio_put ${KILLED}`))).toMatchObject({ row: 1, isProcess: false })
})

test('what proves more later is cited', () => {
  const trace = told(`drv-9 0 3.0 -1 count=1 < folio_put ${KILLED}`, `drv-9 0 3.1 -1 count=1 < ${UNMAP} ${KILLED}`)
  expect(exitOf(trace)).toEqual({ row: 2, first: 1, last: 2, isProcess: true })
})

test('exec leaves an address space and no task', () => {
  expect(exitOf(told(`drv-9 0 3.0 -1 count=1 < ${UNMAP} ${EXEC}`))).toBeUndefined()
})

test('who drops the last use of an address space has not exited for that', () => {
  const reader = '__x64_sys_read do_syscall_64 entry_SYSCALL_64_after_hwframe'
  expect(exitOf(told(`drv-9 0 3.0 -1 count=1 < ${UNMAP} mem_rw ${reader}`))).toBeUndefined()
  expect(exitOf(told(`drv-9 0 3.0 -1 count=1 < ${UNMAP} process_one_work worker_thread kthread`))).toBeUndefined()
  expect(exitOf(told(`drv-9 0 3.0 -1 count=1 < ${UNMAP}`))).toBeUndefined()
})

test('the exit of another pid, and a function of a module that is called alike, prove nothing', () => {
  expect(exitOf(told(`oth-8 0 3.0 -1 count=1 < ${UNMAP} ${EXIT_GROUP}`))).toBeUndefined()
  expect(exitOf(told(`drv-9 0 3.0 -1 count=1 < folio_put do_exit[leaky] ${IOCTL}`))).toBeUndefined()
})

test('a pid that is at work after its exit is a new task: the exit is of what came before', () => {
  const trace = told(`drv-9 0 3.0 -1 count=1 < ${UNMAP} ${EXIT_GROUP}`, `new-9 0 5.0 +1 count=3 < ${IOCTL}`)
  expect(exitOf(trace)).toMatchObject({ row: 1, last: 1 })
  expect(exitOf(trace, 2)).toBeUndefined()
})

test('each of the tasks that had a pid has its own exit', () => {
  const trace = told(
    `drv-9 0 3.0 -1 count=1 < ${UNMAP} ${EXIT_GROUP}`,
    `new-9 0 5.0 +1 count=3 < ${IOCTL}`,
    `new-9 0 6.0 -1 count=1 < ${ONE_THREAD}`,
  )
  expect(exitOf(trace)).toMatchObject({ row: 1, last: 1, isProcess: true })
  expect(exitOf(trace, 2)).toMatchObject({ row: 3, isProcess: false })
})

test('what a task takes on its way out was not taken before its exit', () => {
  const trace = told(
    `drv-9 0 3.0 -1 count=1 < ${UNMAP} ${EXIT_GROUP}`,
    `drv-9 0 3.1 +1 count=2 < ${UNMAP} ${EXIT_GROUP}`,
    `drv-9 0 3.2 -1 count=1 < ${UNMAP} ${EXIT_GROUP}`,
  )
  expect(exitOf(trace, 2)).toBeUndefined()
})

test('stacks that are missing or cut do not bring a task back', () => {
  const trace = told(
    `drv-9 0 3.0 -1 count=1 < ${UNMAP} ${EXIT_GROUP}`,
    'drv-9 0 3.1 -1 count=1',
    'drv-9 0 3.2 -1 count=1 < release_pages tlb_finish_mmu',
    `drv-9 0 3.3 -1 count=1 < ${UNMAP} ${EXIT_GROUP}`,
  )
  expect(exitOf(trace)).toMatchObject({ first: 1, last: 4 })
})

test('sched_process_exit tells of a thread, and of the process where it says that the group is dead', () => {
  expect(exitOf(told('drv-9 0 3.0 sched_process_exit: comm=drv pid=9 prio=120'))).toMatchObject({
    row: 1,
    isProcess: false,
  })
  expect(exitOf(told('drv-9 0 3.0 sched_process_exit: comm=drv pid=9 prio=120 group_dead=false'))).toMatchObject({
    isProcess: false,
  })
  expect(exitOf(told('drv-9 0 3.0 sched_process_exit: comm=drv pid=9 prio=120 group_dead=true'))).toMatchObject({
    isProcess: true,
  })
})

test('perf script tells of it too', () => {
  const at = (time: string, event: string): string =>
    `drv     9 [000]     ${time}:           ${event}\n\tffffffff81000001 folio_put+0x1 ([kernel.kallsyms])\n`
  const ref = 'page_ref:page_ref_mod: pfn=0x100 flags=0x8001e count=2 mapcount=0 mapping=0xffff mt=1 val=1'
  const exit = 'sched:sched_process_exit: comm=drv pid=9 prio=120 group_dead=true'
  const trace = traceFromText(`${at('1.000000', ref)}\n${at('3.000000', exit)}\n${at('4.000000', ref)}`, {
    format: perfScript,
  })
  expect(trace.events.length).toBe(3)
  expect(exitOf(trace)).toMatchObject({ row: 1, isProcess: true })
})
