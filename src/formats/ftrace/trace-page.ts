import { LF, skipBlanks, textOf } from '../../base/ascii.ts'
import { type Chunk, type CountingReader, type Head } from '../format.ts'
import { type LineIndex } from '../line-index.ts'
import { type ProblemLog } from '../problem-log.ts'
import { type Shard, type ShardTaker } from '../shard.ts'

const LESS = 60
const SLASH = 47
const EXCLAMATION = 33
/** Characters of a line of the page that are looked at. */
const MARK_BYTES = 400

const PAGE = /^\s*<(?:!doctype html|html)\b/i
/** What such pages hold in their head, long before the trace itself. */
const TRACE_PAGE = /class="trace-data"|<!-- BEGIN TRACE|<title>Android System Trace/
const BEGIN = /<!-- BEGIN TRACE -->|<script[^>]*\bclass="trace-data"/
const END = /^\s*(?:<\/script|<!-- END TRACE -->)/
const TRACE_HEADER = /^(?:TRACE:|# tracer: )/
const PAGE_NOTICE = 'The trace is inside an HTML page: only the trace was read.'

/** True for a page that systrace, atrace or a trace viewer wrote around the text of a trace. */
export function isTracePage(head: Head): boolean {
  const first = head.lines.find((line) => line.trim() !== '') ?? ''
  return PAGE.test(first.replace(/^\uFEFF/, '')) && head.lines.some((line) => TRACE_PAGE.test(line))
}

/**
 * Gives the trace inside a page to its reader, and counts the page around it as skipped:
 *
 *     <!-- BEGIN TRACE -->
 *     <script class="trace-data" type="application/text">
 *     # tracer: nop
 *     …
 *     </script>
 *     <!-- END TRACE -->
 *
 * A page may hold several such scripts (lists of processes); only what begins as a trace is one. Any other text is handed
 * on as it is.
 */
export class TracePageReader<Settings, Facts> implements CountingReader, ShardTaker<Settings, Facts> {
  readonly #trace: CountingReader & ShardTaker<Settings, Facts>
  readonly #problems: ProblemLog
  #state: 'begin' | 'text' | 'page' | 'script' | 'trace' = 'begin'

  constructor(trace: CountingReader & ShardTaker<Settings, Facts>, problems: ProblemLog) {
    this.#trace = trace
    this.#problems = problems
  }

  read(chunk: Chunk): void {
    if (this.#state === 'begin') this.#begin(chunk)
    // Nothing but blank lines so far may be either.
    if (this.#state === 'text' || this.#state === 'begin') this.#trace.read(chunk)
    else this.#readPage(chunk)
  }

  readCounting(chunk: Chunk, lines: LineIndex): void {
    if (this.#state === 'text') return this.#trace.readCounting(chunk, lines)
    lines.count(chunk.bytes, chunk.start, chunk.end)
    this.read(chunk)
  }

  settings(): Settings | undefined {
    return this.#state === 'text' ? this.#trace.settings() : undefined
  }

  take(shard: Shard<Facts>, settings: Settings, firstLine: number): boolean {
    return this.#trace.take(shard, settings, firstLine)
  }

  end(): void {
    this.#trace.end()
  }

  #begin({ bytes, start, end }: Chunk): void {
    for (let at = start; at < end; at = lineAfter(bytes, at, end)) {
      const text = textOf(bytes, at, Math.min(end, at + MARK_BYTES))
      if (text.trim() === '') continue
      this.#state = PAGE.test(text) ? 'page' : 'text'
      if (this.#state === 'page') this.#problems.notice(PAGE_NOTICE)
      return
    }
  }

  #readPage({ bytes, start, end, firstLine }: Chunk): void {
    let line = firstLine
    for (let at = start; at < end;) {
      const traceEnd = this.#state === 'trace' ? endOfTrace(bytes, at, end) : { at, lines: 0 }
      if (traceEnd.lines > 0) this.#trace.read({ bytes, start: at, end: traceEnd.at, firstLine: line })
      line += traceEnd.lines
      at = traceEnd.at
      if (at === end) return
      const next = lineAfter(bytes, at, end)
      this.#turn(textOf(bytes, at, Math.min(next, at + MARK_BYTES)))
      if (this.#state === 'trace') continue
      this.#problems.skip('HTML around the trace')
      at = next
      line++
    }
  }

  /** What the next lines are, by a line that is none of the trace yet. */
  #turn(text: string): void {
    if (this.#state === 'trace' || (this.#state === 'script' && END.test(text))) this.#state = 'page'
    else if (BEGIN.test(text)) this.#state = 'script'
    else if (this.#state === 'script' && TRACE_HEADER.test(text)) this.#state = 'trace'
  }
}

/** End of the lines of the trace at `start`, and how many they are. */
function endOfTrace(bytes: Uint8Array, start: number, end: number): { readonly at: number; readonly lines: number } {
  let at = start
  let lines = 0
  while (at < end && !isEndMark(bytes, at, end)) {
    at = lineAfter(bytes, at, end)
    lines++
  }
  return { at, lines }
}

function isEndMark(bytes: Uint8Array, at: number, end: number): boolean {
  const first = skipBlanks(bytes, at, end)
  if (bytes[first] !== LESS || (bytes[first + 1] !== SLASH && bytes[first + 1] !== EXCLAMATION)) return false
  return END.test(textOf(bytes, first, Math.min(end, first + MARK_BYTES)))
}

function lineAfter(bytes: Uint8Array, at: number, end: number): number {
  const lf = bytes.subarray(0, end).indexOf(LF, at)
  return lf < 0 ? end : lf + 1
}
