import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { LF } from '../../src/base/ascii.ts'
import { createNodeSha256 } from '../../src/cli/node-source.ts'
import { ftraceShards } from '../../src/formats/ftrace/ftrace-shards.ts'
import { sourceOfBlob } from '../../src/formats/source.ts'
import { partsOfSource, type SeekableSource } from '../../src/formats/text-parts.ts'
import { answerShardJob } from '../../src/formats/shard-job.ts'
import { HASH_PIECE_BYTES, HASH_WHOLE_BYTES } from '../../src/model/source-file.ts'

const ENTRY = new TextEncoder().encode(
  '\n  init-1  [000] .....  1.000004: page_ref_mod: pfn=0x1 flags=none count=4 mapcount=1 mapping=0000000000000000 mt=4 val=1\n',
)
const SIZE = HASH_WHOLE_BYTES + 300_000
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
    ['and all of its pieces are hashed by who reads them', 100_001, [0, 1, 2, 3, 4]],
    ['and pieces that no part begins in are left to be hashed', 20_000_000, [0, 1]],
  ])('are all of it, one behind the other, %s', async (_, every, hashed) => {
    const text = textWithEntries(every)
    const sums = new Map<number, string>()
    const onSum = (piece: number, sum: string): void => void sums.set(piece, sum)
    const next = partsOfSource(sourceOf(text), ftraceShards, FIRST, { onBytes: () => undefined, onSum })
    let at = FIRST
    for (let part = await next(HASH_PIECE_BYTES); part !== undefined; part = await next(HASH_PIECE_BYTES)) {
      const { told } = part
      if (told?.range === undefined) throw new Error('every part is told as a place')
      const [from, to] = told.text as [number, number]
      expect(from + told.range.from).toBe(at)
      at = from + told.range.to
      const job = { ...told, format: 'ftrace' as const, settings: { irqColumn: -1, originSeconds: 1 } }
      part.done?.(await answerShardJob(job, new Blob([text.subarray(from, to)]).stream(), createNodeSha256))
    }
    expect(at).toBe(SIZE)
    const sumOf = (piece: number): string =>
      createHash('sha256')
        .update(text.subarray(piece * HASH_PIECE_BYTES, (piece + 1) * HASH_PIECE_BYTES))
        .digest('hex')
    expect([...sums]).toEqual(hashed.map((piece) => [piece, sumOf(piece)]))
  })
})
