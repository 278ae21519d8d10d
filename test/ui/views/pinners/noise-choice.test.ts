import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { NOISE_CLASSES, withClass, withRule } from '../../../../src/ui/views/pinners/noise-choice.ts'

const rule = (id: string) => ({ id, reason: '', source: '', holds: 1, isHiding: true })
const lru = { class: 'lru', rules: [rule('lru-batch'), rule('lru-drain')] } as const
const nothing = { includeExpected: false, shownRules: [] }

test('a class that is switched off is written as the class', () => {
  expect(withClass(nothing, lru, false)).toEqual({ includeExpected: false, shownRules: ['lru'] })
})

test('a rule that is switched off leaves the others of its class on', () => {
  expect(withRule(nothing, lru, 'lru-drain', false)).toEqual({ includeExpected: false, shownRules: ['lru-drain'] })
})

test('the last rule of a class that is switched off switches off the class', () => {
  const one = withRule(nothing, lru, 'lru-drain', false)
  expect(withRule(one, lru, 'lru-batch', false)).toEqual({ includeExpected: false, shownRules: ['lru'] })
})

test('a rule that is switched on again in a class that is off leaves the others off', () => {
  const off = withClass(nothing, lru, false)
  expect(withRule(off, lru, 'lru-batch', true)).toEqual({ includeExpected: false, shownRules: ['lru-drain'] })
})

test('a class that is switched on when everything is listed leaves all other classes off', () => {
  const { includeExpected, shownRules } = withClass({ includeExpected: true, shownRules: [] }, lru, true)
  expect(includeExpected).toBe(false)
  expect(shownRules).toEqual(NOISE_CLASSES.filter((id) => id !== 'lru').toSorted())
})

const steps = fc.array(fc.record({ at: fc.nat({ max: 4 }), isHiding: fc.boolean() }), { maxLength: 20 })

propertyTest.prop([steps])('switching classes ends where the last switch of each left it', (list) => {
  const last = new Map(list.map(({ at, isHiding }) => [NOISE_CLASSES[at], isHiding]))
  const end = list.reduce(
    (choice, { at, isHiding }) => withClass(choice, { class: NOISE_CLASSES[at], rules: [] }, isHiding),
    nothing as Parameters<typeof withClass>[0],
  )
  const shown = NOISE_CLASSES.filter((id) => last.get(id) === false)
  expect(end.includeExpected ? NOISE_CLASSES : end.shownRules).toEqual(end.includeExpected ? shown : shown.toSorted())
})
