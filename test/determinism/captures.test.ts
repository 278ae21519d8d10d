import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { layOut, textOf } from './captures.ts'

const LINES = Array.from({ length: 40_000 }, (_, at) => `line ${at} ${'x'.repeat(at % 50)}\n`).join('')
const SHORT = 'one\ntwo'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pinscope-captures-'))
  mkdirSync(join(folder, 'mine'))
  writeFileSync(join(folder, 'mine', 'packed.txt.gz'), gzipSync(LINES))
  writeFileSync(join(folder, 'mine', 'plain.txt'), LINES)
  writeFileSync(join(folder, 'mine', 'short.txt'), SHORT)
})

afterEach(() => rmSync(folder, { recursive: true }))

async function layOutMine(headBytes?: number): Promise<Readonly<Record<'name' | 'plain' | 'gz', string>>> {
  const { name, folders, textBytes } = await layOut(join(folder, 'mine'), join(folder, 'into'), headBytes)
  const files = ['packed.txt', 'plain.txt', 'short.txt']
  const plain = files.map((file) => readFileSync(join(folders.plain, file), 'latin1')).join('|')
  const gz = files.map((file) => gunzipSync(readFileSync(join(folders.gz, file))).toString('latin1')).join('|')
  expect(textBytes).toBe(plain.length - 2)
  return { name, plain, gz }
}

test('a capture is laid out plain and packed, with the same texts under the same names', async () => {
  const whole = [LINES, LINES, SHORT].join('|')
  expect(await layOutMine()).toEqual({ name: 'mine', plain: whole, gz: whole })
})

test.each(['gone.txt', 'gone.txt.gz'])('a file that cannot be read fails whoever reads its text: %s', async (name) => {
  await expect(textOf(join(folder, name)).toArray()).rejects.toThrow('ENOENT')
})

describe('the head of a capture', () => {
  // In the middle of a line, at its last byte, at its first, and where the pieces of a stream meet.
  test.each([10_000, LINES.indexOf('line 700 '), LINES.indexOf('line 700 ') + 1, 1 << 16])(
    'has each text up to the end of the line with byte %i, and a shorter one whole',
    async (bytes) => {
      const head = LINES.slice(0, LINES.indexOf('\n', bytes - 1) + 1)
      const all = [head, head, SHORT].join('|')
      expect(await layOutMine(bytes)).toEqual({ name: 'mine (head)', plain: all, gz: all })
    },
  )
})
