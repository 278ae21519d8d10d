import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readLines } from '../../../src/formats/raw-lines.ts'
import { filesOf, gz, sourceOf } from '../read-bytes.ts'
import { writeTraceDat } from './made-file.ts'
import { STORIES } from './made-stories.ts'

const FOLDER = new URL('../../fixtures/trace-dat/', import.meta.url)
const MACHINES = [true, false].flatMap((isLittle) => ([4, 8] as const).map((longBytes) => ({ isLittle, longBytes })))
const FORMS = [
  { version: 6, compression: 'none' },
  { version: 7, compression: 'none' },
  { version: 7, compression: 'zlib' },
] as const

describe.each(Object.keys(STORIES))('the story "%s"', (name) => {
  describe.each(MACHINES)('little-endian $isLittle, long of $longBytes bytes', (machine) => {
    const expected = linesOf(readFileSync(new URL(`made-${name}-${machine.longBytes}.txt`, FOLDER), 'utf8'))

    test.each(FORMS)('prints as trace-cmd report does: version $version, $compression', async (form) => {
      const bytes = writeTraceDat({ ...STORIES[name](machine), ...form })
      expect(await printed(bytes)).toEqual(expected)
      expect(await printed(gz(bytes), 'unknown.bin', 100)).toEqual(expected)
      expect(await printed(bytes, 'trace.txt', 100)).toEqual(expected)
    })
  })
})

test('a recording of trace-cmd prints as its own report does', async () => {
  const [, ...report] = readFileSync(new URL('recording-612-v7-zstd.txt', FOLDER), 'utf8')
    .replaceAll(/\n=> /g, ' => ')
    .split('\n')
  const bytes = new Uint8Array(readFileSync(new URL('recording-612-v7-zstd.dat', FOLDER)))
  expect(await printed(bytes)).toEqual(report.filter((line) => line !== '').map((line) => line.trimEnd()))
})

/** Every record as text, without the modules that trace-cmd leaves out of its stacks. */
async function printed(bytes: Uint8Array, name = 'trace.dat', pieceBytes?: number): Promise<readonly string[]> {
  const source = sourceOf(bytes, name, pieceBytes)
  const [file] = await filesOf([source])
  expect(file.damage).toEqual([])
  const wanted = Array.from({ length: file.ledger.total }, (_, at) => at + 1)
  const found = await readLines(source, file, wanted)
  return found.ok ? [...found.value.values()].map((line) => line.replaceAll(/ \[\w+\] \(/g, ' (')) : [found.error]
}

/** trace-cmd puts no blank between the CPU and a count of 13 digits. */
function linesOf(text: string): readonly string[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(/(\[\d+\])(\d)/, '$1 $2'))
}
