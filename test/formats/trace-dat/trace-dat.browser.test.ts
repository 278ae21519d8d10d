import { expect, test } from 'vitest'
import { readTrace } from '../../../src/formats/read-trace.ts'
import { readLines } from '../../../src/formats/raw-lines.ts'
import { sourceOfBlob } from '../../../src/formats/source.ts'
import { writeTraceDat } from './made-file.ts'
import { STORIES } from './made-stories.ts'

const RECORDING = new URL('../../fixtures/trace-dat/recording-612-v7-zstd.dat', import.meta.url)

test('a browser reads a recording packed with zstd, and finds single records again', async () => {
  const source = sourceOfBlob(new File([await (await fetch(RECORDING)).blob()], 'trace.dat'))
  const outcome = await readTrace([source])
  if (!outcome.ok) throw new Error(outcome.error.message)
  const [file] = outcome.value.files
  expect(file).toMatchObject({ format: 'trace_dat', damage: [] })
  expect(file.ledger.rejected).toBe(0)
  const found = await readLines(source, file, [1])
  expect(found.ok && found.value.get(1)).toMatch(/init-1 .* page_ref_|kernel_stack/)
})

test('a browser reads blocks packed with zlib', async () => {
  const story = STORIES['entries']({ isLittle: true, longBytes: 8 })
  const bytes = writeTraceDat({ ...story, version: 7, compression: 'zlib' })
  const outcome = await readTrace([sourceOfBlob(new File([bytes], 'trace.dat'))])
  expect(outcome.ok && outcome.value.files[0]).toMatchObject({ records: 9, damage: [] })
})
