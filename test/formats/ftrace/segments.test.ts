import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ftrace } from '../../../src/formats/ftrace/ftrace.ts'
import { toldTrace, type ToldTrace } from '../../support/told-trace.ts'
import { traceFromBytes, traceFromText } from '../../support/trace-from-text.ts'

const HEADER = '# tracer: nop\n#\n'

function event(us: number, cpu = 1, pid = 12): string {
  const time = `1.${String(us).padStart(6, '0')}`
  return (
    `            bash-${pid}      [00${cpu}] ..... ${time.padStart(12)}: page_ref_mod: pfn=0x${us.toString(16)} flags=lru count=2 mapcount=0 mapping=0000000000000000 mt=1 val=1\n` +
    `            bash-${pid}      [00${cpu}] ..... ${time.padStart(12)}: <stack trace>\n => of_${us}\n`
  )
}

const segment = (from: number, to: number, cpu = 1): string =>
  HEADER + Array.from({ length: to - from }, (_, at) => event(from + at * 7, cpu)).join('')

/** What is told of each event, without the line. */
const essence = ({ events }: ToldTrace): readonly string[] =>
  events.map(({ event: text, stack = [] }) => [text.replace(/^\d+: /, ''), ...stack].join(' '))

const told = (text: string): ToldTrace => toldTrace(traceFromText(text))

describe('a trace that was read into one file more than once', () => {
  test('has each of its events once, with its stack', () => {
    const twice = told(segment(100, 140) + segment(100, 160))
    expect(essence(twice)).toEqual(essence(told(segment(100, 160))))
    expect(twice.notices).toContain(
      'the trace was written into this file more than once: 40 events that are in it twice are counted once',
    )
    expect(twice.ledger.rejected).toBe(0)
  })

  test('keeps what the buffer had lost by the next time', () => {
    const late = HEADER + Array.from({ length: 50 }, (_, at) => event(100 + (at + 10) * 7)).join('')
    expect(essence(told(segment(100, 130) + late))).toHaveLength(60)
  })

  test('may be read any number of times, in any pieces', () => {
    const text = segment(100, 120) + segment(100, 140) + segment(100, 140) + segment(100, 150)
    const whole = told(text)
    expect(essence(whole)).toEqual(essence(told(segment(100, 150))))
    expect(toldTrace(traceFromBytes(new TextEncoder().encode(text), ftrace, 'a', 100))).toEqual(whole)
  })

  test('is told apart from the traces of several CPUs', () => {
    expect(essence(told(segment(100, 140, 0) + segment(101, 141, 1)))).toHaveLength(80)
  })

  test('is told apart from a trace after another', () => {
    const { notices, events } = told(segment(100, 140) + segment(5000, 5040))
    expect(events).toHaveLength(80)
    expect(notices).toEqual([])
  })
})

test('a real capture that stands twice in a file is counted once', () => {
  const text = readFileSync(new URL('../../fixtures/ftrace/nop-612.txt', import.meta.url), 'utf8')
  expect(essence(told(text + text))).toEqual(essence(told(text)))
})
