import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { untoldShareOf } from '../../../src/derive/counts/untold-share.ts'
import { simulateTrace } from '../../support/simulate-trace.ts'
import { traceFromText } from '../../support/trace-from-text.ts'
import { tell } from '../../support/tell.ts'

const WORLD = { pages: 24, holders: 2, noise: 6, reuse: 0.3, cache: 0.3 }

function share(options: Parameters<typeof simulateTrace>[0]): number {
  return untoldShareOf(traceFromText(simulateTrace(options).text))
}

test('a whole trace has its counts explained, out of order by microseconds or not', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.constantFrom(0, 5), (seed, reorderUs) => {
      expect(share({ ...WORLD, seed, reorderUs })).toBeLessThan(0.01)
    }),
    { numRuns: 15 },
  )
})

test('where a share of the events is missing, about that share of the changes is untold', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.constantFrom(0.1, 0.3), (seed, dropEvents) => {
      const found = share({ ...WORLD, seed, dropEvents })
      expect(found).toBeGreaterThan(dropEvents * 0.4)
      expect(found).toBeLessThan(dropEvents * 1.6)
    }),
    { numRuns: 15 },
  )
})

test('a handful of events says nothing', () => {
  expect(
    untoldShareOf(
      tell(`
        app-7 0 1.0 +1 count=2
        app-7 0 2.0 +1 count=9
      `),
    ),
  ).toBe(0)
})
