import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { readLines } from '../../../src/formats/raw-lines.ts'
import { filesOf, sourceOf } from '../read-bytes.ts'

const RECORDING = fileURLToPath(new URL('../../fixtures/trace-dat/recording-612-v7-zstd.dat', import.meta.url))
const FORMS = [
  ['6', 'none'],
  ['7', 'none'],
  ['7', 'zstd'],
] as const
/** trace-cmd is slow to start on a busy machine. */
const SLOW_MS = 60_000

const isInstalled = spawnSync('trace-cmd', ['--version']).error === undefined // it ends with 1
if (!isInstalled) console.warn('trace-cmd is not installed: what it converts is not compared with its report')
const folder = mkdtempSync(join(tmpdir(), 'trace-dat-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Lines of `trace-cmd report`, a stack behind its header. */
function reportOf(path: string): readonly string[] {
  const text = execFileSync('trace-cmd', ['report', '-t', '-i', path], { maxBuffer: 1 << 28 }).toString()
  const [, ...lines] = text.replaceAll(/\n=> /g, ' => ').trimEnd().split('\n')
  return lines.map((line) => line.trimEnd())
}

describe.skipIf(!isInstalled)('a file that trace-cmd converted', () => {
  test.each(FORMS)(
    'to version %s, %s, prints as its own report does',
    async (version, compression) => {
      const path = join(folder, `${version}-${compression}.dat`)
      const form = ['--file-version', version, '--compression', compression]
      execFileSync('trace-cmd', ['convert', '-i', RECORDING, '-o', path, ...form], { stdio: 'ignore' })
      const source = sourceOf(new Uint8Array(readFileSync(path)), 'trace.dat')
      const [file] = await filesOf([source])
      const wanted = Array.from({ length: file.ledger.total }, (_, row) => row + 1)
      const found = await readLines(source, file, wanted)
      const printed = found.ok ? [...found.value.values()] : [found.error]
      expect(printed.map((line) => line.replaceAll(/ \[\w+\] \(/g, ' ('))).toEqual(reportOf(path))
      expect(file).toMatchObject({ damage: [], ledger: { rejected: 0, skipped: 0 } })
    },
    SLOW_MS,
  )
})
