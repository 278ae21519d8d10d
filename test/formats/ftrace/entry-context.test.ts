import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { EntryContext } from '../../../src/formats/ftrace/entry-context.ts'
import { TraceBuilder } from '../../../src/model/trace-builder.ts'

const COLUMNS = ['            init-1       [000] .....', '              cp-71      [001] d..1.', '   init-1   0d..1.']
const TIMES = [
  '     6.008346: ',
  '     6.008347: ',
  '    43.791380: ',
  '    43.791:    ',
  '    43.791380123: ',
  ' 99999.999999: ',
  '100000.000000: ',
  '1234567.000001: ',
  ' 6.000001: ',
  '     6.00834a: ',
  '     6.00834:  ',
  '     6.0083 6: ',
  '     6.0083/6: ',
  '     6.008346:  (+12)   ',
  '     6.008346: (+12) ',
  '     6.008346:page',
  '     6.008346;  ',
  '     7:008346: ',
  ' 267985us!: ',
  ' 90833021: ',
]
const line = fc.tuple(fc.constantFrom(...COLUMNS), fc.constantFrom(...TIMES)).map(([columns, time]) => columns + time)

/** What an entry says, by who read it: the position of its name, and its time. */
function toldOf(entry: EntryContext, body: number, start: number): readonly (number | string)[] {
  const { unit, whole, fractionNs, digits, cpu, pid, irq } = entry
  return body < 0 ? [body] : [body - start, unit, whole, fractionNs, digits, cpu, pid, irq]
}

describe('the columns of an entry', () => {
  test.prop([fc.array(line, { minLength: 10, maxLength: 60, size: 'max' })])(
    'say the same whatever was read before them',
    (lines) => {
      const text = lines.map((columns) => `${columns} page_ref_mod: pfn=0x1\n`)
      const bytes = new TextEncoder().encode(text.join(''))
      const view = new DataView(bytes.buffer)
      const { strings, contexts } = new TraceBuilder()
      const entry = new EntryContext(strings, contexts)
      let start = 0
      for (const told of text) {
        const end = start + told.length - 1
        const known = entry.readKnown(bytes, view, start)
        const body = known >= 0 ? known : entry.readNew(bytes, view, start, end)
        const alone = new EntryContext(strings, contexts)
        const expected = toldOf(alone, alone.readNew(bytes, view, start, end), start)
        expect(toldOf(entry, body, start)).toEqual(expected)
        start += told.length
      }
    },
  )
})
