import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { confidenceOf } from '../../src/derive/attribution/calibration.ts'
import { CONFIDENCE_MODEL } from '../../src/derive/attribution/confidence-weights.ts'
import { REASON_IDS, type ReasonId, REASONS } from '../../src/derive/attribution/reasons.ts'
import { FIRST_SEED, FIT_DAMAGES, FIT_WORLDS, UNSEEN_DAMAGES, UNSEEN_WORLDS } from '../eval/simulated-worlds.ts'
import { simulatedAnswers } from '../eval/simulated.ts'
import { calibrationOf } from '../../src/cli/eval/summary.ts'

const answers = [...FIT_DAMAGES, ...UNSEEN_DAMAGES].flatMap(([, damage]) =>
  [...FIT_WORLDS, ...UNSEEN_WORLDS].flatMap(([, world]) =>
    simulatedAnswers({ ...world, ...damage }, 2, FIRST_SEED.test),
  ),
)

test('confidence is right as often as it says, on seeds that no weight was learned from', () => {
  const { error, brier, bins } = calibrationOf(answers)
  expect(answers.length).toBeGreaterThan(500)
  expect(error).toBeLessThan(0.05)
  expect(brier).toBeLessThan(0.06)
  for (const bin of bins.slice(8).filter((one) => one.answers > 0))
    expect(bin.right).toBeGreaterThanOrEqual(bin.confidence - 0.02)
})

test('of the confident answers at most one in a hundred is wrong, and most answers are confident', () => {
  const sure = answers.filter(({ confidence }) => confidence >= 0.8)
  expect(sure.length / answers.length).toBeGreaterThan(0.6)
  expect(sure.filter(({ isRight }) => !isRight).length / sure.length).toBeLessThanOrEqual(0.01)
})

test('more of a reason never turns the confidence against the side that it speaks for', () => {
  const reason: fc.Arbitrary<ReasonId> = fc.constantFrom(...REASON_IDS)
  const reasons = fc.dictionary(reason, fc.double({ min: 0, max: 2, noNaN: true }))
  fc.assert(
    fc.property(reasons, reason, fc.double({ min: 0, max: 2, noNaN: true }), (given, id, more) => {
      const before = confidenceOf(given)
      const after = confidenceOf({ ...given, [id]: (given[id] ?? 0) + more })
      expect(REASONS[id].speaks === 'for' ? after - before : before - after).toBeGreaterThanOrEqual(0)
      expect(Math.round(after * 100) / 100).toBe(after)
      expect(after).toBeGreaterThan(0)
      expect(after).toBeLessThan(1)
    }),
  )
})

test('every reason has a weight of its own side, and sure is well above what is called confident', () => {
  for (const id of REASON_IDS) {
    const weight = CONFIDENCE_MODEL.weights[id]
    expect(REASONS[id].speaks === 'for' ? weight : -weight).toBeGreaterThanOrEqual(0)
  }
  expect(CONFIDENCE_MODEL.sureFrom).toBeGreaterThan(0.8)
})
