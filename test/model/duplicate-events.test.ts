import { describe, expect, test } from 'vitest'
import { type Trace } from '../../src/model/trace.ts'
import { sourceOf, traceOf } from '../formats/read-bytes.ts'

const HEADER = '# tracer: nop\n#\n'

interface Told {
  /** Microseconds. */
  readonly at: number
  readonly pfn: number
  readonly pid: number
}

/** One page_ref event a line; `laterUs` is how much later another clock puts it. */
function text(told: readonly Told[], laterUs = 0, digits = 6): string {
  const lines = told.map(({ at, pfn, pid }) => {
    const time = ((at + laterUs) / 1e6).toFixed(6).padEnd(digits + 2, '0')
    return `  task-${pid} [000] ..... ${time}: page_ref_mod: pfn=0x${pfn.toString(16)} flags=lru count=2 mapcount=1 mapping=ffff888003eb43a9 mt=4 val=1`
  })
  return `${HEADER}${lines.join('\n')}\n`
}

const STORY: readonly Told[] = Array.from({ length: 300 }, (_, row) => ({
  at: 1_000_000 + row * 137 + (row % 7) * 11,
  pfn: 0x1000 + ((row * 31) % 211),
  pid: 100 + (row % 5),
}))

async function read(first: string, second: string): Promise<Trace> {
  return traceOf([sourceOf(first, 'first.txt'), sourceOf(second, 'second.txt')])
}

function noticesOf(trace: Trace): readonly (readonly string[])[] {
  return trace.files.map((file) => file.notices.filter((notice) => /twice|clock/.test(notice)))
}

describe('two files of one recording', () => {
  test('with the same events are counted once, and the second says so', async () => {
    const trace = await read(text(STORY), `${text(STORY)}\n`)
    expect(trace.events.length).toBe(300)
    expect(noticesOf(trace)).toEqual([[], ['the same events as first.txt: not counted twice']])
  })

  test('taken one after the other keep what only one of them has', async () => {
    const trace = await read(text(STORY.slice(0, 200)), text(STORY.slice(100)))
    expect(trace.events.length).toBe(300)
    expect(noticesOf(trace)).toEqual([[], ['100 of its events are in first.txt too: not counted twice']])
  })

  test('of which one is an excerpt keep the whole one', async () => {
    const trace = await read(text(STORY.filter((_, row) => row % 3 === 0)), text(STORY))
    expect(trace.events.length).toBe(300)
    expect(noticesOf(trace)).toEqual([['the same events as second.txt: not counted twice'], []])
  })

  test('with other digits are still the same', async () => {
    const nanoseconds = text(STORY, 0, 9).replaceAll('000: page_ref', '499: page_ref')
    expect((await read(text(STORY), nanoseconds)).events.length).toBe(300)
  })

  test('by two clocks are counted once, and what is left is moved to the clock that is kept', async () => {
    const trace = await read(text(STORY.slice(0, 250)), text(STORY.slice(50), 10_837))
    expect(trace.events.length).toBe(300)
    expect(trace.events.time[299]).toBe(STORY[299].at * 1000 - 1_000_000_000)
    expect(noticesOf(trace)[1]).toEqual([
      '200 of its events are in first.txt too: not counted twice',
      'its clock is not that of first.txt: its other events were moved by -10.837 ms',
    ])
  })

  test('keep every event its own line and stack', async () => {
    const whole = await read(text(STORY.slice(0, 200)), text(STORY.slice(100)))
    const alone = await traceOf([sourceOf(text(STORY), 'alone.txt')])
    const pages = (trace: Trace): readonly number[] =>
      Array.from({ length: trace.events.length }, (_, row) => trace.pages.pfn[trace.events.page[row]])
    expect(pages(whole)).toEqual(pages(alone))
  })
})

describe('files of different recordings are all counted', () => {
  test('with other tasks', async () => {
    const others = STORY.map((told) => ({ ...told, pid: told.pid + 50 }))
    expect((await read(text(STORY), text(others))).events.length).toBe(600)
  })

  test('with every fiftieth event of the other', async () => {
    const others = STORY.map((told, row) => (row % 50 === 0 ? told : { ...told, pfn: told.pfn + 0x9000 }))
    expect((await read(text(STORY), text(others))).events.length).toBe(600)
  })

  test('one after the other', async () => {
    const trace = await read(text(STORY.slice(0, 100)), text(STORY.slice(150)))
    expect(trace.events.length).toBe(250)
    expect(noticesOf(trace)).toEqual([[], []])
  })
})
