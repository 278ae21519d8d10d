import { expect, test } from 'vitest'
import { ftrace } from '../../src/formats/ftrace/ftrace.ts'
import { perfScript } from '../../src/formats/perf-script/perf-script.ts'
import { toldTrace } from '../support/told-trace.ts'
import { traceFromBytes } from '../support/trace-from-text.ts'

const ARGS = 'pfn=0x1 flags=0x28 count=4 mapcount=1 mapping=(nil) mt=4 val=1'

test.each([
  ['ftrace', ftrace, `init-1 [001] ..... 5.604532: page_ref_mod: ${ARGS}\n => inner\n>  => outer\n`],
  [
    'perf script',
    perfScript,
    `init 1 [001] 5.604532: page_ref:page_ref_mod: ${ARGS}\n\tffffffff812ae1b0 inner (k)\n> \tffffffff812ae1b1 outer (k)\n`,
  ],
])('a stack of %s that goes on in quoted lines is one stack, however the text is cut', (_, format, text) => {
  const bytes = new TextEncoder().encode(text)
  const whole = toldTrace(traceFromBytes(bytes, format))
  expect(whole.events.map((event) => event.stack)).toEqual([['inner', 'outer']])
  expect(toldTrace(traceFromBytes(bytes, format, 'cut', 1))).toEqual(whole)
})
