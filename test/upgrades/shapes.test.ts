import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { RULE_FILE_SCHEMA } from '../../src/derive/attribution/rule-file.ts'
import { readSlice } from '../../src/formats/slice/open-slice.ts'
import { SLICE_VERSION } from '../../src/model/slice-file.ts'
import { SESSION_VERSION } from '../../src/session/session-upgrade.ts'
import { readHead } from '../../src/snapshot/index-file.ts'
import { FILTERS_VALUE, INDEXES_VALUE, SETTINGS_VALUE } from '../../src/state/kept-value.ts'
import { SESSION_KEY } from '../../src/state/session-shelf.ts'
import { importsOf } from '../support/import-graph.ts'
import { shapeOf } from './shape-of.ts'
import { storedThings } from './stored-things.ts'

const GOLDEN = new URL('../fixtures/upgrades/shapes.json', import.meta.url)

interface Shape {
  readonly version: number
  readonly shape: readonly string[]
}
type Shapes = Readonly<Record<string, Shape>>

let now: Shapes
let before: Shapes

beforeAll(async () => {
  now = await shapesNow()
  before = JSON.parse(readFileSync(GOLDEN, 'utf8')) as Shapes
  if (process.env['UPDATE_GOLDEN'] !== '1') return
  const broken = Object.keys(before).filter((name) => isBroken(before[name], now[name]))
  if (broken.length > 0) throw new Error(`another shape under the same version: ${broken.join(', ')}`)
  writeFileSync(GOLDEN, `${JSON.stringify(now, undefined, 1)}\n`)
  before = now
})

/** Versions that keys and schemas end in. */
const numberOf = (name: string): number => Number(/\/(\d+)$/.exec(name)?.[1])

async function shapesNow(): Promise<Shapes> {
  const things = await storedThings()
  const json = (name: string): unknown => JSON.parse(String(things.get(name)))
  const kept = json('local-storage.json') as Readonly<Record<string, string>>
  const ofKept = (key: string): readonly string[] => shapeOf(JSON.parse(kept[key]))
  const slice = readSlice(String(things.get('slice-in-link.txt')))
  const bytes = new Uint8Array(gunzipSync(things.get('trace.index.gz') ?? ''))
  const head = readHead(bytes, bytes.length)
  return {
    session: { version: SESSION_VERSION, shape: shapeOf(json('pinscope-session.json')) },
    'session kept by a browser': { version: SESSION_VERSION, shape: ofKept(SESSION_KEY) },
    settings: { version: numberOf(SETTINGS_VALUE.key), shape: ofKept(SETTINGS_VALUE.key) },
    filters: { version: numberOf(FILTERS_VALUE.key), shape: ofKept(FILTERS_VALUE.key) },
    'choice to keep indexes': { version: numberOf(INDEXES_VALUE.key), shape: [kept[INDEXES_VALUE.key]] },
    slice: { version: SLICE_VERSION, shape: shapeOf(json('slice.json')) },
    'slice in a link': { version: SLICE_VERSION, shape: slice.ok ? shapeOf(slice.value) : [slice.error] },
    report: { version: 1, shape: shapeOf({ ...(json('embedded.json') as object), session: 'as above' }) },
    rules: { version: numberOf(RULE_FILE_SCHEMA), shape: shapeOf(json('rules.json')) },
    'head of an index': { version: new DataView(bytes.buffer).getUint32(4), shape: shapeOf(head) },
  }
}

function isBroken(old: Shape | undefined, fresh: Shape | undefined): boolean {
  if (old === undefined || fresh === undefined) return false
  return old.shape.join('\n') !== fresh.shape.join('\n') && fresh.version <= old.version
}

test('nothing that is stored has another shape under the same version', () => {
  // Raise the version of what differs, lead to it by a step, and write the shape down with UPDATE_GOLDEN=1.
  expect(now).toEqual(before)
})

test('another shape is refused under the same version, and taken under the next', () => {
  const old = { version: 1, shape: ['a: string'] }
  expect(isBroken(old, { version: 1, shape: ['a: string', 'b: number'] })).toBe(true)
  expect(isBroken(old, { version: 2, shape: ['b: number'] })).toBe(false)
  expect(isBroken(old, old)).toBe(false)
})

/** What a file of the sources loads, types aside. */
function loadedBy(file: string): readonly string[] {
  const text = readFileSync(new URL(`../../src/${file}`, import.meta.url), 'utf8')
  return importsOf(file, text).flatMap(({ to, kind, isRelative }) => (isRelative && kind !== 'type' ? [to] : []))
}

test('an index is known by the source of everything that reads, judges and writes it down', () => {
  const seen = new Set(['bridge/kept-capture.ts', 'derive/derive.ts', 'formats/read-trace.ts', 'queries/overview.ts'])
  for (const file of seen) for (const loaded of loadedBy(file)) seen.add(loaded)
  expect(seen.size).toBeGreaterThan(100)
  const config = readFileSync(new URL('../../vite.config.ts', import.meta.url), 'utf8')
  const rooms: readonly string[] = /const READER = \[([^\]]*)\]/.exec(config)?.[1].match(/\w+/g) ?? []
  expect([...seen].filter((file) => !rooms.includes(file.split('/')[0]))).toEqual([])
})
