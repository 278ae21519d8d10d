import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { openArchives } from '../../src/formats/archives/open-archives.ts'
import { readTrace } from '../../src/formats/read-trace.ts'
import { sourceOfBlob } from '../../src/formats/source.ts'
import { type Trace } from '../../src/model/trace.ts'
import { aligned, bytesOfPacked, pack, type PackKind, unpack } from '../../src/snapshot/pack.ts'
import { TRACE_KINDS } from '../../src/snapshot/trace-kinds.ts'
import { plainTrace } from '../support/plain-trace.ts'
import { referenceStory } from '../support/random-story.ts'
import { tell } from '../support/tell.ts'

const FIXTURES = new URL('../fixtures/', import.meta.url).pathname

function again<T>(value: T, kinds: readonly PackKind[] = TRACE_KINDS): T {
  const packed = pack(value, kinds)
  // It is what was packed, so it has its type; the expectations below prove it.
  return unpack(bytesOfPacked(packed), packed.headBytes, kinds) as T
}

function expectSame(trace: Trace): void {
  expect(plainTrace(again(trace))).toStrictEqual(plainTrace(trace))
}

/** Files below a folder, in one capture each, and those of a folder of captures together. */
function fixtures(): readonly (readonly [string, readonly string[]])[] {
  const all = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(FIXTURES + path).isFile() && !/\.(json|md)$/.test(path))
    .toSorted()
  const folders = new Map<string, string[]>()
  for (const path of all) {
    const isCapture = path.startsWith('captures/')
    const key = isCapture ? path.split('/').slice(0, 2).join('/') : path
    folders.set(key, [...(folders.get(key) ?? []), path])
  }
  return [...folders]
}

describe('a trace of every format is the same after', () => {
  const rows = { events: 0, owners: 0, pinners: 0, notes: 0, dumps: 0, pageStates: 0, stackTotals: 0, losses: 0 }

  test.each(fixtures())('%s', async (_, paths) => {
    const files = paths.map((path) => new File([readFileSync(FIXTURES + path)], basename(path)))
    const outcome = await readTrace(await openArchives(files.map(sourceOfBlob)))
    if (!outcome.ok) return // nothing readable in it: nothing to keep
    expectSame(outcome.value)
    for (const table of Object.keys(rows) as (keyof typeof rows)[]) rows[table] += outcome.value[table].length
    const { rules: _rules, ...derived } = derive(outcome.value)
    expect(again(derived)).toStrictEqual(derived)
  })

  test('and there were rows in every table', () => {
    expect(Object.entries(rows).filter(([, count]) => count === 0)).toEqual([])
  })
})

test.prop([referenceStory()])('any story is the same after, and what is derived from it', (story) => {
  const trace = tell(story)
  expectSame(trace)
  const { rules: _rules, ...derived } = derive(trace)
  const after = derive(again(trace))
  expect({ ...after, rules: undefined }).toStrictEqual({ ...derived, rules: undefined })
})

const arrays = fc.oneof(
  fc.uint8Array(),
  fc.int8Array(),
  fc.uint16Array(),
  fc.int16Array(),
  fc.uint32Array(),
  fc.int32Array(),
  fc.float64Array(),
)
const plain = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.boolean(),
    fc.constant(undefined),
    fc.constant(null),
    arrays,
    fc.array(tie('value')),
    fc.dictionary(
      fc.string().filter((name) => name !== '$' && name !== '__proto__'),
      tie('value'),
      { noNullPrototype: true },
    ),
    fc.array(fc.tuple(fc.string(), tie('value'))).map((pairs) => new Map(pairs)),
    fc.array(fc.integer()).map((values) => new Set(values)),
  ),
})).value

test.prop([plain])('any plain data is the same after', (value) => {
  expect(again(value)).toStrictEqual(value)
})

test('what is met twice is one thing after, as it was', () => {
  const range = { from: 1 }
  const rows = new Uint16Array([1, 2, 3])
  const value = { ranges: [range], finding: { range }, rows, same: rows, all: new Map([[range, rows]]) }
  const after = again(value)
  expect(after.finding.range).toBe(after.ranges[0])
  expect(after.same).toBe(after.rows)
  expect([...after.all]).toStrictEqual([[after.ranges[0], after.rows]])
})

test('arrays are views of the bytes, each where its elements may lie', () => {
  const value = { a: new Uint8Array([1]), b: new Float64Array([0.5]), c: new Uint8Array([9, 8, 7]).subarray(1) }
  const packed = pack(value)
  const bytes = bytesOfPacked(packed)
  const after = unpack(bytes, packed.headBytes) as typeof value
  expect(after).toStrictEqual({ ...value, c: new Uint8Array([8, 7]) })
  for (const array of Object.values(after)) expect(array.buffer).toBe(bytes.buffer)
  expect(bytes.length).toBe(packed.sizeBytes)
  expect(packed.sizeBytes).toBe(aligned(packed.headBytes) + 3 * 8)
})

test('what would be lost is refused', () => {
  for (const value of [() => 1, 1n, Symbol('a'), new Date(), { $: 1 }, new WeakMap()])
    expect(() => pack({ value })).toThrow(/cannot be packed/)
})
