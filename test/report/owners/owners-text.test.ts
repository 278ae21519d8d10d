import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { type Trace } from '../../../src/model/trace.ts'
import { gatherOwners, type OwnersAsked } from '../../../src/report/owners/owner-facts.ts'
import { ownersJson } from '../../../src/report/owners/owners-json.ts'
import { ownersText } from '../../../src/report/owners/owners-text.ts'
import { ownerText } from '../../support/owner-text.ts'
import { tellCapture } from '../../support/tell-capture.ts'

const NAMES = ['series-1.txt', 'series-2.txt', 'series-3.txt'] as const
const fixture = (name: string): URL => new URL(`../../fixtures/owners/${name}`, import.meta.url)
let series: Trace

beforeAll(async () => {
  const files = NAMES.map((name) => [name, gunzipSync(readFileSync(fixture(`${name}.gz`))).toString()] as const)
  series = await tellCapture(Object.fromEntries(files))
})

const ASKED: Readonly<Record<string, OwnersAsked>> = {
  stack: { mode: 'groups', dump: '', grouping: 'stack', filter: '' },
  migratetype: { mode: 'groups', dump: '', grouping: 'migratetype', filter: 'allocate_slab' },
  compare: { mode: 'compare', base: NAMES[0], other: NAMES[2], filter: '' },
  trend: { mode: 'trend', series: NAMES, filter: '' },
}

test.each(Object.keys(ASKED))('the text by %s of a real series is as stored', (name) => {
  const golden = fileURLToPath(new URL(`__golden__/owners-${name}.txt`, import.meta.url))
  const text = ownersText(gatherOwners(series, ASKED[name]))
  if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(golden, text)
  expect(text).toBe(readFileSync(golden, 'utf8'))
})

test('the JSON has every row with its stack and its line, and says what it is', () => {
  const json = JSON.parse(JSON.stringify(ownersJson(gatherOwners(series, ASKED.stack)))) as {
    readonly schema: string
    readonly rows: readonly { readonly pages: number; readonly stack: { readonly frames: readonly string[] } }[]
    readonly sums: { readonly pages: number }
    readonly misplaced: { readonly total: number; readonly pages: readonly unknown[] }
  }
  expect(json).toMatchObject({ schema: 'pinscope.owners/1', mode: 'groups', dump: 'series-3.txt' })
  expect(json.rows.reduce((sum, { pages }) => sum + pages, 0)).toBe(json.sums.pages)
  expect(json.rows[0].stack.frames.map((frame) => frame.split('+')[0])).toContain('__rb_allocate_pages')
  expect(json.misplaced.pages).toHaveLength(json.misplaced.total)
})

test('a comm from a file cannot move the cursor of a terminal', async () => {
  const trace = await tellCapture({ 'po.txt': ownerText([{ pfn: 1, comm: 'a\u001b[2Jb' }]) })
  const text = ownersText(gatherOwners(trace, { mode: 'groups', dump: '', grouping: 'task', filter: '' }))
  expect(text).toContain('a\\x1b[2Jb-7')
  expect(text).not.toContain('\u001b')
})
