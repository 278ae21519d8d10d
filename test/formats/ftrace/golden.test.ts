import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ftrace } from '../../../src/formats/ftrace/ftrace.ts'
import { toldTrace } from '../../support/told-trace.ts'
import { traceFromBytes } from '../../support/trace-from-text.ts'
import { gz, sourceOf, traceOf } from '../read-bytes.ts'

const FOLDER = new URL('../../fixtures/ftrace/', import.meta.url)
const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.replace(/\.txt$/, ''))

/** Quoted and wrapped by mail programs: as files they are read as mails. */
const MAILS = ['cut-lines']

describe.each(NAMES)('%s', (name) => {
  const bytes = new Uint8Array(readFileSync(new URL(`${name}.txt`, FOLDER)))
  const whole = toldTrace(traceFromBytes(bytes))
  const golden = new URL(`${name}.json`, FOLDER)
  if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(golden, `${JSON.stringify(whole, undefined, 1)}\n`)
  const expected: unknown = JSON.parse(readFileSync(golden, 'utf8'))

  test('is read as it should be', () => {
    expect(whole).toEqual(expected)
  })

  test('is read the same line by line and in pieces of 100 bytes', () => {
    expect(toldTrace(traceFromBytes(bytes, ftrace, name, 1))).toEqual(expected)
    expect(toldTrace(traceFromBytes(bytes, ftrace, name, 100))).toEqual(expected)
  })

  test('is read the same with CRLF', () => {
    expect(toldTrace(traceFromBytes(withCrLf(bytes)))).toEqual(expected)
  })

  test('is read the same under the name "unknown" and without its last line feed', () => {
    expect(toldTrace(traceFromBytes(bytes.subarray(0, bytes.length - 1), ftrace, 'unknown'))).toEqual(expected)
  })

  test('counts every line once', () => {
    const { ledger } = whole
    expect(ledger.parsed + ledger.skipped + ledger.rejected).toBe(bytes.filter((byte) => byte === 10).length)
  })

  test('is known by its content', () => {
    expect(ftrace.sniff(headOf(bytes))).toBe(true)
  })

  test.skipIf(MAILS.includes(name))(
    'is read the same as a file, with CRLF, packed, or under another name',
    async () => {
      for (const content of [bytes, withCrLf(bytes), gz(bytes)]) {
        const trace = await traceOf([sourceOf(content, 'unknown.bin', 100)])
        expect(trace.files[0].format).toBe('ftrace')
        expect(toldTrace(trace)).toEqual(expected)
      }
    },
  )
})

function headOf(bytes: Uint8Array): Parameters<typeof ftrace.sniff>[0] {
  const lines = new TextDecoder().decode(bytes).split('\n').slice(0, 400)
  return { bytes, lines, isWhole: true }
}

function withCrLf(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from([...bytes].flatMap((byte) => (byte === 10 ? [13, 10] : [byte])))
}
