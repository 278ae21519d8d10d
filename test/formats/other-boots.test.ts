import { describe, expect, test } from 'vitest'
import { type Trace } from '../../src/model/trace.ts'
import { tracedText } from '../support/tell.ts'
import { tellCapture } from '../support/tell-capture.ts'

/** The notices of a file, but for that about stacks, which these stories do without. */
function notices(trace: Trace, name: string): readonly string[] {
  const all = trace.files.find((file) => file.name === name)?.notices ?? []
  return all.filter((notice) => !notice.startsWith('No call stacks'))
}

const LOG = '[    0.000000] Linux version 6.1.5 (gcc) #1 SMP\n[   20.000000] migrating pfn 281b2 failed ret:2\n'

describe('files of two boots', () => {
  test('are told by their releases, each with its line', async () => {
    const trace = await tellCapture({ 'uname.txt': 'Linux host 6.12.1 #1 SMP x86_64\n', 'dmesg.txt': LOG })
    expect(notices(trace, 'dmesg.txt')).toEqual([
      'line 1 names release 6.1.5, uname.txt:1 6.12.1: two boots, whose PFNs and times do not join; read them apart',
    ])
    expect(notices(trace, 'uname.txt')).toEqual([])
  })

  test('of one release say nothing', async () => {
    const trace = await tellCapture({ 'uname.txt': 'Linux host 6.1.5 #1 SMP x86_64\n', 'dmesg.txt': LOG })
    expect(notices(trace, 'dmesg.txt')).toEqual([])
  })

  test('in one log are told where the second begins', async () => {
    expect(notices(await tellCapture({ 'dmesg.txt': LOG + LOG }), 'dmesg.txt')).toEqual([
      'another boot begins at line 3: what stands before it and after it does not join; cut the log there',
    ])
  })

  test('are not seen where a console that takes over prints the first messages again', async () => {
    const early = LOG.replace('20.000000', ' 1.000000')
    expect(notices(await tellCapture({ 'dmesg.txt': early + LOG }), 'dmesg.txt')).toEqual([])
  })
})

describe('two traces', () => {
  const story = (shift: number, cpu = 0): string =>
    [0x100, 0x101, 0x102]
      .flatMap((pfn) =>
        [0, 1, 2].map(
          (at) =>
            `app-7 ${cpu} ${1 + at}.${String(1000 + pfn + shift).padStart(6, '0')} +1 pfn=0x${pfn.toString(16)} count=${2 + at + shift}`,
        ),
      )
      .join('\n')
  const read = (second: string): Promise<Trace> =>
    tellCapture({ 'a.txt': tracedText(story(0)), 'b.txt': tracedText(second) })

  test('that tell different events of the same pages at the same time are of two boots', async () => {
    expect(notices(await read(story(5000)), 'b.txt')).toEqual([
      'its times overlap those of a.txt, and the two tell different events of the same pages: two boots or two clocks, which do not join; read them apart',
    ])
  })

  test('of two CPUs are parts of one', async () => {
    expect(notices(await read(story(5000, 1)), 'b.txt')).toEqual([])
  })

  test('one after the other are parts of one', async () => {
    expect(notices(await read(story(0).replaceAll(/ ([123])\./g, ' 2$1.')), 'b.txt')).toEqual([])
  })

  test('of the same events are one recording, not two boots', async () => {
    const trace = await read(`${story(0)}\napp-7 0 9.5 -1 count=1`)
    expect([...notices(trace, 'a.txt'), ...notices(trace, 'b.txt')].join()).toMatch(
      / of its events are in |the same events as /,
    )
    expect([...notices(trace, 'a.txt'), ...notices(trace, 'b.txt')].join()).not.toContain('two boots')
  })
})

describe('the clock of a trace', () => {
  const files = { 'trace.txt': tracedText('app-7 0 1.0 +1 count=2\napp-7 0 30.0 -1 count=1'), 'dmesg.txt': LOG }

  test('is read from trace_clock: the one in brackets', async () => {
    const clock = 'local global counter uptime perf [mono] mono_raw boot tai x86-tsc\n'
    const trace = await tellCapture({ ...files, trace_clock: clock })
    expect(trace.clock.name).toBe('mono')
    expect(notices(trace, 'dmesg.txt')).toEqual([
      'its times are local_clock, those of the trace mono: they are shown as they stand and not compared',
    ])
  })

  test('that is local_clock is worth no notice, nor is one that no file names', async () => {
    const clock = '[local] global counter uptime perf mono mono_raw boot tai x86-tsc\n'
    expect(notices(await tellCapture({ ...files, trace_clock: clock }), 'dmesg.txt')).toEqual([])
    expect(notices(await tellCapture(files), 'dmesg.txt')).toEqual([])
  })
})
