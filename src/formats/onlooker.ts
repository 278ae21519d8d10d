import { column } from '../base/column.ts'
import { type SourceFile } from '../model/source-file.ts'
import { type TraceBuilder } from '../model/trace-builder.ts'
import { sourceFile } from './file-report.ts'
import { ProblemLog } from './problem-log.ts'
import { type Source } from './source.ts'

/** What is read of some files while more of them is to come: to be looked at only, and at once. */
export interface ReadSoFar {
  /** Grows. Events from `settledRows` on may yet get their stacks. */
  readonly builder: TraceBuilder
  readonly settledRows: number
  /** Those that were read, and at last the one that is read, of which no more is known than its name and place. */
  readonly files: readonly SourceFile[]
  /** Of all files, read or not. */
  readonly fileCount: number
}

/** Who looks at what is read of large files, part by part. */
export interface Onlooker {
  /** Another part was read. */
  onMore(soFar: ReadSoFar): void
  /** The end of the last file was read before what is in front of it: `end` has that alone, with lines that mean nothing. */
  onEnd(end: TraceBuilder, soFar: ReadSoFar): void
}

/** Events at the end of what was read whose stacks may stand behind events of other CPUs that are still to come. */
const UNSETTLED_ROWS = 256

/** Looks at what was read of a file; `firstRow` is its first event. */
export function readSoFar(
  builder: TraceBuilder,
  firstRow: number,
  files: readonly SourceFile[],
  fileCount: number,
): ReadSoFar {
  const settledRows = Math.max(firstRow, builder.eventCount - UNSETTLED_ROWS)
  return { builder, settledRows, files, fileCount }
}

/** A file that is still read. */
export function fileBeingRead(source: Source, index: number, firstLine: number): SourceFile {
  const nothing = column<number>(new Float64Array(0))
  const facts = {
    index,
    firstLine,
    format: 'unknown',
    unit: 'line',
    sizeBytes: source.sizeBytes,
    textBytes: 0,
    isCompressed: false,
    hash: { kind: 'none', why: 'it is still read' },
    lineNumbers: nothing,
    lineOffsets: nothing,
  } as const
  return sourceFile(source, facts, new ProblemLog())
}
