import { expect, test } from 'vitest'
import { openArchives } from '../../../src/formats/archives/open-archives.ts'
import { readLines } from '../../../src/formats/raw-lines.ts'
import { readTrace } from '../../../src/formats/read-trace.ts'
import { sourceOfBlob } from '../../../src/formats/source.ts'
import { TraceSession } from '../../../src/bridge/session.ts'

const PACKED: readonly (readonly [name: string, address: URL])[] = [
  ['cap.zip', new URL('../../fixtures/packed/cap.zip', import.meta.url)],
  ['cap.tar.gz', new URL('../../fixtures/packed/cap.tar.gz', import.meta.url)],
  ['cap.tar.zst', new URL('../../fixtures/packed/cap.tar.zst', import.meta.url)],
]

async function fileOf(name: string, address: URL): Promise<File> {
  return new File([await (await fetch(address)).arrayBuffer()], name)
}

test.each(PACKED)('a browser opens %s, reads its members and shows their lines again', async (name, address) => {
  const sources = await openArchives([sourceOfBlob(await fileOf(name, address))])
  const outcome = await readTrace(sources)
  const files = outcome.ok ? outcome.value.files : outcome.error.files
  expect(files.map((file) => [file.name, file.format, file.damage])).toEqual([
    [`${name}/cap/dmesg.txt.gz`, 'dmesg', []],
    [`${name}/cap/page_owner.txt`, 'page_owner', []],
    [`${name}/cap/trace.txt`, 'ftrace', []],
  ])
  const found = await readLines(sources[1], files[1], [1])
  expect(found.ok && found.value.get(1)).toMatch(/^Page allocated via order/)
})

test('the session takes an archive as it takes files, and more files beside it', async () => {
  const session = new TraceSession()
  const first = await session.load([await fileOf(...PACKED[0])], false, () => undefined)
  expect(first).toMatchObject({ ok: true })
  const more = new File(['start_pfn=1 end_pfn=2\n'], 'window.txt')
  const both = await session.load([more], true, () => undefined)
  expect(both.ok && both.overview.files.map((file) => file.name)).toEqual([
    'cap.zip/cap/dmesg.txt.gz',
    'cap.zip/cap/page_owner.txt',
    'cap.zip/cap/trace.txt',
    'window.txt',
  ])
})
