import { expect, test } from 'vitest'
import { findEvents } from '../../src/queries/events.ts'
import { traceFromText } from '../support/trace-from-text.ts'

const trace = traceFromText(
  Array.from({ length: 9 }, (_, at) => {
    const pfn = at % 3 === 2 ? '0x20' : '0x10'
    return `  cat-61  [000] ..... ${at}.000000: page_ref_mod: pfn=${pfn} flags=none count=2 mapcount=0 mapping=(nil) mt=0 val=1\n`
  }).join(''),
)

test('a window around a line holds its event in the middle, at its position among those that pass', () => {
  const answer = findEvents(trace, { pfn: 0x10, offset: 0, limit: 2, around: { fileName: 'trace.txt', line: 7 } })
  expect(answer.offset).toBe(3) // of lines 1 2 4 5 7 8
  expect(answer.rows.map((row) => row.place.line)).toEqual([5, 7])
  expect(answer.total).toBe(6)
})

test.each([
  ['a line whose event is filtered away', 'trace.txt', 3],
  ['a line without an event', 'trace.txt', 99],
  ['another file', 'dmesg.txt', 1],
])('%s leaves the window where it is asked for', (_what, fileName, line) => {
  const answer = findEvents(trace, { pfn: 0x10, offset: 1, limit: 2, around: { fileName, line } })
  expect(answer.rows.map((row) => row.place.line)).toEqual([2, 4])
})
