import { readdirSync, readFileSync } from 'node:fs'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { bothWays, packedBothWays } from './in-parts.ts'

const FIXTURES = new URL('../fixtures/', import.meta.url)
const namesIn = (folder: string): readonly string[] =>
  readdirSync(new URL(`${folder}/`, FIXTURES))
    .filter((name) => name.endsWith('.txt'))
    .map((name) => `${folder}/${name}`)
const TRACES = namesIn('ftrace')
const DUMPS = namesIn('page-owner')
const SAMPLES = namesIn('perf-script')
const MANY = 5

function textOf(name: string): string {
  return readFileSync(new URL(name, FIXTURES), 'utf8')
}

function pairOf(names: readonly string[]): fc.Arbitrary<readonly string[]> {
  return fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names))
}

describe('a text that is read in parts by others gives what it gives as a whole', () => {
  test.each([...TRACES, ...DUMPS, ...SAMPLES])('%s', async (name) => {
    const text = textOf(name)
    for (const shardBytes of [300, 1000, 5000]) await bothWays(text, shardBytes)
  })

  test.prop([pairOf(TRACES), fc.integer({ min: 80, max: 4000 })], { numRuns: 40 })(
    'also where another trace was written behind it',
    async (names, shardBytes) => void (await bothWays(names.map(textOf).join(''), shardBytes)),
  )

  test.prop([pairOf(DUMPS), fc.integer({ min: 80, max: 4000 })], { numRuns: 40 })(
    'also where a dump comes again behind another',
    async (names, shardBytes) => void (await bothWays([...names, ...names].map(textOf).join(''), shardBytes)),
  )

  test.prop([pairOf(SAMPLES), fc.integer({ min: 80, max: 4000 })], { numRuns: 40 })(
    'also where perf printed another recording behind it',
    async (names, shardBytes) => void (await bothWays(names.map(textOf).join(''), shardBytes)),
  )

  test('and where a thread fails, its part is read here', async () => {
    const text = textOf('ftrace/nop-612.txt')
    const counts = await bothWays(text, 400, (read) => read % 2 === 0)
    expect(counts.read).toBeGreaterThan(MANY)
    expect(counts.refused).toBe(0)
  })

  test('and where bytes of a packed text are lost with a thread, they are unpacked again', async () => {
    const counts = await packedBothWays(textOf('ftrace/nop-612.txt'), 400, (read) => read % 2 === 0)
    expect(counts.read).toBeGreaterThan(MANY)
  })
})
