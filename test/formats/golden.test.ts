import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { crlf, factsOf, fateOf, gz, sourceOf, traceOf } from './read-bytes.ts'
import { type Source } from '../../src/formats/source.ts'

const FOLDERS = ['page-owner', 'dmesg', 'kallsyms', 'page-types', 'stack-totals', 'machine']
const fixtures = new URL('../fixtures/', import.meta.url)

async function resultOf(source: Source): Promise<object> {
  const outcome = await readOrFail(source)
  return JSON.parse(JSON.stringify(outcome)) as object
}

async function readOrFail(source: Source): Promise<object> {
  const trace = await traceOf([source])
  return { ...fateOf(trace.files[0]), ...factsOf(trace) }
}

/** `UPDATE_GOLDEN=1` writes what was read; look at the difference before it is committed. */
function storedResult(path: URL, actual: object): unknown {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, `${JSON.stringify(actual, undefined, 2)}\n`)
  return JSON.parse(readFileSync(path, 'utf8'))
}

describe.each(FOLDERS)('the fixtures of %s', (folder) => {
  const names = readdirSync(new URL(`${folder}/`, fixtures)).filter((name) => name.endsWith('.txt'))

  test.each(names)('%s gives what is stored, however it is cut, packed, ended or named', async (name) => {
    const text = readFileSync(new URL(`${folder}/${name}`, fixtures), 'utf8')
    const whole = await resultOf(sourceOf(text, name))
    expect(whole).toEqual(storedResult(new URL(`${folder}/${name.replace('.txt', '.json')}`, fixtures), whole))
    expect(await resultOf(sourceOf(text, name, 100))).toEqual(whole)
    expect(await resultOf(sourceOf(text, name, 1))).toEqual(whole)
    expect(await resultOf(sourceOf(crlf(text), name))).toEqual(whole)
    expect(await resultOf(sourceOf(gz(text), name))).toEqual(whole)
    expect(await resultOf(sourceOf(text, 'unknown.bin'))).toEqual(whole)
  })
})
