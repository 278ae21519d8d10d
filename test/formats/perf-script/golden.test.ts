import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { perfScript } from '../../../src/formats/perf-script/perf-script.ts'
import { toldTrace } from '../../support/told-trace.ts'
import { countLines, traceFromBytes } from '../../support/trace-from-text.ts'
import { crlf, gz, sourceOf, traceOf } from '../read-bytes.ts'

const FOLDER = new URL('../../fixtures/perf-script/', import.meta.url)
const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.replace(/\.txt$/, ''))

describe.each(NAMES)('%s', (name) => {
  const bytes = new Uint8Array(readFileSync(new URL(`${name}.txt`, FOLDER)))
  const whole = toldTrace(traceFromBytes(bytes, perfScript))
  const golden = new URL(`${name}.json`, FOLDER)
  if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(golden, `${JSON.stringify(whole, undefined, 1)}\n`)
  const expected: unknown = JSON.parse(readFileSync(golden, 'utf8'))

  test('is read as it should be, line by line and in pieces of 100 bytes too', () => {
    expect(whole).toEqual(expected)
    expect(toldTrace(traceFromBytes(bytes, perfScript, name, 1))).toEqual(expected)
    expect(toldTrace(traceFromBytes(bytes, perfScript, name, 100))).toEqual(expected)
  })

  test('is known by its content and read the same with CRLF, packed, or under another name', async () => {
    const text = new TextDecoder().decode(bytes)
    for (const content of [bytes, crlf(text), gz(bytes)]) {
      const trace = await traceOf([sourceOf(content, 'unknown.bin', 100)])
      expect(trace.files[0].format).toBe('perf_script')
      expect(toldTrace(trace)).toEqual(expected)
    }
  })

  test('counts every line once', () => {
    const { ledger } = whole
    expect(ledger.parsed + ledger.skipped + ledger.rejected).toBe(countLines(bytes))
  })
})
