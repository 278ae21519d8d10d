import * as fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ftrace } from '../../../src/formats/ftrace/ftrace.ts'
import { toldTrace } from '../../support/told-trace.ts'
import { traceFromBytes } from '../../support/trace-from-text.ts'

const FOLDER = new URL('../../fixtures/ftrace/', import.meta.url)
/** Every line of every fixture: what the arbitrary traces are made of. */
const LINES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .flatMap((name) => readFileSync(new URL(name, FOLDER), 'latin1').split('\n'))

const anyLine = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...LINES) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...LINES), fc.nat(200)).map(([line, size]) => line.slice(0, size)) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ' ')) },
)
const anyTrace = fc
  .array(anyLine, { maxLength: 60 })
  .map((lines) => Uint8Array.from(lines.join('\n'), (character) => character.charCodeAt(0) & 0xff))

describe('any text', () => {
  test('gives the same trace however it is cut into pieces', () => {
    fc.assert(
      fc.property(anyTrace, fc.integer({ min: 1, max: 2000 }), (bytes, pieceBytes) => {
        const whole = toldTrace(traceFromBytes(bytes))
        expect(toldTrace(traceFromBytes(bytes, ftrace, 'trace.txt', pieceBytes))).toEqual(whole)
      }),
      { numRuns: 300 },
    )
  })

  test('has every line in exactly one of parsed, skipped and rejected', () => {
    fc.assert(
      fc.property(fc.oneof(anyTrace, fc.uint8Array({ maxLength: 500 })), (bytes) => {
        const [{ ledger, skippedBy, problems, records }] = traceFromBytes(bytes).files
        const isCut = bytes.length > 0 && bytes.at(-1) !== 10
        expect(ledger.parsed + ledger.skipped + ledger.rejected).toBe(
          bytes.filter((byte) => byte === 10).length + (isCut ? 1 : 0),
        )
        expect(sum([...skippedBy.values()])).toBe(ledger.skipped)
        expect(sum(problems.map((problem) => problem.count))).toBe(ledger.rejected)
        expect(records).toBeLessThanOrEqual(ledger.parsed)
      }),
      { numRuns: 300 },
    )
  })

  test('is sniffed without throwing', () => {
    fc.assert(
      fc.property(anyTrace, (bytes) => {
        const lines = new TextDecoder().decode(bytes).split('\n')
        expect(typeof ftrace.sniff({ bytes, lines, isWhole: true })).toBe('boolean')
      }),
    )
  })
})

test('reads a chunk in the middle of a larger buffer as if it stood alone', () => {
  const text = new Uint8Array(readFileSync(new URL('nop-612.txt', FOLDER)))
  const around = new Uint8Array(text.length + 300).fill(48)
  around.set(text, 100)
  const view = around.subarray(100, 100 + text.length)
  expect(toldTrace(traceFromBytes(view))).toEqual(toldTrace(traceFromBytes(text)))
})

test('takes a line of ten million bytes in linear time', () => {
  const long = new Uint8Array(10_000_000).fill(45)
  long.set(new TextEncoder().encode('    bash-12      [001] .....     1.000001: page_ref_mod: pfn=0x1 '), 0)
  const [{ ledger }] = traceFromBytes(long).files
  expect(ledger).toEqual({ total: 1, parsed: 0, skipped: 0, rejected: 1 })
})

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
