import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BlockingPage, type ToldPage } from '../../../src/derive/attribution/finding.ts'
import { tellPage } from '../../../src/derive/attribution/findings.ts'
import { derive } from '../../../src/derive/derive.ts'
import { simulateTrace } from '../../support/simulate-trace.ts'
import { traceFromText } from '../../support/trace-from-text.ts'

/** What ranking says: all but the words, the lines and what they are made of. */
function ranked(page: BlockingPage | ToldPage): unknown {
  return JSON.parse(JSON.stringify({ ...page, evidence: 0, excess: 0 }), (key, value: unknown) =>
    key === 'reasons' ? undefined : key === 'evidence' ? [] : value,
  )
}

test('a page that is told says what its finding says of it, whichever is told first', () => {
  const damage = { dropEvents: fc.constantFrom(0, 0.2), dropStacks: fc.constantFrom(0, 0.4) }
  fc.assert(
    fc.property(fc.nat(100_000), fc.record(damage), (seed, dropped) => {
      const { text } = simulateTrace({ pages: 16, holders: 4, noise: 4, reuse: 0.3, cache: 0.3, ...dropped, seed })
      const trace = traceFromText(text)
      const derived = derive(trace)
      for (const finding of derived.findings) {
        const told = finding.pages.toReversed().map((page) => tellPage(trace, derived, finding, page))
        expect(told.toReversed().map(ranked)).toEqual(finding.pages.map(ranked))
      }
    }),
    { numRuns: 25 },
  )
})

test('what proves a holder is told with it, and what a confidence is made of', () => {
  const { text } = simulateTrace({ pages: 24, holders: 3, noise: 5, own: 0.5, dropEvents: 0, seed: 1 })
  const trace = traceFromText(text)
  const derived = derive(trace)
  const told = derived.findings.flatMap((finding) =>
    finding.pages.map((page) => tellPage(trace, derived, finding, page)),
  )
  const culprits = told.flatMap((page) => page.culprits)
  expect(culprits.length).toBeGreaterThan(0)
  for (const { evidence, reasons } of culprits) {
    expect(evidence.flatMap(({ lines }) => lines).length).toBeGreaterThan(0)
    expect(reasons).toBeDefined()
  }
})
