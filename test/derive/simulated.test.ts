import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { judgeSimulation, type SimulationVerdict } from '../support/judge-simulation.ts'
import { type SimulationOptions, simulateTrace } from '../support/simulate-trace.ts'
import { traceFromText } from '../support/trace-from-text.ts'

const WORLD = { pages: 24, holders: 3, noise: 5, reuse: 0.3, cache: 0.3 }
const seeds = fc.nat(100_000)

const RUNS = 40
/** Several tests ask the same of the same damage. */
const judged = new Map<string, readonly SimulationVerdict[]>()

/** Judges simulations, the same on every run of the tests. */
function judgeMany(options: Omit<SimulationOptions, 'seed'>): readonly SimulationVerdict[] {
  const key = JSON.stringify(options)
  const known =
    judged.get(key) ??
    Array.from({ length: RUNS }, (_, seed) => judgeSimulation({ ...WORLD, ...options, seed: seed + 1 }))
  judged.set(key, known)
  return known
}

function sum(verdicts: readonly SimulationVerdict[], key: 'holders' | 'found' | 'kindRight' | 'listed'): number {
  return verdicts.reduce((total, verdict) => total + verdict[key], 0)
}

test('equal options give equal text, another seed another', () => {
  const options = { ...WORLD, seed: 5, races: 0.1, dropEvents: 0.1, lostWindows: 2, reorderUs: 3 }
  expect(simulateTrace(options)).toEqual(simulateTrace(options))
  expect(simulateTrace({ ...options, seed: 6 }).text).not.toBe(simulateTrace(options).text)
})

describe('a whole trace', () => {
  test('names every holder of a page that had no other, with how long it held', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const verdict = judgeSimulation({ ...WORLD, noise: 0, huge: 0.2, seed })
        expect(verdict.misses).toEqual([])
        expect(verdict.wrongButConfident).toEqual([])
      }),
      { numRuns: 25 },
    )
  })

  test('lists every holder among those the evidence leaves, however busy the page was, and is never sure of another', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom(0, 5), fc.constantFrom(0, 0.5), (seed, reorderUs, huge) => {
        const verdict = judgeSimulation({ ...WORLD, reorderUs, huge, seed })
        expect(verdict.listed).toBe(verdict.holders)
        expect(verdict.wrongButConfident).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  test('of a healthy machine has no holder to name', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(judgeSimulation({ ...WORLD, holders: 0, seed }).answers).toBe(0)
      }),
      { numRuns: 20 },
    )
  })
})

describe('a damaged trace is never sure of the wrong one', () => {
  test.each([
    ['counts that race', { races: 0.1 }],
    ['losses with a marker', { lostWindows: 6 }],
    ['a tenth of the events lost in silence', { dropEvents: 0.1 }],
    ['a third of the events lost in silence', { dropEvents: 0.3 }],
    ['half of the stacks lost', { dropStacks: 0.5 }],
    ['no trace of the gets', { startsLate: true }],
    ['everything at once', { races: 0.05, reorderUs: 3, dropEvents: 0.1, dropStacks: 0.2, lostWindows: 2 }],
  ])('%s', (_, damage) => {
    expect(judgeMany(damage).flatMap((verdict) => verdict.wrongButConfident)).toEqual([])
  })
})

test('a damaged trace still names most holders first', () => {
  const share = (damage: Omit<SimulationOptions, 'seed'>): number => {
    const verdicts = judgeMany(damage)
    return sum(verdicts, 'found') / sum(verdicts, 'holders')
  }
  expect(share({ races: 0.1 })).toBeGreaterThan(0.9)
  expect(share({ lostWindows: 6 })).toBeGreaterThan(0.75)
  expect(share({ dropEvents: 0.1 })).toBeGreaterThan(0.7)
})

test('confidence in the true holder falls with the damage', () => {
  const mean = (damage: Omit<SimulationOptions, 'seed'>): number => {
    const sure = judgeMany(damage).flatMap((verdict) => verdict.confidences)
    return sure.reduce((total, one) => total + one, 0) / sure.length
  }
  const [whole, tenth, third] = [{}, { dropEvents: 0.1 }, { dropEvents: 0.3 }].map(mean)
  expect(whole).toBeGreaterThan(tenth + 0.02)
  expect(tenth).toBeGreaterThan(third)
})

test('names of tasks, suffixes of functions and PFNs change no answer', () => {
  const answersOf = (text: string): readonly (readonly [string, number, number])[] =>
    derive(traceFromText(text)).findings.flatMap(({ pages }) =>
      pages.flatMap(({ headPfn, culprits }) =>
        culprits.map(({ kind, confidence }): readonly [string, number, number] => [kind, confidence, headPfn]),
      ),
    )
  const moved = (_: string, pfn: string): string => `pfn=0x${(Number(pfn) + 0x100000).toString(16)}`
  fc.assert(
    fc.property(seeds, fc.constantFrom(0, 0.1), (seed, dropEvents) => {
      const { text } = simulateTrace({ ...WORLD, dropEvents, seed })
      const other = text
        .replaceAll('busy', 'zz')
        .replaceAll('holder', 'app')
        .replace(/ => (grab_frame|aio_read|capture_queue)\b/g, ' => $1.isra.0')
        .replace(/pfn=(0x[0-9a-f]{4,})/g, moved)
      const shifted = answersOf(text).map(([kind, confidence, pfn]) => [kind, confidence, pfn + 0x100000])
      expect(answersOf(other)).toEqual(shifted)
    }),
    { numRuns: 15 },
  )
})

test('the order in which two CPUs print what they did at once hardly changes who is named', () => {
  const namesOf = (reorderUs: number): readonly string[] =>
    Array.from({ length: 20 }, (_, at) => judgeSimulation({ ...WORLD, reorderUs, seed: 900 + at })).flatMap(
      ({ misses }) => misses,
    )
  expect(namesOf(3).length).toBeLessThanOrEqual(namesOf(0).length + 2)
})
