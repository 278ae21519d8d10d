import { describe, expect, test } from 'vitest'
import { type Case, CHUNKS, HOSTS, PACKINGS, SHARDS } from './case.ts'
import { coveringPlan, pairwisePlan, REFERENCE, wholePlan } from './plan.ts'

const VALUES = { host: HOSTS, shards: SHARDS, chunkBytes: CHUNKS, packing: PACKINGS }
type Dimension = keyof typeof VALUES
const DIMENSIONS = Object.keys(VALUES) as Dimension[] // as they are written above

const SMALL = 1 << 20

const ALL_VALUES = DIMENSIONS.flatMap((one) => VALUES[one].map((value) => `${one} ${value}`))
const ALL_PAIRS = DIMENSIONS.flatMap((one, at) =>
  DIMENSIONS.slice(at + 1).flatMap((other) =>
    VALUES[one].flatMap((value) => VALUES[other].map((its) => `${one} ${value}, ${other} ${its}`)),
  ),
)

function pairsOf(cases: readonly Case[]): ReadonlySet<string> {
  const pairs = cases.flatMap((read) =>
    DIMENSIONS.flatMap((one, at) =>
      DIMENSIONS.slice(at + 1).map((other) => `${one} ${read[one]}, ${other} ${read[other]}`),
    ),
  )
  return new Set(pairs)
}

function wordsOf({ host, shards, chunkBytes, packing }: Case): string {
  return [host, shards, chunkBytes, packing].join(' ')
}

describe('the few readings of a capture that is too large for more', () => {
  const all = [REFERENCE, ...pairwisePlan()]

  test('have any two of a number of shards, a chunk size, a host and a packing together', () => {
    expect(ALL_PAIRS).toHaveLength(12 + 15 + 6 + 20 + 8 + 10)
    expect([...pairsOf(all)].toSorted()).toEqual(ALL_PAIRS.toSorted())
  })

  test('are no more than there are pairs of shards and chunks, none of them twice', () => {
    expect(all).toHaveLength(SHARDS.length * CHUNKS.length)
    expect(new Set(all.map(wordsOf)).size).toBe(all.length)
  })

  test('ask everything in each browser', () => {
    const asking = new Set(pairwisePlan().flatMap(({ host, isBrief }) => (isBrief ? [] : [host])))
    expect([...asking].toSorted()).toEqual(['chromium', 'firefox'])
  })
})

describe('the covering readings', () => {
  const ofSmall = Array.from({ length: 8 }, (_, nth) => coveringPlan(nth, SMALL))
  const ofOthers = Array.from({ length: 9 }, (_, nth) => coveringPlan(nth, 1 << 24))

  test('of each capture have every number of shards, every host and both packings', () => {
    const wanted = ALL_VALUES.filter((value) => !value.startsWith('chunkBytes'))
    for (const plan of [...ofSmall, ...ofOthers]) {
      const values = new Set([REFERENCE, ...plan].flatMap((read) => DIMENSIONS.map((one) => `${one} ${read[one]}`)))
      expect(wanted.filter((value) => !values.has(value))).toEqual([])
    }
  })

  test('of eight small captures have all pairs', () => {
    const pairs = pairsOf([REFERENCE, ...ofSmall.flat()])
    expect(ALL_PAIRS.filter((pair) => !pairs.has(pair))).toEqual([])
  })

  test('of nine others have all pairs but those of the two smallest chunks, and of one thread in a browser', () => {
    const pairs = pairsOf(ofOthers.flat())
    const isLeft = (pair: string): boolean => /shards 1\b|chunkBytes (1024|4096)\b/.test(pair)
    expect(ALL_PAIRS.filter((pair) => !pairs.has(pair))).toEqual(ALL_PAIRS.filter(isLeft))
  })
})

test('every combination is every combination', () => {
  expect(new Set(wholePlan().map(wordsOf)).size).toBe(HOSTS.length * SHARDS.length * CHUNKS.length * PACKINGS.length)
})
