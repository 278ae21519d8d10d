import { expect, test } from 'vitest'
import { countPointsOf } from '../../../src/derive/counts/count-points.ts'
import { type CountPoint } from '../../../src/derive/counts/count-point.ts'
import { type PageId } from '../../../src/model/ids.ts'
import { PFN, tell } from '../../support/tell.ts'

function points(story: string): readonly CountPoint[] {
  const trace = tell(story)
  return countPointsOf(trace, trace.pages.find(PFN))
}

test('set, unfreeze, a freeze that worked, a put that reached zero and a returned count are exact, the rest sampled', () => {
  const exact = points(`
    app-7 0 1.000001 set 1
    app-7 0 1.000002 +1 count=2
    app-7 0 1.000003 -1 count=1
    app-7 0 1.000004 +1 return count=2
    app-7 0 1.000005 freeze 2 count=0
    app-7 0 1.000006 unfreeze 2 count=2
    app-7 0 1.000007 +1 unless count=3
    app-7 0 1.000008 -2 plain count=1
    app-7 0 1.000009 -1 count=0
  `)
  expect(exact.map((point) => point.isExact)).toEqual([true, false, false, true, true, true, false, false, true])
  expect(exact.map((point) => point.count)).toEqual([1, 2, 1, 2, 0, 2, 3, 1, 0])
  expect(exact.every((point) => point.gap === 0 && point.gapKind === 'none')).toBe(true)
})

test('a refused mod_unless and a refused freeze change nothing', () => {
  const refused = points(`
    app-7 0 1.000001 set 2
    app-7 0 1.000002 freeze 1 refused count=2
    app-7 0 1.000003 +1 refused count=2
    app-7 0 1.000004 +1 unless count=3
  `)
  expect(refused.map((point) => point.delta)).toEqual([2, 0, 0, 1])
  expect(refused.map((point) => point.isExact)).toEqual([true, false, false, false])
  expect(refused.map((point) => point.gap)).toEqual([0, 0, 0, 0])
})

test('the exact count wins over a sampled one that another CPU moved on', () => {
  const [, last] = points(`
    app-7 0 1.000001 set 1
    app-7 0 1.000002 set 2 count=5
  `)
  expect(last.count).toBe(2)
})

test('a count that another CPU changed within microseconds is a race, not a missing event', () => {
  const raced = points(`
    app-7 0 1.000000 set 1
    app-7 0 1.000010 +1 count=3
    drv-9 1 1.000011 +1 count=3
  `)
  expect(raced.map((point) => [point.gap, point.gapKind])).toEqual([
    [0, 'none'],
    [1, 'race'],
    [-1, 'race'],
  ])
})

test('a count that nothing traced explains has a missing event before it', () => {
  const missing = points(`
    app-7 0 1.000000 set 1
    app-7 0 1.500000 +1 count=3
  `)
  expect(missing[1]).toMatchObject({ gap: 1, gapKind: 'missing' })
})

test('two events of one CPU do not race each other', () => {
  const missing = points(`
    app-7 0 1.000000 set 1
    app-7 0 1.000001 +1 count=4
  `)
  expect(missing[1]).toMatchObject({ gap: 2, gapKind: 'missing' })
})

test('a set begins anew: what came before is no gap', () => {
  const anew = points(`
    app-7 0 1.0 +1 count=7
    app-7 0 2.0 set 1
  `)
  expect(anew.map((point) => point.gap)).toEqual([0, 0])
})

test('only the asked rows are given, and the first of them has no gap', () => {
  const trace = tell(`
    app-7 0 1.0 set 1
    app-7 0 2.0 +1 count=2
    app-7 0 3.0 +1 count=3
  `)
  const window = countPointsOf(trace, 0 as PageId, 1, 2)
  expect(window.map((point) => [point.row, point.gap])).toEqual([
    [1, 0],
    [2, 0],
  ])
})
