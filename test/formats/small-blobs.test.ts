import { expect, test } from 'vitest'
import { openArchives } from '../../src/formats/archives/open-archives.ts'
import { readTrace } from '../../src/formats/read-trace.ts'
import { sourcesOfBlobs } from '../../src/formats/small-blobs.ts'
import { sourceOfBlob } from '../../src/formats/source.ts'
import { tracedText } from '../support/tell.ts'
import { LEAK } from '../support/told-capture.ts'
import { allOf } from './in-parts.ts'

/** A file as a browser gives it: what is asked of the disk is counted, and refused when it is not what was chosen. */
class DiskFile extends File {
  asked = 0
  isOther = false

  override async arrayBuffer(): Promise<ArrayBuffer> {
    this.#ask()
    return super.arrayBuffer()
  }

  override slice(...range: Parameters<File['slice']>): Blob {
    this.#ask()
    return super.slice(...range)
  }

  override stream(): ReturnType<File['stream']> {
    this.#ask()
    return super.stream()
  }

  #ask(): void {
    this.asked++
    if (this.isOther) throw new DOMException('the file is not what was chosen', 'NotReadableError')
  }
}

const TRACE = `${tracedText(LEAK)}\n`
const notes = Array.from({ length: 200 }, (_, row) => `note ${row}\n`)
const folder = (): DiskFile[] => [
  ...notes.map((text, row) => new DiskFile([text], `note-${row}.txt`)),
  new DiskFile([notes[7]], 'copy.txt'),
  new DiskFile([TRACE], 'trace.txt'),
]

test('the disk is asked once for each of many small files, and what is read is the same', async () => {
  const files = folder()
  const read = await readTrace(await openArchives(sourcesOfBlobs(files)))
  const alone = await readTrace(await openArchives(folder().map(sourceOfBlob)))
  if (!read.ok || !alone.ok) throw new Error('it is not read')
  expect(allOf(read.value)).toEqual(allOf(alone.value))
  expect(read.value.files.find(({ name }) => name === 'copy.txt')?.notices).toEqual([
    'the same bytes as note-7.txt: read once',
  ])
  expect(files.map(({ asked }) => asked)).toEqual(files.map(() => 1))
})

test('once files are read the disk is asked again, so that one that changed is told', async () => {
  const files = folder()
  const sources = sourcesOfBlobs(files)
  await readTrace(sources)
  const last = sources.length - 1
  expect(await new Response(sources[last].slice?.(0, 10)).text()).toBe(TRACE.slice(0, 10))
  expect(await sources[last].changed?.()).toBe(false)
  files[last].isOther = true
  expect(await sources[last].changed?.()).toBe(true)
})

test('a small file that cannot be read is told of, and the others are read', async () => {
  const files = folder()
  files[3].isOther = true
  const read = await readTrace(await openArchives(sourcesOfBlobs(files)))
  if (!read.ok) throw new Error('it is not read')
  expect(read.value.files[3].damage.map(({ message }) => message).join()).toContain('not what was chosen')
  expect(read.value.events).toHaveLength(8)
})
