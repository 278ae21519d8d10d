import { readdirSync, readFileSync } from 'node:fs'
import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { pagePinner } from '../../../src/formats/page-pinner/page-pinner.ts'
import { countLines, traceFromBytes } from '../../support/trace-from-text.ts'
import { toldPinners } from './told-pinners.ts'

const FOLDER = new URL('../../fixtures/page-pinner/', import.meta.url)
const LINES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.txt'))
  .flatMap((name) => readFileSync(new URL(name, FOLDER), 'utf8').split('\n'))

/** Lines of real files in any order, some of them cut short, with any line end. */
const medley = fc
  .array(
    fc.tuple(fc.constantFrom(...LINES), fc.constantFrom('\n', '\n', '\n', '\r\n', '', '\0\n', '\n\n'), fc.nat(400)),
    { maxLength: 60 },
  )
  .map((parts) => parts.map(([line, end, cut]) => (cut < 300 ? line : line.slice(0, cut - 300)) + end).join(''))
  .map((text) => new TextEncoder().encode(text))

test.prop([fc.oneof(medley, fc.uint8Array({ maxLength: 2000 }))], { numRuns: 200 })(
  'never throws, and counts every line once',
  (bytes) => {
    const { ledger } = traceFromBytes(bytes, pagePinner).files[0]
    const isOpen = bytes.length > 0 && bytes[bytes.length - 1] !== 10
    expect(ledger.parsed + ledger.skipped + ledger.rejected).toBe(countLines(bytes) + (isOpen ? 1 : 0))
  },
)

test.prop([medley, fc.integer({ min: 1, max: 500 })], { numRuns: 200 })(
  'gives the same records however it is cut into pieces',
  (bytes, size) => {
    expect(toldPinners(traceFromBytes(bytes, pagePinner, 'a', size))).toEqual(
      toldPinners(traceFromBytes(bytes, pagePinner)),
    )
  },
)
