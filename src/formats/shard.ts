import { LF, textOf } from '../base/ascii.ts'
import { type TraceBuilder } from '../model/trace-builder.ts'
import { type CountingReader } from './format.ts'
import { LineCutter } from './line-chunks.ts'
import { type LineMarks } from './line-index.ts'
import { ProblemLog, type ProblemRows } from './problem-log.ts'

/** A part of a file that was read by itself, as plain data that can be sent to another thread. */
export interface Shard<Facts = unknown> {
  /** What its reader found; made and taken by readers of one format. */
  readonly facts: Facts
  readonly problems: ProblemRows
  readonly lineCount: number
  readonly byteCount: number
  readonly marks: LineMarks
}

/**
 * A reader that can take parts of its file that were read elsewhere, in order, instead of their lines. Nothing that is
 * answered may depend on it: where a part says what only the whole can understand, it is refused and read again here.
 */
export interface ShardTaker<Settings = unknown, Facts = unknown> {
  /** What a part must know of the text before it, as plain data; undefined while parts cannot be read elsewhere. */
  settings(): Settings | undefined
  /** Takes a part, the next one, which begins at the 0-based `firstLine`; false when its lines must be read here. */
  take(shard: Shard<Facts>, settings: Settings, firstLine: number): boolean
}

/** How the parts of a format are read. */
export interface ShardFormat<Settings = unknown, Facts = unknown> {
  /** Parts that must be read at once for it to pay, as `ShardPool.width`; absent where it always does. */
  readonly leastWidth?: number
  /** True when a part may begin with the line. */
  isStart(line: string): boolean
  /** A reader for a part, into a builder of its own, and what it found, once; undefined when only the whole can tell. */
  createReader(settings: Settings, problems: ProblemLog): CountingReader & { facts(): Facts | undefined }
  /** Takes parts that stand in the middle of a file into a builder of their own; absent where they tell nothing by themselves. */
  createTaker?(this: void, settings: Settings, into: TraceBuilder): ShardTaker<Settings, Facts>
}

/** Characters of a line that are looked at to tell whether a part may begin with it. */
const START_CHARACTERS = 1024

/** Where the first line after `from` begins that a part may begin with, in `[from, end)`; -1 when there is none. */
export function shardStart(format: ShardFormat, bytes: Uint8Array, from: number, end: number): number {
  let lf = bytes.indexOf(LF, from)
  while (lf >= 0 && lf + 1 < end) {
    const next = bytes.indexOf(LF, lf + 1)
    if (next < 0 || next >= end) return -1
    if (format.isStart(textOf(bytes, lf + 1, Math.min(next, lf + 1 + START_CHARACTERS)))) return lf + 1
    lf = next
  }
  return -1
}

/** Reads a part: whole lines of a text. Undefined when it cannot be read by itself. */
export async function readShard<Settings, Facts>(
  format: ShardFormat<Settings, Facts>,
  settings: Settings,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<Shard<Facts> | undefined> {
  const problems = new ProblemLog()
  const reader = format.createReader(settings, problems)
  const cutter = new LineCutter({
    chunk: (chunk) => reader.read(chunk),
    counting: (chunk, lines) => reader.readCounting(chunk, lines),
    longLine: (line, bytes, start, end) => problems.reject('line longer than 1 MiB', line, bytes, start, end),
  })
  for await (const piece of pieces) cutter.push(piece)
  cutter.end()
  const facts = reader.facts()
  if (facts === undefined) return undefined
  const { lineCount, byteCount } = cutter
  return { facts, problems: problems.rows(), lineCount, byteCount, marks: cutter.marks() }
}
