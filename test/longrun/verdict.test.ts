import { expect, test } from 'vitest'
import { type Measured } from './measure.ts'
import { judge, type Limits } from './verdict.ts'

const LIMITS: Limits = { nodes: { slope: 1, rise: 50 }, objects: { slope: 1, rise: 50 } }

function series(measured: (at: number) => Partial<Measured>): [number, Measured][] {
  const none: Measured = {
    pageHeap: 0,
    workerHeap: 0,
    buffers: 0,
    blink: 0,
    workers: 0,
    documents: 0,
    nodes: 0,
    listeners: 0,
    detached: 0,
    entries: 0,
    stored: 0,
    kept: 0,
    renderers: 0,
    processes: 0,
  }
  return Array.from({ length: 40 }, (_, at) => [at, { ...none, ...measured(at) }])
}

test('what stays is flat, and what grows is not', () => {
  const judged = judge(
    series((at) => ({ nodes: 7, objects: 5 * at })),
    LIMITS,
    'cycle',
  )
  expect(judged.map(({ name, isFlat }) => [name, isFlat])).toEqual([
    ['nodes', true],
    ['objects', false],
  ])
  expect(judged[1].words).toMatch(/^GROWS objects +5\.000 ± 0\.000 a cycle/)
})

test('a measure that was taken now and then is judged by what there is', () => {
  const judged = judge(
    series((at) => (at % 4 === 0 ? { objects: 3 } : {})),
    LIMITS,
    'cycle',
  )
  expect(judged.map(({ isFlat }) => isFlat)).toEqual([true, true])
})

test('a measure that was never taken is told, and is not flat', () => {
  const judged = judge(
    series(() => ({})),
    LIMITS,
    'cycle',
  )
  expect(judged[1]).toEqual({ name: 'objects', isFlat: false, words: 'not measured objects' })
})

test('of a run without any measurement nothing is flat', () => {
  expect(judge([], LIMITS, 'step').map(({ isFlat }) => isFlat)).toEqual([false, false])
})
