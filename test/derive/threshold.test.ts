import { expect, test } from 'vitest'
import { derive, withThreshold } from '../../src/derive/derive.ts'
import { deriveTold, toldAll } from '../support/derive-told.ts'
import { simulateTrace } from '../support/simulate-trace.ts'
import { traceFromText } from '../support/trace-from-text.ts'

const STRICT_NS = 1_000_000

test('another threshold gives what it would have given from the beginning', () => {
  const { text } = simulateTrace({ pages: 24, holders: 3, noise: 5, own: 0.5, dropEvents: 0.2, seed: 1 })
  const usual = deriveTold(traceFromText(text))
  expect(usual.findings.flatMap(({ pages }) => pages).length).toBeGreaterThan(2)
  const trace = traceFromText(text)
  const strict = toldAll(trace, withThreshold(trace, derive(trace), STRICT_NS))
  expect(strict).not.toEqual(usual.findings)
  expect(strict).toEqual(deriveTold(traceFromText(text), { thresholdNs: STRICT_NS }).findings)
})
