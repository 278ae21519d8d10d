import { expect, test } from 'vitest'
import { confidenceOfScore } from '../../src/derive/attribution/calibration.ts'
import { countEventNoise } from '../eval/event-noise.ts'
import { derive } from '../../src/derive/derive.ts'
import { calibrationOf } from '../eval/summary.ts'
import { SIMULATED_DAMAGES, SIMULATED_WORLD } from '../eval/simulated.ts'
import { judgeSimulation } from '../support/judge-simulation.ts'
import { simulateTrace } from '../support/simulate-trace.ts'
import { traceFromText } from '../support/trace-from-text.ts'

/** Seeds that the curve was not learned from. */
const FIRST_SEED = 7001
const RUNS = 8

const answers = SIMULATED_DAMAGES.flatMap(([, damage]) =>
  Array.from({ length: RUNS }, (_, at) => judgeSimulation({ ...SIMULATED_WORLD, ...damage, seed: FIRST_SEED + at })),
).flatMap((verdict) => verdict.judged)

test('confidence errs on the side of doubt, and not by much', () => {
  const { error, brier, bins } = calibrationOf(answers)
  expect(answers.length).toBeGreaterThan(100)
  expect(error).toBeLessThan(0.15)
  expect(brier).toBeLessThan(0.12)
  for (const bin of bins.slice(7)) expect(bin.right).toBeGreaterThanOrEqual(bin.confidence - 0.05)
})

test('of the confident answers at most one in a hundred is wrong', () => {
  const sure = answers.filter(({ confidence }) => confidence >= 0.8)
  expect(sure.length).toBeGreaterThan(50)
  expect(sure.filter(({ isRight }) => !isRight).length / sure.length).toBeLessThanOrEqual(0.01)
})

test('a higher score is never less confidence, whole trace or not', () => {
  for (const isIncomplete of [true, false]) {
    const curve = Array.from({ length: 101 }, (_, at) => confidenceOfScore(at / 100, isIncomplete))
    expect(curve).toEqual(curve.toSorted((a, b) => a - b))
    expect(Math.min(...curve)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...curve)).toBeLessThanOrEqual(1)
  }
})

test('every reference event is balanced, known or shown, and most of a busy trace is not shown', () => {
  const trace = traceFromText(simulateTrace({ pages: 40, holders: 2, noise: 12, seed: 7 }).text)
  const { events, balanced, known, shown } = countEventNoise(trace, derive(trace))
  expect(balanced + known + shown).toBe(events)
  expect(shown).toBeGreaterThanOrEqual(2)
  expect(shown / events).toBeLessThan(0.05)
})
