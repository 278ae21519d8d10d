import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { crlf, gz, sourceOf, traceOf } from '../read-bytes.ts'
import { toldPinners } from './told-pinners.ts'

const FOLDER = new URL('../../fixtures/page-pinner/', import.meta.url)
const NAMES = readdirSync(FOLDER).filter((name) => name.endsWith('.txt'))

test.each(NAMES)('%s gives what is stored, however it is cut, packed, ended or named', async (name) => {
  const text = readFileSync(new URL(name, FOLDER), 'utf8')
  const trace = await traceOf([sourceOf(text, name)])
  const whole: unknown = JSON.parse(JSON.stringify(toldPinners(trace)))
  const golden = new URL(name.replace('.txt', '.json'), FOLDER)
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(golden, `${JSON.stringify(whole, undefined, 1)}\n`)
  expect(trace.files[0].format).toBe('page_pinner')
  expect(whole).toEqual(JSON.parse(readFileSync(golden, 'utf8')))
  for (const pieceBytes of [1, 100]) {
    expect(toldPinners(await traceOf([sourceOf(text, name, pieceBytes)]))).toMatchObject({ ...(whole as object) })
  }
  for (const content of [crlf(text), gz(text)]) {
    const other = await traceOf([sourceOf(content, 'unknown.bin')])
    expect(JSON.parse(JSON.stringify(toldPinners(other)))).toEqual(whole)
  }
})

describe('a ring of 4096 records', () => {
  const record = 'Page pinned for 300001 us\nPFN 1 Block 0 type CMA Flags 0x0()\n a+0x1/0x2\n\n'

  test('that is full says that older records may be lost', async () => {
    const [full] = (await traceOf([sourceOf(record.repeat(4096))])).files
    expect(full.records).toBe(4096)
    expect(full.notices.join()).toContain('the ring may have wrapped')
  })

  test('that is not full says nothing of it', async () => {
    const [file] = (await traceOf([sourceOf(record.repeat(4095))])).files
    expect(file.notices.join()).not.toContain('wrapped')
  })
})
