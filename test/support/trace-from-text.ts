import { ftrace } from '../../src/formats/ftrace/ftrace.ts'
import { type TraceFormat } from '../../src/formats/format.ts'
import { ProblemLog } from '../../src/formats/problem-log.ts'
import { LF } from '../../src/base/ascii.ts'
import { column } from '../../src/base/column.ts'
import { type SourceFile } from '../../src/model/source-file.ts'
import { TraceBuilder } from '../../src/model/trace-builder.ts'
import { type Trace } from '../../src/model/trace.ts'

/** How a told trace is read. */
export interface TraceFromTextOptions {
  /** The reader; ftrace when absent. */
  readonly format?: TraceFormat
  readonly name?: string
}

/**
 * A trace told as text, as tests of every room begin:
 *
 *     traceFromText(`
 *       <...>-9018 [004] 92.678375: page_ref_set: pfn=0x17ac9 flags=none count=1 mapcount=0 mapping=(nil) mt=4 val=1
 *        => get_page_from_freelist
 *     `)
 *
 * The first line is dropped when it is empty; blanks before `=>` are made one. Line 1 is the first line with text.
 */
export function traceFromText(text: string, options: TraceFromTextOptions = {}): Trace {
  const { format = ftrace, name = 'trace.txt' } = options
  const told = text
    .replace(/^\n/, '')
    .replace(/^[ \t]+=> /gm, ' => ')
    .replace(/\n[ \t]+$/, '\n')
  return traceFromBytes(new TextEncoder().encode(told), format, name)
}

/** Reads bytes as one file; with `pieceBytes`, in pieces of whole lines of about that size, each in a buffer of its own. */
export function traceFromBytes(
  bytes: Uint8Array,
  format: TraceFormat = ftrace,
  name = 'trace.txt',
  pieceBytes: number = Number.POSITIVE_INFINITY,
): Trace {
  const into = new TraceBuilder()
  const problems = new ProblemLog()
  const reader = format.createReader(into, problems)
  let firstLine = 0
  for (const piece of wholeLines(bytes, pieceBytes)) {
    reader.read({ bytes: piece, start: 0, end: piece.length, firstLine })
    firstLine += countLines(piece)
  }
  reader.end()
  return into.build([sourceFile(bytes, format, name, problems)])
}

function* wholeLines(bytes: Uint8Array, pieceBytes: number): Generator<Uint8Array> {
  let start = 0
  while (start < bytes.length) {
    const wanted = Math.min(bytes.length, start + pieceBytes)
    const lineEnd = bytes.indexOf(LF, wanted - 1)
    const end = lineEnd < 0 ? bytes.length : lineEnd + 1
    yield bytes.slice(start, end)
    start = end
  }
}

/** Line feeds in `bytes`. */
export function countLines(bytes: Uint8Array): number {
  const lf: number = LF
  let lines = 0
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === lf) lines++
  return lines
}

function sourceFile(bytes: Uint8Array, format: TraceFormat, name: string, problems: ProblemLog): SourceFile {
  return {
    index: 0,
    name,
    format: format.id,
    sizeBytes: bytes.length,
    textBytes: bytes.length,
    isCompressed: false,
    unit: 'line',
    hash: { kind: 'known', sha256: '0'.repeat(64) },
    firstLine: 0,
    ledger: problems.ledger(),
    problems: problems.problems(),
    skippedBy: problems.skippedBy(),
    damage: problems.damages(),
    notices: problems.notices(),
    records: problems.records,
    lineNumbers: column(new Float64Array([0])),
    lineOffsets: column(new Float64Array([0])),
  }
}
