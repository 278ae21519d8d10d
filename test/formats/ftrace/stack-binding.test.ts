import { describe, expect, test } from 'vitest'
import { framesOf } from '../../../src/model/stack-depot.ts'
import { type Trace } from '../../../src/model/trace.ts'
import { traceFromText } from '../../support/trace-from-text.ts'

/** `cpu` 0 or 1, flags as the irq column has them, time in us. */
function event(cpu: number, pid: number, us: number, flags = '.....', pfn = us): string {
  return `${prefix(cpu, pid, us, flags)}page_ref_mod: pfn=0x${pfn.toString(16)} flags=lru count=2 mapcount=0 mapping=0000000000000000 mt=1 val=1\n`
}

function stack(cpu: number, pid: number, us: number, symbol: string, flags = '.....'): string {
  return `${prefix(cpu, pid, us, flags)}<stack trace>\n => ${symbol}\n`
}

function prefix(cpu: number, pid: number, us: number, flags: string): string {
  const seconds = Math.floor(us / 1_000_000)
  const time = `${seconds}.${String(us % 1_000_000).padStart(6, '0')}`
  return `            task-${String(pid).padEnd(7)} [00${cpu}] ${flags === '' ? '' : `${flags} `}${time.padStart(12)}: `
}

/** Leaf of each event's stack in file order; empty without a stack. */
function leaves(trace: Trace): string[] {
  const rows = Array.from({ length: trace.events.length }, (_, row) => row)
  return rows
    .toSorted((a, b) => trace.events.line[a] - trace.events.line[b])
    .map((row) => {
      const frames = framesOf(trace.stacks, trace.events.stack[row])
      return frames.length === 0 ? '' : trace.strings.text(trace.frames.text[frames[0]])
    })
}

function leavesOf(...lines: string[]): string[] {
  return leaves(traceFromText(lines.join('')))
}

describe('a stack entry', () => {
  test('belongs to the event of its own CPU when two CPUs interleave', () => {
    expect(leavesOf(event(0, 10, 1), event(1, 20, 2), stack(0, 10, 3, 'zero'), stack(1, 20, 4, 'one'))).toEqual([
      'zero',
      'one',
    ])
  })

  test('resolves interrupts last in, first out', () => {
    expect(
      leavesOf(
        event(0, 10, 1),
        event(0, 10, 2, '..s..'),
        event(0, 10, 3, 'd.H..'),
        stack(0, 10, 4, 'hard', 'd.H..'),
        stack(0, 10, 5, 'soft', '..s..'),
        stack(0, 10, 6, 'task'),
      ),
    ).toEqual(['task', 'soft', 'hard'])
  })

  test('belongs to the interrupted event after several events in the interrupt', () => {
    expect(
      leavesOf(
        event(0, 10, 1),
        event(0, 10, 2, '..s..'),
        stack(0, 10, 3, 'first', '..s..'),
        event(0, 10, 4, '..s..'),
        stack(0, 10, 5, 'second', '..s..'),
        stack(0, 10, 6, 'task'),
      ),
    ).toEqual(['task', 'first', 'second'])
  })

  test('is not taken by an earlier event of the same task that never got one', () => {
    expect(leavesOf(event(0, 10, 1), event(0, 10, 2), stack(0, 10, 3, 'second'), stack(0, 10, 4, 'stray'))).toEqual([
      '',
      'second',
    ])
  })

  test('is not taken by an event of another task on that CPU', () => {
    expect(leavesOf(event(0, 10, 1), event(0, 11, 2), stack(0, 10, 3, 'late'))).toEqual(['', ''])
  })

  test('is not taken by an event in another irq context', () => {
    expect(leavesOf(event(0, 10, 1), stack(0, 10, 2, 'soft', '..s..'))).toEqual([''])
  })

  test('is not taken by an event of the same task a long time ago', () => {
    expect(leavesOf(event(0, 10, 1), stack(0, 10, 5_000_001, 'late'))).toEqual([''])
  })

  test('finds its event after an interrupt of many milliseconds', () => {
    expect(
      leavesOf(
        event(0, 10, 1),
        event(0, 10, 300, '..s..'),
        stack(0, 10, 40_000, 'soft', '..s..'),
        stack(0, 10, 40_001, 'task'),
      ),
    ).toEqual(['task', 'soft'])
  })

  test('takes the newest event first without a flags column', () => {
    expect(
      leavesOf(event(0, 10, 1, ''), event(0, 10, 2, ''), stack(0, 10, 3, 'inner', ''), stack(0, 10, 4, 'outer', '')),
    ).toEqual(['outer', 'inner'])
  })

  test('is no second stack of the event below once a file showed that events have two', () => {
    expect(
      leavesOf(
        event(0, 10, 1, ''),
        stack(0, 10, 2, 'a', ''),
        stack(0, 10, 3, 'a_again', ''),
        event(0, 10, 4, ''),
        event(0, 10, 5, ''),
        stack(0, 10, 6, 'c', ''),
        stack(0, 10, 7, 'c_again', ''),
      ),
    ).toEqual(['a', '', 'c'])
  })
})

describe('a loss', () => {
  const markers = [
    'CPU:0 [LOST 7 EVENTS]\n',
    'CPU:0 [LOST EVENTS]\n',
    'CPU:0 [7 EVENTS DROPPED]\n',
    '##### CPU 0 buffer started ####\n',
    '# tracer: nop\n',
  ]

  test.each(markers)('keeps stacks from events before it: %s', (marker) => {
    expect(leavesOf(event(0, 10, 1), marker, stack(0, 10, 2, 'late'))).toEqual([''])
  })

  test('of another CPU keeps nothing apart', () => {
    expect(leavesOf(event(0, 10, 1), 'CPU:1 [LOST 7 EVENTS]\n', stack(0, 10, 2, 'own'))).toEqual(['own'])
  })

  test('lasts from the last entry of that CPU before it to the first after it', () => {
    const trace = traceFromText(
      [event(1, 20, 1), event(0, 10, 2), 'CPU:1 [LOST 7 EVENTS]\n', event(0, 10, 3), event(1, 20, 4)].join(''),
    )
    expect(trace.losses).toEqual([{ kind: 'lost', cpu: 1, count: 7, from: 1000, to: 4000, line: 2 }])
  })

  test('of an unknown number of events has the count -1', () => {
    expect(traceFromText(`CPU:1 [LOST EVENTS]\n${event(1, 20, 4)}`).losses).toEqual([
      { kind: 'lost', cpu: 1, count: -1, to: 4000, line: 0 },
    ])
  })

  test('before the file is what the header says was written and is gone', () => {
    const text = `# tracer: nop\n#\n# entries-in-buffer/entries-written: 1/22   #P:2\n#\n${event(1, 20, 4)}`
    expect(traceFromText(text).losses).toEqual([{ kind: 'overrun', cpu: -1, count: 21, to: 4000, line: 2 }])
  })
})
