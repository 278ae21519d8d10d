import { type TraceBuilder } from '../../model/trace-builder.ts'
import { type LineReader } from '../by-line.ts'
import { type Chunk } from '../format.ts'
import { type ProblemLog } from '../problem-log.ts'
import { HtmlText } from './html-text.ts'
import { endsStack, goesOn, isCovered, isLooseFrame, type PartKind, signOf } from './line-kind.ts'
import { PartReaders } from './part-readers.ts'
import { isPlain, PLAIN_PARTS, type PlainKind } from './plain-parts.ts'
import { QuotedPrintable } from './quoted-printable.ts'
import { plainLine } from './quoting.ts'
import { joinedLine, mayBeCut } from './wrapped-line.ts'

/** A line with its quoting gone. */
interface Told {
  readonly text: string
  readonly line: number
  readonly depth: number
  readonly hasLf: boolean
}

/** Parts whose end is told by what follows: their readers begin anew with the next one. */
const CLOSED: ReadonlySet<PartKind> = new Set(['page_owner', 'page_pinner'])
/** Said to the reader of a trace whose parts have other text between them. */
const LEFT_OUT = '[snip]'
/** A line of a trace or log that was broken into more pieces than this is something else. */
const MOST_JOINS = 8

/** Frames of one stack at most: page_owner keeps 16 (mm/page_owner.c PAGE_OWNER_STACK_DEPTH). */
const MOST_FRAMES = 64

/** Finds the parts in a text and gives each line to the reader of its part, under its number in the whole text. */
export class MixedReader implements LineReader {
  readonly #problems: ProblemLog
  readonly #parts: PartReaders
  readonly #encoding = new QuotedPrintable()
  readonly #html = new HtmlText()
  /** Kind of the part that the last line belongs to; undefined after prose. */
  #open: PartKind | undefined
  /** A record that a message of the kernel broke into, as on a console: its next line may follow. */
  #interrupted: PartKind | undefined
  /** Quoting of the open part. */
  #openDepth = 0
  /** A line that the next one may go on with. */
  #held: Told | undefined
  #joins = 0
  /** No frame of a kernel log stands behind a blank line: such are of page_owner_stacks. */
  #isAfterBlank = false
  /** Frames outside every part: a total behind them makes them one. */
  readonly #frames: Told[] = []
  /** Quoting of the last line of a trace; -1 before the first. */
  #traceDepth = -1
  /** First line of prose behind a trace: something may have been left out there. Not counted yet. */
  #gapLine: number | undefined

  constructor(into: TraceBuilder, problems: ProblemLog) {
    this.#problems = problems
    this.#parts = new PartReaders(into, problems)
  }

  line(text: string, line: number, chunk: Chunk, _start: number, end: number): void {
    const first = this.#encoding.firstLine ?? line
    const whole = this.#encoding.line(text, line)
    if (whole !== undefined) this.#decoded(whole, first, end < chunk.end)
  }

  #decoded(text: string, line: number, hasLf: boolean): void {
    if (this.#encoding.joins > 0) this.#problems.skip('rest of a wrapped line', this.#encoding.joins)
    const { text: bare, depth } = plainLine(this.#html.line(text))
    const told = { text: bare, line, depth, hasLf }
    const joined = this.#held === undefined || this.#joins >= MOST_JOINS ? undefined : joinedLine(this.#held.text, bare)
    if (this.#held !== undefined && joined !== undefined) {
      this.#held = { ...this.#held, text: joined, hasLf: told.hasLf }
      this.#joins++
      return
    }
    this.#release()
    if (mayBeCut(bare)) this.#held = told
    else this.#place(told)
  }

  end(): void {
    const { firstLine } = this.#encoding
    if (firstLine !== undefined) this.#decoded(this.#encoding.finish(), firstLine, true)
    this.#release()
    this.#releaseFrames()
    this.#countGap()
    this.#parts.end()
  }

  /** Places the held line, now that no other goes on with it. */
  #release(): void {
    const held = this.#held
    const joins = this.#joins
    this.#held = undefined
    this.#joins = 0
    if (held === undefined) return
    this.#place(held)
    if (joins > 0) this.#problems.skip('rest of a wrapped line', joins)
  }

  #place(told: Told): void {
    if (told.text.trim() === '') return this.#blank(told)
    if (this.#open !== undefined && isCovered(this.#open, told.text)) return this.#take(this.#open, told)
    if (endsStack(told.text, this.#frames.length)) return this.#take('page_owner_stacks', told)
    const trimmed = told.text.trimStart()
    const sign = signOf(told.text) ?? signOf(trimmed)
    if (sign !== 'page_owner_stacks' && !isLooseFrame(told.text)) this.#releaseFrames()
    if (sign !== undefined)
      return this.#take(sign, { ...told, text: signOf(told.text) === undefined ? trimmed : told.text })
    const open = told.depth < this.#openDepth ? undefined : this.#open
    if (this.#interrupted !== undefined && goesOn(this.#interrupted, told.text))
      return this.#take(this.#interrupted, told)
    const isFrameApart = open === 'dmesg' && this.#isAfterBlank && isLooseFrame(told.text)
    if (open !== undefined && !isFrameApart && goesOn(open, told.text)) return this.#take(open, told)
    // a block that was set in by its author
    if (open !== undefined && !isFrameApart && goesOn(open, trimmed))
      return this.#take(open, { ...told, text: trimmed })
    if (isLooseFrame(told.text) && this.#frames.length < MOST_FRAMES) this.#frames.push(told)
    else this.#prose(told)
  }

  #take(kind: PartKind, told: Told): void {
    this.#isAfterBlank = false
    this.#settleInterrupted(kind)
    for (const frame of this.#frames.splice(0)) this.#parts.take(kind, frame.text, frame.line, frame.hasLf)
    if (kind === 'ftrace') this.#takeTrace(told)
    else if (isPlain(kind))
      this.#parts.take(kind, PLAIN_PARTS[kind].mend?.(told.text) ?? told.text, told.line, told.hasLf)
    else this.#parts.take(kind, told.text, told.line, told.hasLf)
    this.#open = kind
    this.#openDepth = told.depth
  }

  /** Ends the record before a part of another kind, unless that is only a message between its lines. */
  #settleInterrupted(kind: PartKind): void {
    const record = this.#interrupted ?? (this.#open !== undefined && CLOSED.has(this.#open) ? this.#open : undefined)
    this.#interrupted = record !== undefined && record !== kind && kind === 'dmesg' ? record : undefined
    if (record !== undefined && record !== kind && kind !== 'dmesg') this.#parts.endPart(record)
  }

  /** Nothing more of an interrupted record. */
  #endInterrupted(): void {
    if (this.#interrupted !== undefined) this.#parts.endPart(this.#interrupted)
    this.#interrupted = undefined
  }

  #takeTrace(told: Told): void {
    if (this.#gapLine !== undefined) this.#parts.take('ftrace', LEFT_OUT, this.#gapLine, true)
    this.#gapLine = undefined
    this.#traceDepth = told.depth
    this.#parts.take('ftrace', told.text.replace(/^\s+(?==> )/, ' '), told.line, told.hasLf)
  }

  /** A blank line ends a record of a dump and the call chain of a sample, and tells nothing to the others. */
  #blank(told: Told): void {
    this.#isAfterBlank = true
    this.#releaseFrames()
    if (this.#interrupted !== undefined) this.#open = this.#interrupted
    const open = this.#open
    this.#interrupted = undefined
    if (open !== undefined && isPlain(open)) return this.#blankInPlain(open, told)
    if (open === undefined || open === 'ftrace' || open === 'dmesg') return this.#problems.skip('blank')
    this.#parts.take(open, '', told.line, told.hasLf)
    if (!CLOSED.has(open)) return
    this.#parts.endPart(open)
    this.#open = undefined
  }

  #blankInPlain(open: PlainKind, told: Told): void {
    const { blank } = PLAIN_PARTS[open]
    if (blank === 'told') return this.#parts.take(open, '', told.line, told.hasLf)
    if (blank === undefined) this.#open = undefined
    this.#problems.skip('blank')
  }

  /** Frames that no line behind them explains. */
  #releaseFrames(): void {
    for (const frame of this.#frames.splice(0)) this.#prose(frame)
  }

  /** An answer between quoted lines, which are quoted more than itself, leaves nothing out, nor does it end a trace. */
  #prose(told: Told): void {
    const open = this.#open
    this.#endInterrupted()
    if (open !== undefined && CLOSED.has(open)) this.#parts.endPart(open)
    if (open !== undefined && (CLOSED.has(open) || told.depth >= this.#openDepth)) this.#open = undefined
    const isGap = this.#traceDepth >= 0 && this.#gapLine === undefined && told.depth >= this.#traceDepth
    if (isGap) this.#gapLine = told.line
    else this.#problems.skip('prose')
  }

  #countGap(): void {
    if (this.#gapLine !== undefined) this.#problems.skip('prose')
    this.#gapLine = undefined
  }
}
