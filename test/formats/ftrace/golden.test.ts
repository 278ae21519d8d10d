import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ftrace } from '../../../src/formats/ftrace/ftrace.ts'
import { toldTrace } from '../../support/told-trace.ts'
import { traceFromBytes } from '../../support/trace-from-text.ts'

const FOLDER = new URL('../../fixtures/ftrace/', import.meta.url)
const NAMES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => name.replace(/\.txt$/, ''))

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
})

function headOf(bytes: Uint8Array): Parameters<typeof ftrace.sniff>[0] {
  const lines = new TextDecoder().decode(bytes).split('\n').slice(0, 400)
  return { bytes, lines, isWhole: true }
}

function withCrLf(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from([...bytes].flatMap((byte) => (byte === 10 ? [13, 10] : [byte])))
}
