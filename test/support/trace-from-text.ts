import { ftrace } from '../../src/formats/ftrace/ftrace.ts'
import { type TraceFormat } from '../../src/formats/format.ts'
import { ProblemLog } from '../../src/formats/problem-log.ts'
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

function traceFromBytes(bytes: Uint8Array, format: TraceFormat, name: string): Trace {
  const into = new TraceBuilder()
  const problems = new ProblemLog()
  const reader = format.createReader(into, problems)
  reader.read({ bytes, start: 0, end: bytes.length, firstLine: 0 })
  reader.end()
  return into.build([sourceFile(bytes, format, name, problems)])
}

function sourceFile(bytes: Uint8Array, format: TraceFormat, name: string, problems: ProblemLog): SourceFile {
  return {
    index: 0,
    name,
    format: format.id,
    sizeBytes: bytes.length,
    textBytes: bytes.length,
    isCompressed: false,
    sha256: '0'.repeat(64),
    firstLine: 0,
    ledger: problems.ledger(),
    problems: problems.problems(),
    skippedBy: problems.skippedBy(),
    damage: problems.damages(),
    notices: problems.notices(),
    records: problems.records,
    lineOffsets: column(new Float64Array([0])),
  }
}
