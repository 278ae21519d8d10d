import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { numbersOf } from '../../../src/base/column.ts'
import { rowsOf } from '../../../src/base/group-index.ts'
import { EDGE_CERTAIN, EDGE_TRACE } from '../../../src/derive/counts/lifetime-table.ts'
import { buildLifetimes, lifetimeAt } from '../../../src/derive/counts/lifetimes.ts'
import { isRefKind } from '../../../src/model/event-kind.ts'
import { type EventRow, type PageId } from '../../../src/model/ids.ts'
import { type Trace } from '../../../src/model/trace.ts'
import { tell } from '../../support/tell.ts'
import { referenceStory } from '../../support/random-story.ts'

interface Life {
  readonly first: number
  readonly last: number
  readonly edges: string
}

const EDGE_TEXT = new Map([
  [EDGE_CERTAIN, 'certain'],
  [EDGE_TRACE, 'trace'],
])

function lives(trace: Trace, page = 0): readonly Life[] {
  const table = buildLifetimes(trace)
  return Array.from(numbersOf(rowsOf(table.byPage, page as PageId)), (life) => ({
    first: table.firstRow[life],
    last: table.lastRow[life],
    edges: `${EDGE_TEXT.get(table.startEdge[life])}-${EDGE_TEXT.get(table.endEdge[life])}`,
  }))
}

test('a life goes from a set to the put that reached zero', () => {
  const trace = tell(`
    app-7 0 1.0 set 1
    app-7 0 2.0 +1 count=2
    app-7 0 3.0 -1 count=1
    app-7 0 4.0 -1 count=0
  `)
  expect(lives(trace)).toEqual([{ first: 0, last: 3, edges: 'certain-certain' }])
})

test('a set ends the life before it, whether its end was seen or not', () => {
  const trace = tell(`
    app-7 0 1.0 set 1
    app-7 0 2.0 +1 count=2
    oth-8 0 3.0 set 1
    oth-8 0 4.0 -1 count=0
    oth-8 0 5.0 set 1
  `)
  expect(lives(trace)).toEqual([
    { first: 0, last: 1, edges: 'certain-certain' },
    { first: 2, last: 3, edges: 'certain-certain' },
    { first: 4, last: 4, edges: 'certain-trace' },
  ])
})

test('a page that lived before the trace and lives on has edges of the trace', () => {
  const trace = tell(`
    app-7 0 1.0 +1 count=3
    app-7 0 2.0 -1 count=2
  `)
  expect(lives(trace)).toEqual([{ first: 0, last: 1, edges: 'trace-trace' }])
})

test('a freeze to zero does not end a life', () => {
  const trace = tell(`
    app-7 0 1.0 set 1
    mig-8 0 2.0 freeze 1 count=0
    mig-8 0 2.1 unfreeze 1
    app-7 0 3.0 -1 count=0
  `)
  expect(lives(trace)).toHaveLength(1)
})

test('a returned count of zero ends a life', () => {
  const trace = tell(`
    app-7 0 1.0 set 2
    app-7 0 2.0 -2 return count=0
    oth-8 0 9.0 +1 count=1
  `)
  expect(lives(trace).map((life) => [life.first, life.last])).toEqual([
    [0, 1],
    [2, 2],
  ])
})

test('a page that the allocator took back is dead, even if the last put was not traced', () => {
  const trace = tell(`
    app-7 0 1.0 set 1
    app-7 0 2.0 +1 count=2
    app-7 0 3.0 mm_page_free: page=00000000f52e85d3 pfn=0x100 order=0
    oth-8 0 9.0 +1 count=2
  `)
  expect(lives(trace)).toEqual([
    { first: 0, last: 2, edges: 'certain-certain' },
    { first: 3, last: 3, edges: 'certain-trace' },
  ])
})

test('a set to zero begins nothing', () => {
  const trace = tell(`
    app-7 0 1.0 +1 count=2
    app-7 0 2.0 set 0
    app-7 0 3.0 +1 count=1
  `)
  expect(lives(trace)).toHaveLength(1)
})

test('a straggler printed microseconds after the end opens no life of its own', () => {
  const trace = tell(`
    app-7 0 1.000000 set 2
    app-7 0 2.000000 -1 count=0
    oth-8 1 2.000003 -1 plain count=0
    oth-8 1 3.000000 set 1
  `)
  expect(lives(trace)).toEqual([
    { first: 0, last: 1, edges: 'certain-certain' },
    { first: 3, last: 3, edges: 'certain-trace' },
  ])
})

test('a page is free between its lives and held again in the next', () => {
  const trace = tell(`
    app-7 0 1.0 set 1
    app-7 0 2.0 -1 count=0
    app-7 0 3.0 set 1
  `)
  const table = buildLifetimes(trace)
  const at = (seconds: number): number => lifetimeAt(table, 0 as PageId, (seconds - 1) * 1e9)
  expect([at(1.5), at(2), at(2.5), at(3), at(9)]).toEqual([0, 0, -1, 1, 1])
})

test('a life whose end no event shows lasts to the next set, but a page frozen to zero is free from then', () => {
  const unseen = tell(`
    app-7 0 1.0 set 1
    app-7 0 2.0 +1 count=2
    app-7 0 5.0 set 1
  `)
  const frozen = tell(`
    app-7 0 1.0 set 2
    app-7 0 2.0 freeze 2
    app-7 0 5.0 set 1
  `)
  const at3 = (trace: Trace): number => lifetimeAt(buildLifetimes(trace), 0 as PageId, 2e9)
  expect([at3(unseen), at3(frozen)]).toEqual([0, -1])
  expect(Array.from(numbersOf(buildLifetimes(unseen).to))).toEqual([4e9, 4e9])
})

test('a life that the trace found running covers the time before its first event', () => {
  const trace = tell(`
    app-7 0 1.0 set 1 pfn=0x1
    app-7 0 5.0 +1 count=3 pfn=0x2
  `)
  const table = buildLifetimes(trace)
  expect(lifetimeAt(table, trace.pages.find(2), 0)).toBe(rowsOf(table.byPage, trace.pages.find(2))[0])
})

test('lives equal those of a slow twin on any story', () => {
  fc.assert(
    fc.property(referenceStory(), (story) => {
      const trace = tell(story)
      for (let page = 0; page < trace.pages.length; page++) expect(lives(trace, page)).toEqual(slowLives(trace, page))
    }),
    { numRuns: 150 },
  )
})

/** Writes the events of the page down as letters and cuts the word: B birth, D death, L late print, other `-`. */
function slowLives(trace: Trace, page: number): readonly Life[] {
  const rows = Array.from({ length: trace.events.length }, (_, row) => row as EventRow).filter(
    (row) => trace.events.page[row] === page && isRefKind(trace.events.kind[row]),
  )
  const found: { rows: number[]; start: string; end: string }[] = []
  let state: 'before' | 'alive' | 'dead' = 'before'
  rows.forEach((row, at) => {
    const shape = trace.events.shape[row]
    const name = trace.strings.text(trace.shapes.name[shape])
    const isBirth = name === 'page_ref_set' && trace.shapes.val[shape] > 0
    const isDeath =
      (name === 'page_ref_mod_and_test' && trace.shapes.ret[shape] === 1) ||
      (name === 'page_ref_mod_and_return' && trace.shapes.ret[shape] === 0)
    const isSoon = at > 0 && trace.events.time[row] - trace.events.time[rows[at - 1]] <= 20_000
    if (state === 'dead' && !isBirth && isSoon && trace.events.count[row] <= 0) return
    if (isBirth && state === 'alive') found[found.length - 1].end = 'certain'
    if (isBirth || state !== 'alive')
      found.push({ rows: [], start: isBirth || state === 'dead' ? 'certain' : 'trace', end: 'trace' })
    const life = found[found.length - 1]
    life.rows.push(row)
    state = isDeath ? 'dead' : 'alive'
    if (isDeath) life.end = 'certain'
  })
  return found.map((life) => ({
    first: life.rows[0],
    last: life.rows[life.rows.length - 1],
    edges: `${life.start}-${life.end}`,
  }))
}
