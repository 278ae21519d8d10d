import { formatDuration } from '../base/clock.ts'
import { findRepeat, type EventSpan, type Repeat } from '../model/duplicate-events.ts'
import { type FormatId, type SourceFile } from '../model/source-file.ts'
import { type TraceBuilder } from '../model/trace-builder.ts'

/** What one file put into the builder: its events and losses, as rows in the order they were read. */
interface FileSpan {
  readonly file: number
  readonly events: EventSpan
  readonly losses: EventSpan
}

/**
 * Keeps events from being counted twice when a folder holds one recording in two forms, such as trace.dat and the text
 * that trace-cmd report made of it, two copies of `trace` taken one after the other, or ftrace and perf at once. The
 * kernel's own text is kept, else the first; what only the other one holds stays.
 */
export class RepeatedEvents {
  readonly #builder: TraceBuilder
  #spans: FileSpan[] = []

  constructor(builder: TraceBuilder) {
    this.#builder = builder
  }

  /** Call before a file is read, and what it answers after, with the files so far: notices are added to them. */
  begin(): (files: SourceFile[]) => void {
    const { eventCount, lossCount } = this.#builder
    return (files) => {
      const events = { from: eventCount, to: this.#builder.eventCount }
      if (events.to === events.from) return
      const losses = { from: lossCount, to: this.#builder.lossCount }
      this.#add({ file: files.length - 1, events, losses }, files)
    }
  }

  #add(added: FileSpan, files: SourceFile[]): void {
    this.#spans.push(added)
    for (const { file } of this.#spans.slice(0, -1)) {
      const known = this.#spans.find((span) => span.file === file)
      const last = this.#spans.find((span) => span.file === added.file)
      if (known === undefined || last === undefined) continue
      const isLastBetter = rankOf(files[added.file].format) < rankOf(files[file].format)
      const repeat = findRepeat(this.#builder.comparedEvents(), known.events, last.events, isLastBetter)
      if (repeat?.left === 'second') this.#leaveOut(last, repeat, files, file)
      else if (repeat !== undefined) this.#leaveOut(known, repeat, files, added.file)
    }
  }

  /** Leaves the repeated events of a span out, and its losses when nothing of it stays. */
  #leaveOut(span: FileSpan, { isRepeated, shiftNs }: Repeat, files: SourceFile[], keptFile: number): void {
    const { from, to } = span.events
    const isGone = Uint8Array.from({ length: to - from }, (_, at) => (isRepeated(from + at) ? 1 : 0))
    const gone = this.#builder.removeEvents(from, to, (row) => isGone[row - from] === 1)
    const isWhole = gone === to - from
    if (!isWhole) this.#shift(span, gone, shiftNs)
    const lost = isWhole ? span.losses.to - span.losses.from : 0
    if (isWhole) this.#builder.removeLosses(span.losses.from, span.losses.to)
    const { timeStyle, name } = files[keptFile]
    if (isWhole && keptFile > span.file && timeStyle !== undefined) this.#builder.changeTimeStyle(timeStyle)
    this.#spans = this.#spans.flatMap((other) => shrunk(other, span, gone, lost, isWhole))
    const notices = noticesOf(name, gone, isWhole, shiftNs)
    files[span.file] = { ...files[span.file], notices: [...files[span.file].notices, ...notices] }
  }

  /** What stays of a file that another clock stamped is moved to the clock of the file that is kept. */
  #shift({ events, losses }: FileSpan, gone: number, shiftNs: number): void {
    if (shiftNs === 0) return
    this.#builder.shiftEvents(events.from, events.to - gone, shiftNs)
    this.#builder.shiftLosses(losses.from, losses.to, shiftNs)
  }
}

function shrunk(other: FileSpan, span: FileSpan, gone: number, lost: number, isWhole: boolean): readonly FileSpan[] {
  if (other === span) return isWhole ? [] : [{ ...span, events: { from: span.events.from, to: span.events.to - gone } }]
  if (other.events.from < span.events.to) return [other]
  const { events, losses } = other
  return [
    {
      file: other.file,
      events: { from: events.from - gone, to: events.to - gone },
      losses: { from: losses.from - lost, to: losses.to - lost },
    },
  ]
}

function noticesOf(name: string, gone: number, isWhole: boolean, shiftNs: number): readonly string[] {
  if (isWhole) return [`the same events as ${name}: not counted twice`]
  const repeated = `${gone} of its events are in ${name} too: not counted twice`
  if (shiftNs === 0) return [repeated]
  const moved = `its clock is not that of ${name}: its other events were moved by ${formatDuration(shiftNs)}`
  return [repeated, moved]
}

/** Which form of a recording is kept: the kernel's own text, then what other tools print, then trace.dat. */
function rankOf(format: FormatId): number {
  return format === 'ftrace' ? 0 : format === 'trace_dat' ? 2 : 1
}
