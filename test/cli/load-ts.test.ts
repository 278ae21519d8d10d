import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const runTs = fileURLToPath(new URL('../../src/cli/run-ts.mjs', import.meta.url))
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'load-ts-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function write(name: string, text: string): Promise<string> {
  await writeFile(join(folder, name), text)
  return join(folder, name)
}

async function run(file: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [runTs, file, ...args])
  return stdout.trim()
}

test('a change in an imported file is seen by the next run', async () => {
  await write('value.ts', `export const value: string = 'old'`)
  const entry = await write('entry.ts', `import { value } from './value.ts'; console.log(value, process.argv[2])`)
  expect(await run(entry, 'a')).toBe('old a')
  expect(await run(entry, 'b')).toBe('old b')
  await write('value.ts', `export const value: string = 'newer'`)
  expect(await run(entry, 'c')).toBe('newer c')
})

test('many first runs at once all succeed', async () => {
  const entry = await write('together.ts', `console.log('together' satisfies string)`)
  expect(await Promise.all(Array.from({ length: 6 }, () => run(entry)))).toEqual(Array(6).fill('together'))
})

test('a worker and a data file are found beside the source', async () => {
  await write('data.txt', 'data')
  await write(
    'echo.worker.ts',
    `import { readFileSync } from 'node:fs'
     import { parentPort } from 'node:worker_threads'
     parentPort?.postMessage(readFileSync(new URL('./data.txt', import.meta.url), 'utf8'))`,
  )
  const entry = await write(
    'boss.ts',
    `import { Worker } from 'node:worker_threads'
     new Worker(new URL('./echo.worker.ts', import.meta.url)).on('message', (text: string) => console.log(text))`,
  )
  expect(await run(entry)).toBe('data')
})

test('a file that is not there is named', async () => {
  await expect(run(join(folder, 'absent.ts'))).rejects.toThrow('no such file')
})
