import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readLines } from '../../../src/formats/raw-lines.ts'
import { toldTrace } from '../../support/told-trace.ts'
import { filesOf, gz, sourceOf, traceOf } from '../read-bytes.ts'
import { writeTraceDat } from './made-file.ts'
import { madeKernel } from './made-story.ts'

const TEXT = readFileSync(new URL('../../fixtures/ftrace/latency-format-612.txt', import.meta.url), 'utf8')
const LINES = TEXT.trimEnd().split('\n')
const KERNEL = madeKernel({ isLittle: true, longBytes: 8 })
const FORMS = [
  { version: 6, compression: 'none' },
  { version: 7, compression: 'none' },
  { version: 7, compression: 'zlib' },
] as const

/** As trace-cmd writes it for `record -p wakeup`; trace-cmd report (3.1.6) prints just the text of these. */
const fileOf = (form: (typeof FORMS)[number]): Uint8Array =>
  writeTraceDat({ ...KERNEL, ...form, buffers: [], latency: TEXT })

describe.each(FORMS)('the text of a latency tracer in a file of version $version, $compression', (form) => {
  test('tells what it tells as a file of its own', async () => {
    const alone = toldTrace(await traceOf([sourceOf(TEXT)]))
    for (const bytes of [fileOf(form), gz(fileOf(form))]) {
      const trace = await traceOf([sourceOf(bytes, 'unknown.bin', 100)])
      expect(trace.files[0]).toMatchObject({ format: 'trace_dat', ledger: alone.ledger, damage: [] })
      const { notices: _, ...told } = toldTrace(trace)
      const { notices: __, ...expected } = alone
      expect(told).toEqual(expected)
    }
  })

  test('is cited by its lines', async () => {
    const source = sourceOf(fileOf(form), 'trace.dat')
    const [file] = await filesOf([source])
    const found = await readLines(source, file, [1, 19, LINES.length, LINES.length + 1])
    const wanted = [1, 19, LINES.length].map((line) => [line, LINES[line - 1].trimEnd()])
    expect(found.ok && [...found.value].map(([line, text]) => [line, text.trimEnd()])).toEqual(wanted)
  })

  test('that is cut off is read up to the cut', async () => {
    const bytes = fileOf(form)
    const [file] = await filesOf([sourceOf(bytes.subarray(0, bytes.length - 3000), 'trace.dat')])
    expect(file.ledger.parsed + file.ledger.skipped + file.ledger.rejected).toBe(file.ledger.total)
  })
})
