import { readdirSync, readFileSync } from 'node:fs'
import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { perfScript } from '../../../src/formats/perf-script/perf-script.ts'
import { toldTrace } from '../../support/told-trace.ts'
import { countLines, traceFromBytes } from '../../support/trace-from-text.ts'

const FOLDER = new URL('../../fixtures/perf-script/', import.meta.url)
const LINES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .flatMap((name) => readFileSync(new URL(name, FOLDER), 'utf8').split('\n'))
const encoder = new TextEncoder()

/** Lines of real files in any order, some of them cut short, with any line end. */
const medley = fc
  .array(
    fc.tuple(fc.constantFrom(...LINES), fc.constantFrom('\n', '\n', '\n', '\r\n', '', '\0\n', '\n\n'), fc.nat(400)),
    { maxLength: 80 },
  )
  .map((parts) => parts.map(([line, end, cut]) => (cut < 300 ? line : line.slice(0, cut - 300)) + end).join(''))
  .map((text) => encoder.encode(text))

function linesOf(bytes: Uint8Array): number {
  return countLines(bytes) + (bytes.length > 0 && bytes[bytes.length - 1] !== 10 ? 1 : 0)
}

test.prop([fc.oneof(medley, fc.uint8Array({ maxLength: 2000 }))], { numRuns: 200 })(
  'never throws, and counts every line once',
  (bytes) => {
    const { ledger } = traceFromBytes(bytes, perfScript).files[0]
    expect(ledger.parsed + ledger.skipped + ledger.rejected).toBe(linesOf(bytes))
  },
)

test.prop([medley, fc.integer({ min: 1, max: 500 })], { numRuns: 200 })(
  'gives the same trace however it is cut into pieces',
  (bytes, size) => {
    expect(toldTrace(traceFromBytes(bytes, perfScript, 'a', size))).toEqual(
      toldTrace(traceFromBytes(bytes, perfScript)),
    )
  },
)

const sample = fc.record({
  comm: fc
    .stringMatching(/^[a-zA-Z0-9:/_.[\]() -]{1,15}$/)
    .filter((text) => text.trim() !== '' && !/\d\.\d+: /.test(text)),
  tid: fc.nat(4_000_000),
  cpu: fc.nat(999),
  usec: fc.nat(999_999),
  pfn: fc.integer({ min: 1, max: 2 ** 40 }),
  count: fc.integer({ min: -5, max: 5000 }),
  val: fc.integer({ min: -1024, max: 1024 }),
})

test.prop([fc.array(sample, { minLength: 1, maxLength: 20 })])(
  'reads back every field of a sample, whatever the comm is',
  (samples) => {
    const text = samples.map(
      ({ comm, tid, cpu, usec, pfn, count, val }) =>
        `${comm.padStart(16)} ${String(tid).padStart(7)} [${String(cpu).padStart(3, '0')}]     7.${String(usec).padStart(6, '0')}:  page_ref:page_ref_mod: pfn=0x${pfn.toString(16)} flags=0x28 count=${count} mapcount=0 mapping=(nil) mt=1 val=${val}\n`,
    )
    const trace = traceFromBytes(encoder.encode(text.join('')), perfScript)
    const { events, contexts, tasks, strings, pages, shapes } = trace
    expect(trace.files[0].ledger.rejected).toBe(0)
    const found = Array.from({ length: events.length }, (_, row) => ({
      comm: strings.text(tasks.comm[contexts.task[events.context[row]]]),
      tid: tasks.pid[contexts.task[events.context[row]]],
      cpu: contexts.cpu[events.context[row]],
      usec: events.time[row] / 1000,
      pfn: pages.pfn[events.page[row]] as number,
      count: events.count[row],
      val: shapes.val[events.shape[row]],
    }))
    const told = samples.map((one) => ({ ...one, comm: one.comm.trim() })).toSorted((a, b) => a.usec - b.usec)
    expect(found).toEqual(told)
  },
)
