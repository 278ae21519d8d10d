import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { PairModel, PRIOR_OBSERVATIONS } from '../../../src/derive/holds/pair-model.ts'
import { type StackId } from '../../../src/model/ids.ts'

const stack = (id: number): StackId => id as StackId // any small number is a row of stacks
const open = (...ids: readonly number[]): readonly StackId[] => ids.map(stack)
const knownPair =
  (put: number, get: number) =>
  (aPut: StackId, aGet: StackId): boolean =>
    aPut === put && aGet === get

test('a known pair decides where the trace has a single instance', () => {
  const model = new PairModel({ isKnown: knownPair(1, 10) })
  model.observe(stack(1), open(10, 20))
  expect(model.affinity(stack(1), stack(10))).toBeGreaterThan(model.affinity(stack(1), stack(20)))
})

test('what the trace says more often than a known pair counts outweighs it, and not before', () => {
  const model = new PairModel({ isKnown: knownPair(1, 10) })
  model.observe(stack(1), open(10, 20))
  const isOutweighed = (): boolean =>
    model.affinity(stack(1), stack(20)) > model.affinity(stack(1), stack(10)) + Number.EPSILON
  for (let seen = 0; seen <= PRIOR_OBSERVATIONS; seen++) {
    expect(isOutweighed()).toBe(false)
    model.observe(stack(1), open(20))
  }
  expect(isOutweighed()).toBe(true)
})

test('a pair that nothing was learned of is believed, and no other is made impossible by it', () => {
  const model = new PairModel({ isKnown: knownPair(1, 10) })
  expect(model.affinity(stack(1), stack(10))).toBe(1)
  expect(model.affinity(stack(1), stack(20))).toBe(0)
  model.observe(stack(1), open(20))
  expect(model.affinity(stack(1), stack(20))).toBe(1)
})

test('a prior that had no say takes nothing from what was learned of another put', () => {
  const model = new PairModel({ isKnown: knownPair(1, 10) })
  model.observe(stack(1), open(10))
  model.observe(stack(2), open(10, 20))
  expect(model.affinity(stack(2), stack(10))).toBe(0.5)
})

const seen = fc.array(
  fc.record({ put: fc.integer({ min: 1, max: 3 }), gets: fc.uniqueArray(fc.integer({ min: 10, max: 13 })) }),
  { maxLength: 30 },
)
const pairs = fc.uniqueArray(fc.integer({ min: 0, max: 11 }))
const PUTS = [1, 2, 3]
const GETS = [10, 11, 12, 13]

/** The formula of `PairModel`, from the observations alone. */
function slowAffinity(
  observations: readonly { readonly put: number; readonly gets: readonly number[] }[],
  isKnown: (put: number, get: number) => boolean,
  put: number,
  get: number,
): number {
  const ofPut = observations.filter((one) => one.put === put && one.gets.length > 0)
  const total = ofPut.reduce((sum, { gets }) => sum + 1 / gets.length, 0)
  const weight = ofPut.reduce((sum, { gets }) => sum + (gets.includes(get) ? 1 / gets.length ** 2 : 0), 0)
  const isMet = isKnown(put, get) || ofPut.some(({ gets }) => gets.some((one) => isKnown(put, one)))
  const below = total + (isMet ? PRIOR_OBSERVATIONS : 0)
  const above = weight + (isKnown(put, get) ? PRIOR_OBSERVATIONS : 0)
  return below === 0 ? 0 : Math.min(1, above / below)
}

propertyTest.prop([seen, pairs])(
  'affinities are as the formula says, and pairs that fit nothing change none',
  (observations, known) => {
    const isKnown = (put: number, get: number): boolean => known.includes((put - 1) * 4 + (get - 10))
    const model = new PairModel({ isKnown })
    const plain = new PairModel()
    for (const { put, gets } of observations) {
      model.observe(stack(put), open(...gets))
      plain.observe(stack(put), open(...gets))
    }
    for (const put of PUTS) {
      for (const get of GETS) {
        const affinity = model.affinity(stack(put), stack(get))
        expect(affinity).toBeCloseTo(slowAffinity(observations, isKnown, put, get), 9)
        if (!GETS.some((one) => isKnown(put, one))) expect(affinity).toBe(plain.affinity(stack(put), stack(get)))
      }
    }
  },
)
