import { expect, test } from 'vitest'
import { hasFlag, mappingsOf } from '../../../src/derive/counts/mapcount.ts'
import { printsRawMapcount } from '../../../src/derive/counts/raw-mapcount.ts'
import { type EventRow } from '../../../src/model/ids.ts'
import { tell } from '../../support/tell.ts'

function mappings(story: string): readonly (number | undefined)[] {
  const trace = tell(story)
  return Array.from({ length: trace.events.length }, (_, row) => mappingsOf(trace, row as EventRow))
}

test('where -1 is printed, mapcount is the raw _mapcount: -1 is unmapped, 0 one mapping', () => {
  const story = `
    app-7 0 1.0 set 1 mapcount=-1
    app-7 0 2.0 +1 count=2 mapcount=0
    app-7 0 3.0 +1 count=3 mapcount=1`
  expect(printsRawMapcount(tell(story))).toBe(true)
  expect(mappings(story)).toEqual([0, 1, 2])
})

test('an older kernel prints the number of mappings', () => {
  const story = `
    app-7 0 1.0 set 1 mapcount=0
    app-7 0 2.0 +1 count=2 mapcount=1`
  expect(printsRawMapcount(tell(story))).toBe(false)
  expect(mappings(story)).toEqual([0, 1])
})

test('the type of a buddy or slab page is no number of mappings', () => {
  expect(mappings('app-7 0 1.0 set 1 mapcount=-128')).toEqual([undefined])
})

test('the raw _mapcount of a large folio says nothing of PMD mappings', () => {
  expect(mappings('app-7 0 1.0 +1 count=2 mapcount=-1 flags=uptodate|lru|head')).toEqual([undefined])
})

test('a flag is found by its whole name', () => {
  expect(['lru', 'dirty|lru', 'lru|active', 'dirty|lru|active'].map((flags) => hasFlag(flags, 'lru'))).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(['none', 'lru_gen', 'xlru', '0x80000'].map((flags) => hasFlag(flags, 'lru'))).toEqual([
    false,
    false,
    false,
    false,
  ])
})
