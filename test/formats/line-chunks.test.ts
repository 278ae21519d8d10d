import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { LINE_LIMIT, LineCutter } from '../../src/formats/line-chunks.ts'
import { LINE_STRIDE } from '../../src/model/source-file.ts'

interface Cut {
  readonly text: string
  readonly firstLines: readonly number[]
  readonly longLines: readonly number[]
  readonly lineCount: number
}

/** Cuts a text that comes in pieces; `text` is what was handed on. */
function cut(bytes: Uint8Array, pieceBytes: number): Cut {
  const texts: string[] = []
  const firstLines: number[] = []
  const longLines: number[] = []
  const cutter = new LineCutter({
    chunk: ({ bytes: held, start, end, firstLine }) => {
      texts.push(Buffer.from(held.subarray(start, end)).toString('latin1'))
      firstLines.push(firstLine)
    },
    longLine: (line) => longLines.push(line),
  })
  for (let at = 0; at < bytes.length; at += pieceBytes) cutter.push(bytes.subarray(at, at + pieceBytes))
  cutter.end()
  return { text: texts.join(''), firstLines, longLines, lineCount: cutter.lineCount }
}

const pieceSizes = [777, 65_536, 1 << 20, 16 << 20]

describe('lines around the limit', () => {
  test.each(pieceSizes)('one of 1 MiB is handed on, one byte more is refused, in pieces of %d', (pieceBytes) => {
    const fits = `${'a'.repeat(LINE_LIMIT)}\n`
    const tooLong = `${'b'.repeat(LINE_LIMIT + 1)}\n`
    const text = `first\n${fits}${tooLong}middle\n${tooLong}${tooLong}${fits}last`
    const result = cut(Buffer.from(text), pieceBytes)
    expect(result.text === `first\n${fits}middle\n${fits}last`).toBe(true)
    expect(result.longLines).toEqual([2, 4, 5])
    expect(result.lineCount).toBe(8)
  })

  test.each(pieceSizes)('the last may be too long and lack its end, in pieces of %d', (pieceBytes) => {
    const result = cut(Buffer.from(`x\n${'b'.repeat(5 << 20)}`), pieceBytes)
    expect(result).toMatchObject({ text: 'x\n', longLines: [1], lineCount: 2 })
  })
})

test('a chunk says which line it begins with, also behind a line that was left out', () => {
  const line = `${'x'.repeat(99)}\n`
  const text = line.repeat(30_000) + `${'y'.repeat(3 << 20)}\n` + line.repeat(30_000)
  const result = cut(Buffer.from(text), 100_000)
  expect(result.text === line.repeat(60_000)).toBe(true)
  expect(result.lineCount).toBe(60_001)
  expect(result.firstLines).toContain(30_001)
  expect(result.longLines).toEqual([30_000])
})

test.prop([
  fc.array(fc.constantFrom('', 'a', 'bb', '\r', 'cccc'), { maxLength: 200 }),
  fc.integer({ min: 1, max: 40 }),
])('nothing is lost or changed, whatever the pieces', (lines, pieceBytes) => {
  const text = lines.join('\n')
  const result = cut(Buffer.from(text), pieceBytes)
  expect(result.text).toBe(text)
  expect(result.lineCount).toBe(text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0))
})

test.prop([
  fc.array(fc.constantFrom('', 'a', 'bb', '\r', 'cccc', 'd'.repeat(70)), { minLength: 1, maxLength: 40 }),
  fc.integer({ min: 60, max: 300 }),
  fc.integer({ min: 1, max: 5000 }),
  fc.integer({ min: 0, max: 3 }),
  fc.boolean(),
])('the index says where every 1024th line begins, whatever the pieces', (lines, times, pieceBytes, offset, hasEnd) => {
  const text = `${Array.from({ length: times }, () => lines.join('\n')).join('\n')}${hasEnd ? '\n' : 'e'}`
  const cutter = new LineCutter({ chunk: () => undefined, longLine: () => undefined }, offset)
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += pieceBytes) cutter.push(bytes.subarray(at, at + pieceBytes))
  cutter.end()
  const starts = [offset, ...[...text.matchAll(/\n(?!$)/g)].map((lf) => offset + lf.index + 1)]
  const { line, offset: told } = cutter.marks()
  const marked = [...starts.keys()].filter((row) => row % LINE_STRIDE === 0)
  expect(Array.from(line as ArrayLike<number>)).toEqual(marked)
  expect(Array.from(told as ArrayLike<number>)).toEqual(marked.map((row) => starts[row]))
})
