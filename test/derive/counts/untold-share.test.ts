import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { comparedMask } from '../../../src/derive/counts/untold-tally.ts'
import { untoldShareOf } from '../../../src/derive/counts/untold-share.ts'
import { gatherFacts } from '../../../src/derive/event-facts.ts'
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

test('a part of the pages of a large trace tells about the share that all of them do', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.constantFrom(0.1, 0.3), (seed, dropEvents) => {
      const trace = traceFromText(simulateTrace({ ...WORLD, pages: 96, seed, dropEvents }).text)
      const all = untoldShareOf(trace)
      const part = gatherFacts(trace, trace.events.length / 4)
      expect(comparedMask(trace, trace.events.length / 4)).toBeGreaterThan(0)
      expect(part.untoldShare).not.toBe(all)
      expect(part.untoldShare).toBeGreaterThan(all * 0.4)
      expect(part.untoldShare).toBeLessThan(all * 1.6)
    }),
    { numRuns: 15 },
  )
})

test('a part that has too few of the events is not what a trace is measured by', () => {
  const busy = Array.from({ length: 200 }, (_, at) => `app-7 0 ${at + 2}.0 +1 count=2 pfn=0x21`).join('\n')
  const trace = tell(`app-7 0 1.0 +1 count=2 pfn=0x20\n${busy}`)
  expect(trace.pages.length).toBe(2)
  expect(comparedMask(trace, 50)).toBe(0)
  expect(gatherFacts(trace, 50).untoldShare).toBe(1)
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
