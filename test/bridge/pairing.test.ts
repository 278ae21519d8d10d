import { expect, test } from 'vitest'
import { type PairingProgress } from '../../src/bridge/protocol.ts'
import { TraceSession } from '../../src/bridge/session.ts'
import { openShelf } from '../../src/snapshot/open-shelf.ts'
import { simulateTrace } from '../support/simulate-trace.ts'

const silent = (): void => undefined
/** Less than the trace has. */
const FEW = 100
/** Pages beside the failed range: many lives, so that the pairing takes its pauses. */
const BESIDE = 60_000
const BESIDE_PFN = 0x400000

const { text } = simulateTrace({ pages: 16, holders: 3, noise: 4, seed: 3 })
const line = (us: number, rest: string): string =>
  `         app9-99 [001] ..... ${20 + Math.floor(us / 1e6)}.${String(us % 1e6).padStart(6, '0')}: ${rest}`
const beside = Array.from({ length: BESIDE }, (_, at) => {
  const pfn = `pfn=0x${(BESIDE_PFN + at).toString(16)} flags=none`
  return [
    line(at * 2, `page_ref_set: ${pfn} count=1 mapcount=0 mapping=0 mt=4 val=1`),
    line(at * 2 + 1, `page_ref_mod: ${pfn} count=2 mapcount=0 mapping=0 mt=4 val=1`),
  ].join('\n')
})
const large = new File([`${text.trimEnd()}\n${beside.join('\n')}\n`], 'trace.txt')
const choice = { thresholdNs: 0, includeExpected: true, filter: '' }
const pinners = { ...choice, sort: 'holds', isDescending: true, offset: 0, limit: 5 } as const

async function load(mostEventsFirst?: number): Promise<{ session: TraceSession; overview: object }> {
  const session = new TraceSession({ openShelf }, mostEventsFirst)
  const result = await session.load([large], false, silent)
  if (!result.ok) throw new Error(result.problem.message)
  return { session, overview: result.overview }
}

test('a large capture is there with its failed ranges before all references are paired', async () => {
  const { session, overview } = await load(FEW)
  const whole = await load()
  expect(overview).toMatchObject({ isPairing: true })
  expect(whole.overview).not.toHaveProperty('isPairing')
  const before = await session.ask('failures', { thresholdNs: 1000 })
  const told: PairingProgress[] = []
  expect(await session.pairing((progress) => told.push(progress))).toEqual(whole.overview)
  expect(await session.ask('failures', { thresholdNs: 1000 })).toEqual(before)
  for (const { done, total } of told) expect(done).toBeLessThanOrEqual(total)
})

test('a page that is not paired yet is answered at once, and just so later', async () => {
  const { session } = await load(FEW)
  const question = { pfn: BESIDE_PFN + BESIDE - 1, lifetime: -1, columns: 100 }
  const before = await session.ask('timeline', question)
  const rules = await session.ask('pageRules', { pfn: question.pfn, choice })
  await session.pairing()
  expect(before).toMatchObject({ ok: true, answer: { holdCount: 2 } })
  expect(await session.ask('timeline', question)).toEqual(before)
  expect(await session.ask('pageRules', { pfn: question.pfn, choice })).toEqual(rules)
})

test('what is about all holds waits for them', async () => {
  const { session } = await load(FEW)
  const { session: whole } = await load()
  expect(await session.ask('pinners', pinners)).toEqual(await whole.ask('pinners', pinners))
})

test('another capture takes the place of one that is still being paired', async () => {
  const { session } = await load(FEW)
  const small = new File([text], 'trace.txt')
  expect(await session.load([small], false, silent)).toMatchObject({ ok: true })
  const other = new TraceSession()
  await other.load([small], false, silent)
  expect(await session.ask('pinners', pinners)).toEqual(await other.ask('pinners', pinners))
})

test('rules that are applied meanwhile judge all of it', async () => {
  const { session } = await load(FEW)
  const { session: whole } = await load()
  const rules = { how: 'switch', ids: ['mapping-fault'], isOff: true } as const
  const judged = await session.judge(rules)
  const other = await whole.judge(rules)
  expect(judged).toMatchObject({ ok: true })
  expect(judged.ok && judged.overview.holds).toBe(other.ok && other.overview.holds)
})
