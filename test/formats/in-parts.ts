import { expect } from 'vitest'
import { buffersOf } from '../../src/base/buffers-of.ts'
import { answerShardJob } from '../../src/formats/shard-job.ts'
import { type ShardPool } from '../../src/formats/sharded-text.ts'
import { type Source } from '../../src/formats/source.ts'
import { type Trace } from '../../src/model/trace.ts'
import { bytesOf, fateOf, gz, sourceOf, traceOf } from './read-bytes.ts'

const PIECE_BYTES = 900

/** How many parts a pool was given, and how many of them it could not read by themselves. */
export interface Counts {
  read: number
  refused: number
}

/** A pool without threads; what goes in and out is copied as between threads. */
function poolOf(
  text: string,
  shardBytes: number,
  counts: Counts,
  fails: (read: number) => boolean = () => false,
): ShardPool {
  const bytes = bytesOf(text)
  return {
    width: 4,
    shardBytes,
    read: async (job) => {
      const told = structuredClone(job, { transfer: [...buffersOf(job.text)] })
      const { text: part } = told
      const [from, to] = Array.isArray(part) ? (part as [number, number]) : [0, 0]
      if (fails(counts.read++)) return {}
      const pieces = overwritten(part instanceof Uint8Array ? part : bytes.slice(from, to))
      const answer = await answerShardJob(told, pieces)
      if (answer.shard === undefined) counts.refused++
      return structuredClone(answer, { transfer: [...buffersOf(answer.text)] })
    },
  }
}

/** The bytes in pieces, each of which the next takes the place of: whoever keeps one of them shows it. */
async function* overwritten(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const piece = new Uint8Array(PIECE_BYTES)
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) {
    const next = bytes.subarray(at, at + PIECE_BYTES)
    piece.set(next)
    yield piece.subarray(0, next.length)
  }
  piece.fill(0xff)
}

function sourceWithParts(text: string): Source {
  return { ...sourceOf(text), part: (from, to) => [from, to], sha256: () => Promise.resolve('0'.repeat(64)) }
}

/** All that was read, ids included: they must not depend on the parts either. */
export function allOf(trace: Trace): object {
  const { files, events, stacks, frames, pages, tasks, contexts, shapes, owners, machine } = trace
  const { strings, losses, clock } = trace
  const plain = (table: object): object =>
    Object.fromEntries(
      Object.entries(table).flatMap(([name, values]) =>
        ArrayBuffer.isView(values) ? [[name, Array.from(values as Uint8Array)]] : [],
      ),
    )
  return {
    files: files.map((file) => ({ ...fateOf(file), lines: file.ledger.total, text: file.textBytes })),
    texts: Array.from({ length: strings.length }, (_, id) => strings.text(id as never)),
    tables: [events, stacks, frames, pages, tasks, contexts, shapes, owners, owners.shapes].map(plain),
    machine,
    savings: stacks.savings,
    losses,
    clock,
  }
}

/** The same of a packed text, of which every part is lost with its thread that `fails`. */
export async function packedBothWays(
  text: string,
  shardBytes: number,
  fails: (read: number) => boolean,
): Promise<Counts> {
  const counts = { read: 0, refused: 0 }
  const packed = (): Source => sourceOf(gz(text))
  const shards = poolOf(text, shardBytes, counts, fails)
  expect(allOf(await traceOf([packed()], { shards }))).toEqual(allOf(await traceOf([packed()])))
  return counts
}

/** Expects the same of a text that is read whole and in parts, of a plain file and of one that comes in pieces. */
export async function bothWays(text: string, shardBytes: number, fails?: (read: number) => boolean): Promise<Counts> {
  const counts = { read: 0, refused: 0 }
  const whole = allOf(await traceOf([sourceWithParts(text)]))
  const shards = poolOf(text, shardBytes, counts, fails)
  expect(allOf(await traceOf([sourceWithParts(text)], { shards }))).toEqual(whole)
  expect(allOf(await traceOf([sourceOf(text)], { shards }))).toEqual(whole)
  return counts
}
