import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findMarks } from '../../../src/derive/failures/marks.ts'
import { type Trace } from '../../../src/model/trace.ts'
import { toldTrace, type ToldTrace } from '../../support/told-trace.ts'
import { sourceOf, traceOf } from '../read-bytes.ts'
import { writeTraceDat } from './made-file.ts'
import { STORIES } from './made-stories.ts'
import { MadeRecords, madeKernel, record } from './made-story.ts'

const FOLDER = new URL('../../fixtures/trace-dat/', import.meta.url)
const MACHINE = { isLittle: true, longBytes: 8 } as const

async function traceOfStory(name: string): Promise<Trace> {
  const bytes = writeTraceDat({ ...STORIES[name](MACHINE), version: 7, compression: 'zlib' })
  return traceOf([sourceOf(bytes, 'trace.dat')])
}

async function told(name: string): Promise<ToldTrace> {
  return toldTrace(await traceOfStory(name))
}

describe('records become facts', () => {
  test('page references say page, count, value and flags by name', async () => {
    const [first] = (await told('entries')).events
    expect(first.event).toMatch(/^1: 5\.000000100 page_ref_mod\/1 pfn=0x17ac9 count=2 val=1 flags=/)
    expect(first.event).toContain(' flags=uptodate|lru|owner_2|swapbacked ')
    expect(first.event).toMatch(/ mt=4 mapcount=0 mapping=anon$/)
    expect(first.by).toBe('frame grabber pid=134 cpu=0 task')
  })

  test('stacks go to their events, with the module of each function', async () => {
    const { events } = await told('entries')
    expect(events.filter((event) => event.stack !== undefined).map((event) => event.event.split(':')[0])).toEqual([
      '1',
      '6',
    ])
    expect(events[0].stack).toEqual([
      'trace_event_raw_event_page_ref_mod_template (ffffffff812ae2e3)',
      '__page_ref_mod (ffffffff812ae0ce)',
      'grab_ioctl [grab] (ffffffffa000008e)',
      '__handle_mm_fault (ffffffff81223c83)',
    ])
  })

  test('the flags of a record say in which context it was written', async () => {
    const { events } = await told('entries')
    expect(events.map((event) => event.by.split(' ').at(-1))).toEqual([
      'task',
      'softirq',
      'task',
      'task',
      'hardirq',
      'task',
      'task',
      'task',
      'task',
    ])
  })

  test('events that tell of attempts say it in words', async () => {
    const marks = findMarks(await traceOfStory('entries'))
    expect(marks.map((mark) => [mark.kind, Object.fromEntries(mark.args)])).toEqual([
      ['mm_migrate_pages', { nr_succeeded: '3', nr_failed: '4', mode: 'MIGRATE_SYNC', reason: 'contig_range' }],
      ['cma_alloc_start', { name: 'linux,cma', count: '512', align: '3' }],
      ['test_pages_isolated', { start_pfn: '0x17a00', end_pfn: '0x17c00', fin_pfn: '0x17ac9', ret: 'fail' }],
      ['cma_alloc_finish', { name: 'linux,cma', pfn: '0x17a00', page: '(nil)', count: '512', errorno: '-16' }],
    ])
  })

  test('a stack of a traced function, or of a record that is refused, goes to no event', async () => {
    const make = new MadeRecords(MACHINE)
    const page = {
      stamp: 5_000_000_000n,
      entries: [
        record(0, make.ref(134, 0x100, 2, 1)),
        record(1, make.function(134, 'grab')),
        record(1, make.stack(134, ['grab', 'fault'])),
        record(1, make.ref(134, 0x101, 2, 1)),
        record(1, make.function(134, 'fault')),
        record(1, make.stack(134, ['template', 'mod', 'grab'])),
        record(1, make.ref(134, 0x102, 2, 1)),
        record(1, make.unknown(134)),
        record(1, make.stack(134, ['mod'])),
      ],
    }
    const buffers = [{ name: '', clock: 'local', cpus: [[page]] }]
    const bytes = writeTraceDat({ ...madeKernel(MACHINE), version: 6, compression: 'none', buffers })
    const trace = await traceOf([sourceOf(bytes, 'trace.dat')])
    const { events, skipped } = toldTrace(trace)
    expect(events.map(({ stack = [] }) => stack.length)).toEqual([0, 3, 0])
    expect(skipped).toEqual({ 'function tracer': 2, 'orphan stack': 1, 'stack of a traced function': 1 })
    expect(trace.files[0].ledger).toEqual({ total: 9, parsed: 4, skipped: 4, rejected: 1 })
  })

  test('lost events are losses of their CPU, with the number where it is stored', async () => {
    expect((await told('lost')).losses).toEqual([
      '5: lost cpu=0 count=11745 1.000000050 .. 3.000000000',
      '7: lost cpu=0 count=-1 3.000000050 .. 5.000000000',
    ])
  })

  test('every record is counted once, as a record', async () => {
    const { files } = await traceOfStory('entries')
    expect(files[0]).toMatchObject({ format: 'trace_dat', unit: 'record', records: 9 })
    expect(files[0].ledger).toEqual({ total: 11, parsed: 11, skipped: 0, rejected: 0 })
  })

  test('a counting clock gives counts', async () => {
    const { clock, notices } = await told('counts')
    expect(clock).toMatchObject({ name: 'x86-tsc', style: { unit: 'counts' } })
    expect(notices).toContain(
      'The trace clock counts: times are counts, not nanoseconds, and durations are counts too.',
    )
  })

  test('cycles that the file says how to convert are times', async () => {
    expect((await told('cycles')).clock.style).toEqual({ unit: 'seconds', digits: 9 })
  })
})

describe('a recording and the text made of it', () => {
  const report = new Uint8Array(readFileSync(new URL('recording-612-v7-zstd.txt', FOLDER)))
  const recording = new Uint8Array(readFileSync(new URL('recording-612-v7-zstd.dat', FOLDER)))

  test('give the same events', async () => {
    const fromText = await traceOf([sourceOf(report, 'trace.txt')])
    const fromBytes = await traceOf([sourceOf(recording, 'trace.dat')])
    expect(essence(fromBytes)).toEqual(essence(fromText))
  })

  test.each([false, true])('are counted once (text first: %s)', async (isTextFirst) => {
    const sources = [sourceOf(recording, 'trace.dat'), sourceOf(report, 'trace.txt')]
    const trace = await traceOf(isTextFirst ? sources.toReversed() : sources)
    const alone = await traceOf([sourceOf(report, 'trace.txt')])
    expect(essence(trace)).toEqual(essence(alone))
    expect(trace.losses).toHaveLength(alone.losses.length)
    const left = trace.files.find((file) => file.name === 'trace.dat')
    expect(left?.notices).toContain('the same events as trace.txt: not counted twice')
  })
})

/** What text and bytes tell alike: flags and modules are only in the bytes, and lines differ. */
function essence(trace: Trace): readonly string[] {
  return toldTrace(trace).events.map(({ event, by, args, stack = [] }) =>
    [
      event.replace(/^\d+: /, '').replace(/ flags=\S+/, ''),
      by.replace(/ \w+$| no flags$/, ''),
      args ?? '',
      ...stack.map((frame) => frame.replace(/ \[\w+\]/, '')),
    ].join('\n'),
  )
}
