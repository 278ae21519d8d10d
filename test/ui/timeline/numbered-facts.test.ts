import { expect, test } from 'vitest'
import {
  type BlockingPageAnswer,
  type CulpritAnswer,
  type EvidenceAnswer,
  type HoldAnswer,
} from '../../../src/queries/wire.ts'
import {
  firstNumberOf,
  leaksAmong,
  marksOf,
  numberedFacts,
  numbersOfHolds,
} from '../../../src/ui/timeline/numbered-facts.ts'

const place = (line: number) => ({ file: 0, fileName: 'trace.txt', line })
const fact = (text: string, lines: readonly number[], ns?: number): EvidenceAnswer => ({
  text,
  places: lines.map(place),
  raw: lines.map(() => ''),
  ...(ns === undefined ? {} : { time: { ns, text: String(ns) } }),
})
const culprit = (kind: CulpritAnswer['kind'], evidence: readonly EvidenceAnswer[]): CulpritAnswer => ({
  rank: 1,
  pfn: 0x100,
  task: { comm: 'drv', pid: 9 },
  function: 'leaky_grab',
  module: '',
  class: 'driver',
  kind,
  confidence: 0.9,
  confidenceWord: 'very likely',
  anyOf: 1,
  units: 1,
  stack: { hash: '', frames: [] },
  evidence,
})
const page: BlockingPageAnswer = {
  pfn: 0x100,
  headPfn: 0x100,
  isNamed: true,
  verdict: 'held',
  reason: '',
  culprits: [
    culprit('leak', [fact('got', [3], 30), fact('no put', [9])]),
    culprit('long_term', [fact('got too', [4, 5])]),
  ],
  evidence: [fact('dumped', [7])],
}
const hold = (id: string, kind: HoldAnswer['kind'], get?: number, put?: number): HoldAnswer => ({
  id,
  pfn: 0x100,
  kind,
  class: 'driver',
  durationNs: 1,
  durationText: '1 ns',
  isAtLeast: kind !== 'closed',
  units: 1,
  task: { comm: 'drv', pid: 9 },
  holder: '',
  stack: { hash: '', frames: [] },
  ...(get === undefined ? {} : { getPlace: place(get) }),
  ...(put === undefined ? {} : { putPlace: place(put) }),
})
const point = (line: number) => ({ ns: line * 10, text: `0.${line}`, file: 0, line })

test('facts are counted through: holders in their order, then the page', () => {
  expect(numberedFacts(page).map(({ number, fact: { text } }) => `${number} ${text}`)).toEqual([
    '1 got',
    '2 no put',
    '3 got too',
    '4 dumped',
  ])
  expect([0, 1, 2].map((position) => firstNumberOf(page, position))).toEqual([1, 3, 4])
})

test('a fact marks its own moment and those of the events it cites, each once', () => {
  const marks = marksOf(numberedFacts(page), [3, 4, 5, 6].map(point))
  expect(marks.map(({ number, ns }) => [number, ns])).toEqual([
    [1, 30],
    [3, 40],
    [3, 50],
  ])
  expect(marks[0].words).toBe('1: got, at 0.3')
})

test('a line of another file is another line', () => {
  expect(marksOf(numberedFacts(page), [{ ...point(4), file: 1 }]).map(({ number }) => number)).toEqual([1])
})

test('a hold has the numbers of the facts that cite its get or its put', () => {
  const numbers = numbersOfHolds(numberedFacts(page), [hold('a', 'closed', 3, 5), hold('b', 'closed', 1, 2)])
  expect([...numbers]).toEqual([['a', [1, 3]]])
})

test('a leak is the hold without a put that a leak’s facts cite, no other', () => {
  const holds = [hold('leak', 'open', 3), hold('put', 'closed', 3, 9), hold('other', 'open', 4)]
  expect([...leaksAmong(page, holds)]).toEqual(['leak'])
  expect(leaksAmong(undefined, holds).size).toBe(0)
})
