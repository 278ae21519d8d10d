import { type TraceBuilder } from '../../model/trace-builder.ts'
import { type ChunkReader } from '../format.ts'
import { ftrace } from '../ftrace/ftrace.ts'
import { isPrintedEntry, isPrintedRest } from '../ftrace/printed-line.ts'
import { type ProblemLog } from '../problem-log.ts'

const BEGIN = /^Dumping ftrace buffer:\s*$/
const EDGE = /^-{20,}\s*$/
const EMPTY = /^\s*\(ftrace buffer empty\)\s*$/

/** Entries are stamped from the buffer's `time_start` on (kernel/trace/trace_output.c lat_print_timestamp()). */
const OTHER_CLOCK =
  'the ftrace buffer in it has times since the last reset of that buffer: they do not compare with those of the messages'

/**
 * The ring buffer that the kernel prints into its log when it dies (kernel/trace/trace.c ftrace_dump()): lines of
 * latency-format, each behind the prefix of printk, between two lines of dashes. Entries are known by themselves, so a
 * log that begins in the middle of a dump is read too; messages of other CPUs between them are not taken.
 */
export class FtraceDump {
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #encoder = new TextEncoder()
  #reader: ChunkReader | undefined
  /** Edges of the dump that are still to come. */
  #edges = 0
  #isAfterEntry = false

  constructor(into: TraceBuilder, problems: ProblemLog) {
    this.#into = into
    this.#problems = problems
  }

  /** Reads the message of the 0-based line when it is one of a dump; false when it is not. */
  take(message: string, line: number): boolean {
    if (this.#isMark(message)) {
      this.#problems.skip('edge of an ftrace dump')
      return true
    }
    const isEntry = isPrintedEntry(message)
    const mayGoOn = this.#isAfterEntry || this.#edges > 0
    if (!isEntry && !(mayGoOn && isPrintedRest(message))) return false
    this.#isAfterEntry = true
    this.#reader ??= ftrace.createReader(this.#into, this.#problems)
    const bytes = this.#encoder.encode(`${message}\n`)
    this.#into.isPassing = true
    this.#reader.read({ bytes, start: 0, end: bytes.length, firstLine: line })
    this.#into.isPassing = false
    return true
  }

  /** The log is over. */
  end(): void {
    this.#reader?.end()
    if (this.#reader !== undefined) this.#problems.notice(OTHER_CLOCK)
  }

  #isMark(message: string): boolean {
    if (BEGIN.test(message)) {
      this.#edges = 2
      return true
    }
    if (EMPTY.test(message)) return true
    if (!EDGE.test(message) || (this.#edges === 0 && !this.#isAfterEntry)) return false
    this.#edges = Math.max(0, this.#edges - 1)
    if (this.#edges === 0) this.#isAfterEntry = false
    return true
  }
}
