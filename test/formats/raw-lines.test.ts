import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { nodeInflate } from '../../src/cli/node-source.ts'
import { readLines } from '../../src/formats/raw-lines.ts'
import { type Source } from '../../src/formats/source.ts'
import { crlf, filesOf, gz, sourceOf } from './read-bytes.ts'

const LINES = Array.from({ length: 20_000 }, (_, row) => `line ${row + 1} ${'é'.repeat(row % 40)}`)
const TEXT = `${LINES.join('\n')}\n`

async function linesOf(source: Source, wanted: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const [file] = await filesOf([source])
  const found = await readLines(source, file, wanted)
  if (!found.ok) throw new Error(found.error)
  return found.value
}

function expected(wanted: readonly number[]): ReadonlyMap<number, string> {
  return new Map(wanted.filter((line) => line <= LINES.length).map((line) => [line, LINES[line - 1]]))
}

const someLines = fc.uniqueArray(fc.integer({ min: 1, max: LINES.length + 3 }), { maxLength: 300 })

test.prop(
  [
    someLines,
    fc.constantFrom('plain', 'packed', 'crlf', 'marked', 'utf-16', 'utf-16 cut'),
    fc.constantFrom(1000, 1 << 20),
  ],
  {
    numRuns: 30,
  },
)(
  'any lines come back as they are, from a file of any packing',
  async (lines, kind, pieceBytes) => {
    const wanted = lines.sort((a, b) => a - b)
    const content = {
      plain: TEXT,
      packed: gz(TEXT),
      crlf: crlf(TEXT),
      marked: `\uFEFF${TEXT}`,
      'utf-16': Buffer.from(`\uFEFF${TEXT}`, 'utf16le'),
      'utf-16 cut': Buffer.from(TEXT, 'utf16le').swap16(),
    }[kind]
    expect(await linesOf(sourceOf(content, 'x', pieceBytes), wanted)).toEqual(expected(wanted))
  },
  60_000,
)

describe('single lines', () => {
  test('are cut to 4096 characters', async () => {
    const source = sourceOf(`${'ä'.repeat(9000)}\nnext\n`)
    const found = await linesOf(source, [1, 2])
    expect(found.get(1)).toBe('ä'.repeat(4096))
    expect(found.get(2)).toBe('next')
  })

  test('behind a line that was too long to read are found', async () => {
    const source = sourceOf(`a\n${'x'.repeat(3 << 20)}\nb\nc`)
    const found = await linesOf(source, [1, 2, 3, 4, 5])
    expect([...found.keys()]).toEqual([1, 2, 3, 4])
    expect(found.get(3)).toBe('b')
    expect(found.get(4)).toBe('c')
  })

  test('of a plain file are sought, not read through', async () => {
    let read = 0
    const source = sourceOf(TEXT)
    const watched: Source = {
      ...source,
      slice: (from, to) => {
        read += to - from
        return sourceOf(TEXT).slice?.(from, to) ?? source.stream()
      },
    }
    const [file] = await filesOf([source])
    await readLines(watched, file, [10, 19_000])
    expect(read).toBeLessThan(TEXT.length / 4)
  })

  test('of a packed file are not unpacked beyond the last', async () => {
    const hex = (row: number): string => (Math.imul(row, 0x9e3779b1) >>> 0).toString(16)
    const packed = gz(Array.from({ length: 200_000 }, (_, row) => `${hex(row)}${hex(row * 31)}\n`).join(''))
    let read = 0
    const source = sourceOf(packed, 'x', 1 << 14)
    const watched: Source = {
      ...source,
      stream: () =>
        source.stream().pipeThrough(
          new TransformStream<Uint8Array, Uint8Array>({
            transform: (piece, controller) => {
              read += piece.length
              controller.enqueue(piece)
            },
          }),
        ),
    }
    const [file] = await filesOf([source])
    await readLines(watched, file, [3], { inflate: nodeInflate }) // Node's DecompressionStream reads ahead without limit
    expect(read).toBeLessThan(packed.length / 2)
  })

  test('of a file that has changed are not shown', async () => {
    const [file] = await filesOf([sourceOf(TEXT, 'a.txt')])
    const other = await readLines(sourceOf(`${TEXT}more\n`, 'a.txt'), file, [1])
    expect(other).toEqual({ ok: false, error: 'a.txt has changed since it was read; load it again to see its lines' })
    const touched = await readLines({ ...sourceOf(TEXT), changed: () => Promise.resolve(true) }, file, [1])
    expect(touched.ok).toBe(false)
  })

  test('of a file that is gone are a failure in words', async () => {
    const [file] = await filesOf([sourceOf(TEXT, 'a.txt')])
    const gone: Source = {
      ...sourceOf(TEXT),
      slice: () => new ReadableStream({ pull: (controller) => controller.error(new Error('no such file')) }),
    }
    expect(await readLines(gone, file, [1])).toEqual({
      ok: false,
      error: 'a.txt can no longer be read (no such file); load it again',
    })
  })
})
