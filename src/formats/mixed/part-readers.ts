import { type TraceBuilder } from '../../model/trace-builder.ts'
import { dmesg } from '../dmesg/dmesg.ts'
import { type ChunkReader, type TraceFormat } from '../format.ts'
import { ftrace } from '../ftrace/ftrace.ts'
import { pageOwner } from '../page-owner/page-owner.ts'
import { pagePinner } from '../page-pinner/page-pinner.ts'
import { perfScript } from '../perf-script/perf-script.ts'
import { type ProblemLog } from '../problem-log.ts'
import { type PartKind, type StoryKind } from './line-kind.ts'
import { isPlain, PLAIN_PARTS } from './plain-parts.ts'

const FORMATS: Readonly<Record<StoryKind, TraceFormat>> = {
  ftrace,
  dmesg,
  page_owner: pageOwner,
  page_pinner: pagePinner,
  perf_script: perfScript,
}

/** Lines handed on at once. */
const MOST_LINES = 500
const MOST_CHARACTERS = 1 << 18

/** The readers of the parts of a mixed text, made when first needed, and the lines that wait for them. */
export class PartReaders {
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #readers = new Map<PartKind, ChunkReader>()
  readonly #encoder = new TextEncoder()
  #kind: PartKind | undefined
  /** 0-based number of the first line that waits; they follow each other without a gap. */
  #firstLine = 0
  #waiting: string[] = []
  #characters = 0

  constructor(into: TraceBuilder, problems: ProblemLog) {
    this.#into = into
    this.#problems = problems
  }

  /** Gives a line to the reader of its kind. Only the last line of a text may lack its LF. */
  take(kind: PartKind, text: string, line: number, hasLf: boolean): void {
    const follows = kind === this.#kind && line === this.#firstLine + this.#waiting.length
    if (!follows || this.#waiting.length >= MOST_LINES || this.#characters >= MOST_CHARACTERS) {
      this.flush()
      this.#kind = kind
      this.#firstLine = line
    }
    // Of a last line that was nothing but quoting no byte is left, and yet it is a line.
    this.#waiting.push(hasLf || text === '' ? `${text}\n` : text)
    this.#characters += text.length
  }

  /** Hands on the lines that wait. */
  flush(): void {
    if (this.#kind === undefined || this.#waiting.length === 0) return
    const bytes = this.#encoder.encode(this.#waiting.join(''))
    this.#readerOf(this.#kind).read({ bytes, start: 0, end: bytes.length, firstLine: this.#firstLine })
    this.#waiting = []
    this.#characters = 0
  }

  /** No more of this part: what is open in it is over. */
  endPart(kind: PartKind): void {
    this.flush()
    this.#readers.get(kind)?.end()
    this.#readers.delete(kind)
  }

  end(): void {
    for (const kind of [...this.#readers.keys(), ...(this.#kind === undefined ? [] : [this.#kind])]) this.endPart(kind)
  }

  #readerOf(kind: PartKind): ChunkReader {
    const known = this.#readers.get(kind)
    if (known !== undefined) return known
    const format = isPlain(kind) ? PLAIN_PARTS[kind].format : FORMATS[kind]
    const reader = format.createReader(this.#into, this.#problems)
    this.#readers.set(kind, reader)
    return reader
  }
}
