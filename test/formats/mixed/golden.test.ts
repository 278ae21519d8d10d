import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Source } from '../../../src/formats/source.ts'
import { toldTrace } from '../../support/told-trace.ts'
import { crlf, factsOf, fateOf, gz, sourceOf, traceOf } from '../read-bytes.ts'

const FOLDER = new URL('../../fixtures/mixed/', import.meta.url)
const NAMES = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'))

async function resultOf(source: Source): Promise<unknown> {
  const trace = await traceOf([source])
  const { events, losses } = toldTrace(trace)
  return JSON.parse(JSON.stringify({ ...fateOf(trace.files[0]), events, losses, ...factsOf(trace) }))
}

/** `UPDATE_GOLDEN=1` writes what was read; look at the difference before it is committed. */
function storedResult(path: URL, actual: unknown): unknown {
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, `${JSON.stringify(actual, undefined, 2)}\n`)
  return JSON.parse(readFileSync(path, 'utf8'))
}

describe.each(NAMES)('%s', (name) => {
  const text = readFileSync(new URL(name, FOLDER), 'utf8')

  test('gives what is stored, however it is cut, packed, ended or named', async () => {
    const whole = await resultOf(sourceOf(text, name))
    expect(whole).toEqual(storedResult(new URL(name.replace('.txt', '.json'), FOLDER), whole))
    expect(await resultOf(sourceOf(text, name, 1))).toEqual(whole)
    expect(await resultOf(sourceOf(text, name, 100))).toEqual(whole)
    expect(await resultOf(sourceOf(crlf(text), name))).toEqual(whole)
    expect(await resultOf(sourceOf(gz(text), 'unknown.bin'))).toEqual(whole)
    expect(await resultOf(sourceOf(text.replaceAll(/^(?=.)/gm, '> '), name))).toEqual(whole)
  })
})
