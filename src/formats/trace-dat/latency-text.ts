import { textOf } from '../../base/ascii.ts'
import { type Column } from '../../base/column.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { type Chunk } from '../format.ts'
import { ftrace } from '../ftrace/ftrace.ts'
import { textEnd, nextLine, withLf } from '../line-bytes.ts'
import { LineCutter } from '../line-chunks.ts'
import { type ProblemLog } from '../problem-log.ts'
import { type RandomBytes } from '../random-bytes.ts'
import { type CpuData, type FileParts } from './file-parts.ts'
import { pageSourceOf } from './page-source.ts'

const PIECE_BYTES = 1 << 18

/**
 * Reads the text of a latency tracer, which trace-cmd copies from `trace` where other files have records. Its lines are
 * counted as records are. Gives the index of its lines.
 */
export async function readLatencyText(
  bytes: RandomBytes,
  parts: FileParts,
  place: CpuData,
  into: TraceBuilder,
  problems: ProblemLog,
  rest: () => Promise<void>,
): Promise<Column<number>> {
  const reader = ftrace.createReader(into, problems)
  const cutter = new LineCutter({
    chunk: (chunk) => reader.read(chunk),
    longLine: (line, text, start, end) => problems.reject('line longer than 1 MiB', line, text, start, end),
  })
  for await (const piece of piecesOf(bytes, parts, place)) {
    cutter.push(piece)
    await rest()
  }
  cutter.end()
  reader.end()
  return cutter.marks().offset
}

/** The wanted lines (1-based) of the text; those that are not there are absent. */
export async function latencyLines(
  bytes: RandomBytes,
  parts: FileParts,
  place: CpuData,
  wanted: readonly number[],
): Promise<Map<number, string>> {
  const found = new Map<number, string>()
  const asked = new Set(wanted)
  const cutter = new LineCutter({ chunk: (chunk) => collect(chunk, asked, found), longLine: () => undefined })
  for await (const piece of piecesOf(bytes, parts, place)) cutter.push(piece)
  cutter.end()
  return found
}

function collect({ bytes, start, end, firstLine }: Chunk, asked: ReadonlySet<number>, into: Map<number, string>): void {
  const text = bytes[end - 1] === 10 ? bytes.subarray(start, end) : withLf(bytes.subarray(start, end))
  for (let at = 0, line = firstLine + 1; at < text.length; line++) {
    const next = nextLine(text, at)
    if (asked.has(line)) into.set(line, textOf(text, at, textEnd(text, at, next)))
    at = next
  }
}

async function* piecesOf(bytes: RandomBytes, parts: FileParts, place: CpuData): AsyncGenerator<Uint8Array> {
  if (place.isPacked) {
    const source = pageSourceOf(bytes, parts, place, parts.pageBytes)
    for (let run = await source.next(); run !== undefined; run = await source.next()) yield run.bytes
    return
  }
  const end = Math.min(bytes.size, place.offset + place.size)
  for (let at = place.offset; at < end; at += PIECE_BYTES) yield bytes.read(at, Math.min(end, at + PIECE_BYTES))
}
