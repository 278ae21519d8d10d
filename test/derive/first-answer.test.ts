import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowsOf } from '../../src/base/group-index.ts'
import { findingsFor } from '../../src/derive/attribution/findings.ts'
import { type Derived } from '../../src/derive/derived.ts'
import { derive, deriveFirst, judgeSteps, withThreshold } from '../../src/derive/derive.ts'
import { holdsOfSample } from '../../src/derive/holds/holds.ts'
import { type HoldRow, type HoldTable } from '../../src/derive/holds/hold-table.ts'
import { samplePages } from '../../src/derive/holds/page-sample.ts'
import { type PageId } from '../../src/model/ids.ts'
import { type Trace } from '../../src/model/trace.ts'
import { runWithPauses } from '../../src/bridge/run-with-pauses.ts'
import { toldAll, toldDerived } from '../support/derive-told.ts'
import { simulateTrace } from '../support/simulate-trace.ts'
import { traceFromText } from '../support/trace-from-text.ts'

const seeds = fc.nat(100_000)
const damage = fc.record({ dropEvents: fc.constantFrom(0, 0.2), dropStacks: fc.constantFrom(0, 0.3) })
/** Less than any of these traces has. */
const FEW = 100

/** An area whose allocation fails, and then as many pages that nobody asks for. */
function tell(seed: number, options: object): Trace {
  const world = { pages: 16, holders: 3, noise: 4, reuse: 0.3, cache: 0.3, huge: 0.2, ...options }
  const { text } = simulateTrace({ ...world, seed })
  const beside = simulateTrace({ ...world, seed: seed + 1 })
    .text.split('\n')
    .filter((line) => !/: (?:cma_|test_pages|mm_)/.test(line))
    .join('\n')
    .replaceAll('pfn=0x8', 'pfn=0x48')
    .replaceAll(/(?<=\] \S+ )\d+(?=\.\d{6}:)/g, (seconds) => String(Number(seconds) + 20))
  return traceFromText(`${text.trimEnd()}\n${beside}`)
}

const withoutRows = (trace: Trace, derived: Derived): string =>
  JSON.stringify(toldAll(trace, derived), (key, value) => (key === 'hold' ? 0 : value))

test('what the failed ranges are told first is what they are told in the end', () => {
  fc.assert(
    fc.property(seeds, damage, (seed, options) => {
      const trace = tell(seed, options)
      const { derived: first, rest } = deriveFirst(trace, { mostEventsFirst: FEW })
      const all = derive(trace, { mostEventsFirst: FEW })
      expect(rest).toBeDefined()
      fc.pre(first.holds.length < all.holds.length)
      expect(first.findings.length).toBeGreaterThan(0)
      expect(withoutRows(trace, all)).toBe(withoutRows(trace, first))
      expect(toldAll(trace, withThreshold(trace, all, all.thresholdNs, FEW))).toEqual(toldAll(trace, all))
      const strayed = all.findings
        .flatMap(({ pages }) => pages)
        .flatMap(({ headPfn, culprits }) => culprits.map(({ hold }) => ({ headPfn, hold })))
        .filter(({ headPfn, hold }) => hold !== undefined && trace.pages.pfn[all.holds.page[hold]] !== headPfn)
      expect(strayed).toEqual([])
    }),
    { numRuns: 25 },
  )
})

test('failed ranges ask for no page that is not in the sample', () => {
  fc.assert(
    fc.property(seeds, damage, (seed, options) => {
      const trace = tell(seed, options)
      const { derived } = deriveFirst(trace, { mostEventsFirst: FEW })
      const sample = samplePages(trace, derived.ranges, FEW) ?? new Uint8Array()
      const asked = new Set<number>()
      const offsets = new Proxy(derived.holds.byPage.offsets, {
        get: (target, key) => {
          if (typeof key === 'string' && /^\d+$/.test(key)) asked.add(Number(key))
          return Reflect.get(target, key, target)
        },
      })
      const holds = { ...derived.holds, byPage: { ...derived.holds.byPage, offsets } }
      findingsFor(trace, { ...derived, holds }, derived.thresholdNs)
      expect(asked.size).toBeGreaterThan(0)
      // Where the rows of a page end is where those of the next one begin.
      for (const page of asked) expect(sample[page] === 1 || sample[page - 1] === 1).toBe(true)
    }),
    { numRuns: 25 },
  )
})

test('holds that are paired later are those that the page has when it is asked for at once', () => {
  const trace = tell(7, {})
  const { derived: first, rest } = deriveFirst(trace, { mostEventsFirst: FEW })
  const all = derive(trace, { mostEventsFirst: FEW })
  const sample = samplePages(trace, all.ranges, FEW) ?? new Uint8Array()
  expect(holdsOfSample(trace, all.holds, sample)).toEqual(first.holds)
  expect(sample.includes(0)).toBe(true)
  for (let page = 0; page < trace.pages.length; page++) {
    const asked = rest?.withPage(page as PageId).holds
    expect(asked && holdsOf(asked, page)).toEqual(holdsOf(all.holds, page))
  }
})

test('the tables of a page that no failed range asks for have its holds alone, and no culprit points into them', () => {
  const trace = tell(7, {})
  const { derived, rest } = deriveFirst(trace, { mostEventsFirst: FEW })
  const sample = samplePages(trace, derived.ranges, FEW) ?? new Uint8Array()
  const culprits = derived.findings.flatMap(({ pages }) => pages.flatMap((page) => page.culprits))
  expect(culprits.some(({ hold }) => hold !== undefined)).toBe(true)
  const pages = Array.from(sample.keys()).map((page) => ({ page, asked: rest?.withPage(page as PageId) }))
  const others = pages.flatMap(({ page, asked }) => (sample[page] === 0 && asked ? [{ page, asked }] : []))
  expect(others.length).toBeGreaterThan(0)
  for (const { page, asked } of others) {
    expect(asked.holds.length).toBe(holdsOf(asked.holds, page).length)
    const pointed = asked.findings.flatMap((finding) => finding.pages.flatMap((one) => one.culprits))
    expect(pointed).toEqual(culprits.map(({ hold: _hold, ...culprit }) => culprit))
  }
  expect(pages.every(({ page, asked }) => sample[page] === 0 || asked === derived)).toBe(true)
})

function holdsOf(holds: HoldTable, page: number): readonly (readonly number[])[] {
  const rows = Array.from(rowsOf(holds.byPage, page as PageId) as ArrayLike<HoldRow>)
  return rows.map((row) => [holds.getRow[row], holds.putRow[row], holds.class[row], holds.units[row], holds.from[row]])
}

test('a trace that is not large is judged by all of its pages, at once', () => {
  const trace = tell(3, {})
  expect(deriveFirst(trace).rest).toBeUndefined()
  const { derived } = deriveFirst(trace, { mostEventsFirst: trace.events.length })
  expect(toldDerived(trace, derived)).toEqual(toldDerived(trace, derive(trace)))
})

test('judging a large trace anew by the same rules says the same', async () => {
  const trace = tell(11, {})
  const all = derive(trace, { mostEventsFirst: FEW })
  const again = await runWithPauses(judgeSteps(trace, all, {}, FEW), new AbortController().signal)
  expect(again && toldDerived(trace, again)).toEqual(toldDerived(trace, all))
})
