import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { extremesOf, unionsOf } from '../../src/base/extremes.ts'

/** Long enough for blocks of blocks. */
const values = fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 3000 })

test.prop([values, fc.nat(3000), fc.nat(3000)])(
  'the extremes of any stretch are those that a look at each value finds, the first of equals',
  (all, one, other) => {
    const start = Math.min(one, other, all.length - 1)
    const end = Math.min(Math.max(one, other, start + 1), all.length)
    const extremes = extremesOf(all)
    const within = all.slice(start, end)
    expect(extremes.lowestIn(start, end)).toBe(start + within.indexOf(Math.min(...within)))
    expect(extremes.highestIn(start, end)).toBe(start + within.indexOf(Math.max(...within)))
  },
)

test.prop([fc.array(fc.nat(2 ** 15), { maxLength: 3000 }), fc.nat(3000), fc.nat(3000)])(
  'the union of any stretch has the bits of each of its values and no other',
  (all, one, other) => {
    const start = Math.min(one, other, all.length)
    const end = Math.min(Math.max(one, other), all.length)
    expect(unionsOf(all)(start, end)).toBe(all.slice(start, end).reduce((bits, value) => bits | value, 0))
  },
)
