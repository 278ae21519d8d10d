import { describe, expect, test } from 'vitest'
import { LF } from '../../src/base/ascii.ts'
import { ftraceShards } from '../../src/formats/ftrace/ftrace-shards.ts'
import { sourceOfBlob } from '../../src/formats/source.ts'
import { partsOfSource, type SeekableSource } from '../../src/formats/text-parts.ts'

const ENTRY = new TextEncoder().encode(
  '\n  init-1  [000] .....  1.000004: page_ref_mod: pfn=0x1 flags=none count=4 mapcount=1 mapping=0000000000000000 mt=4 val=1\n',
)
const PART_BYTES = 16 << 20
const SIZE = PART_BYTES * 4 + 300_000
const FIRST = 1000
const LINE = 20_000
const HASH = 35

/** Comments, with an entry every so often: a part may begin with that. */
function textWithEntries(every: number): Uint8Array<ArrayBuffer> {
  const text = new Uint8Array(SIZE).fill(HASH)
  for (let at = LINE - 1; at < SIZE; at += LINE) text[at] = LF
  for (let at = FIRST - 1; at + ENTRY.length < SIZE; at += every) text.set(ENTRY, at)
  return text
}

function sourceOf(text: Uint8Array<ArrayBuffer>): SeekableSource {
  const source = sourceOfBlob(new File([text], 'trace.txt'))
  const slice = (from: number, to: number): ReadableStream<Uint8Array> => new Blob([text.subarray(from, to)]).stream()
  return { ...source, slice, part: (from, to) => [from, to] }
}

describe('the parts of a large file', () => {
  test.each([
    ['as long as was asked for', 100_001, 5],
    ['longer where no part may begin', 17_000_000, 4],
  ])('are all of it, one behind the other, %s', async (_, every, count) => {
    const text = textWithEntries(every)
    const positions: number[] = []
    const parts = partsOfSource(sourceOf(text), ftraceShards, FIRST, (position) => void positions.push(position))
    const read: unknown[] = []
    for (let part = await parts.next(PART_BYTES); part !== undefined; part = await parts.next(PART_BYTES)) {
      read.push(part.told?.text)
      part.done?.({})
    }
    expect(read).toHaveLength(count)
    expect(read).toEqual(positions.map((to, row) => [positions[row - 1] ?? FIRST, to]))
    expect(positions.at(-1)).toBe(SIZE)
  })

  test('are the same for who asks for the last ones first', async () => {
    const parts = partsOfSource(sourceOf(textWithEntries(100_001)), ftraceShards, FIRST, () => undefined)
    const size = 4 << 20
    const last = await parts.last?.(size, 2)
    const places: unknown[] = []
    for (let part = await parts.next(size); part !== undefined; part = await parts.next(size)) places.push(part.place)
    expect(last?.map(({ place }) => place)).toEqual(places.slice(-2))
    expect(await parts.last?.(PART_BYTES, 2)).toEqual([])
  })
})
