import { type Column } from '../base/column.ts'
import { type FormatId } from '../model/source-file.ts'
import { type TraceBuilder } from '../model/trace-builder.ts'
import { type LineIndex } from './line-index.ts'
import { type ProblemLog } from './problem-log.ts'
import { type RandomBytes } from './random-bytes.ts'
import { type ShardFormat } from './shard.ts'

/** The first lines of a file, at most 64 KiB of unpacked text. */
export interface Head {
  readonly bytes: Uint8Array
  /** Whole lines of it, CR cut, at most 400. A last line that may be cut is left out unless the file ends there. */
  readonly lines: readonly string[]
  /** True when the head is the whole file. */
  readonly isWhole: boolean
}

/**
 * Whole lines of one file. Lines end with LF; only the last line of a file may lack it.
 * `firstLine` is the 0-based number of the first line in the file.
 */
export interface Chunk {
  readonly bytes: Uint8Array
  readonly start: number
  readonly end: number
  readonly firstLine: number
}

/** Takes whole lines, many at a time: a hot reader scans the bytes its own way, a plain one wraps itself in `byLine()`. */
export interface ChunkReader {
  /** Reads a chunk; every line is counted in the problem log as parsed, skipped or rejected. Keeps no view of the bytes. */
  read(chunk: Chunk): void
  /** `read` for a chunk whose lines are not counted yet: the reader counts them as it goes. For the hot ones. */
  readCounting?(chunk: Chunk, lines: LineIndex): void
  /** The file is over: hand over what is still open. */
  end(): void
}

/** A reader that counts the lines itself. */
export type CountingReader = Required<ChunkReader>

/** One input format: a way to know it and a way to read it. */
export interface TraceFormat {
  readonly id: FormatId
  readonly label: string
  /** True when `head` is ours. Must not throw. Only bare numbers, which say nothing themselves, need the `path`. */
  sniff(head: Head, path?: string): boolean
  createReader(into: TraceBuilder, problems: ProblemLog, path?: string): ChunkReader
  /** How parts of it are read by themselves, where that pays; its readers are `ShardTaker`s then. */
  readonly shards?: ShardFormat
}

/** What became of a binary file, beside what went into the builder and the problem log. */
export interface BinaryOutcome {
  /** The format's own index, for `readRecords`; kept as `SourceFile.lineOffsets`. */
  readonly index: Column<number>
  /** True when records are missing at the end, or in between. */
  readonly isCutOff: boolean
}

/**
 * A format without lines, whose parts point at each other. It counts records where a text counts lines: the n-th one,
 * from 1 on, is cited as `file:n`, and every one is in the problem log as parsed, skipped or rejected.
 */
export interface BinaryFormat {
  readonly id: FormatId
  readonly label: string
  /** True when `head` is ours. Must not throw. */
  sniff(head: Head): boolean
  /** Reads all records. `rest` lets others run. What is damaged ends up in the problem log; only the source's own errors are thrown. */
  read(bytes: RandomBytes, into: TraceBuilder, problems: ProblemLog, rest: () => Promise<void>): Promise<BinaryOutcome>
  /** Single records as text, each one line: `wanted` are 1-based, ascending. Those that are not there are absent. */
  readRecords(bytes: RandomBytes, index: Column<number>, wanted: readonly number[]): Promise<Map<number, string>>
}
