import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { sourceOf, traceOf } from './read-bytes.ts'

const fixture = (path: string): string => readFileSync(new URL(`../fixtures/${path}`, import.meta.url), 'utf8')

const LOG = sourceOf(fixture('dmesg/ftrace-dump.txt'), 'dmesg.txt')
const TRACE = sourceOf(fixture('ftrace/nop-612.txt'), 'trace.txt')
const LATENCY = sourceOf(fixture('ftrace/latency-format-612.txt'), 'latency.txt')

test.each([
  ['first', [LOG, TRACE]],
  ['last', [TRACE, LOG]],
])('a buffer printed into the log that is read %s does not decide how times are shown', async (_, sources) => {
  const trace = await traceOf(sources)
  const log = trace.files.find((file) => file.name === 'dmesg.txt')
  expect(trace.clock.style).toEqual({ unit: 'seconds', digits: 6 })
  expect(log?.notices.join()).toMatch(/times of another kind than in trace\.txt/)
  expect(trace.files.find((file) => file.name === 'trace.txt')?.notices).toEqual([])
})

test('a log with the only events decides, and says that its two kinds of times do not compare', async () => {
  const trace = await traceOf([LOG])
  expect(trace.clock.style.unit).toBe('microseconds')
  expect(trace.files[0].notices.join()).toMatch(/do not compare with those of the messages/)
})

test('of two traces the first one decides', async () => {
  const trace = await traceOf([LATENCY, TRACE])
  expect(trace.clock.style.unit).toBe('microseconds')
  expect(trace.files[1].notices.join()).toMatch(/times of another kind than in latency\.txt/)
})
