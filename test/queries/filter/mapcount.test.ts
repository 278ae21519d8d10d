import { expect, test } from 'vitest'
import { findEvents } from '../../../src/queries/events.ts'
import { toldCapture } from '../../support/told-capture.ts'

test('mapcount is asked and answered with the number that the line has', () => {
  const { trace, derived } = toldCapture(`
    db-7 0 1.1 +1 count=2 mapcount=-1 < alloc_pages
    db-7 0 1.2 +1 count=3 mapcount=0 < alloc_pages`)
  const found = (filter: string) => findEvents(trace, { filter, offset: 0, limit: 9 }, derived).rows
  expect(found('mapcount:-1').map(({ mapcountPrinted }) => mapcountPrinted)).toEqual([-1])
  expect(found('mapcount:0').map(({ mapcountPrinted, mapcount }) => [mapcountPrinted, mapcount])).toEqual([[0, 1]])
})
