import { expect, test } from 'vitest'
import { SameBytes } from '../../src/formats/same-bytes.ts'
import { readTrace } from '../../src/formats/read-trace.ts'
import { sourceOfBlob } from '../../src/formats/source.ts'

const FILES = 400

test('of files of one size each is looked at a few times, not once for each of the others', async () => {
  const blobs = Array.from(
    { length: FILES },
    (_, row) => new File([`note ${String(row).padStart(5, '0')}`], `${row}.txt`),
  )
  const sources = blobs.map(sourceOfBlob)
  const read = await readTrace(sources)
  if (read.ok) throw new Error('none of them is a capture')
  let looks = 0
  const files = new Proxy([...read.error.files], {
    get: (all, name, self) => {
      looks++
      return Reflect.get(all, name, self)
    },
  })
  const same = new SameBytes(files, sources)
  for (let row = 0; row < FILES; row++) {
    const { hash, sizeBytes } = files[row]
    if (hash.kind !== 'known') throw new Error('it has no hash')
    expect(await same.hasAlike(sources[row])).toBe(row > 0)
    expect(same.find(sizeBytes, hash.sha256)).toBeUndefined()
    same.note(row)
    expect(same.find(sizeBytes, hash.sha256)?.name).toBe(`${row}.txt`)
  }
  expect(looks).toBeLessThan(FILES * 6)
})
