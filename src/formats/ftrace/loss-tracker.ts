import { type TimeNs } from '../../base/clock.ts'
import { type LineId } from '../../model/ids.ts'
import { type Loss } from '../../model/loss-table.ts'

/** CPUs that there is room for at first. */
const FIRST_CPUS = 64

interface OpenLoss {
  readonly kind: Loss['kind']
  readonly cpu: number
  readonly count: number
  readonly from: TimeNs | undefined
  readonly line: LineId
  to?: TimeNs
}

/** What a part of a text says of lost events. */
export interface LossRows {
  readonly losses: readonly Readonly<OpenLoss>[]
  /** Times of the first and the last entry, by CPU + 1. */
  readonly first: readonly (TimeNs | undefined)[]
  readonly last: readonly (TimeNs | undefined)[]
  readonly firstOfFile: TimeNs | undefined
  readonly lastOfFile: TimeNs | undefined
}

/** Turns the markers of lost events into `Loss`es with the times of the entries around them. */
export class LossTracker {
  /** Time of the last entry by CPU + 1, NaN before the first: doubles are written in place, and nothing is allocated. */
  #last = new Float64Array(FIRST_CPUS).fill(Number.NaN)
  #lastOfFile: number = Number.NaN
  /** The same of the first entry, for a part of a text. */
  readonly #first: (TimeNs | undefined)[] = []
  #firstOfFile: TimeNs | undefined
  /** By CPU, -1 for losses of all: each entry looks at those that it ends, however many others there are. */
  readonly #open = new Map<number, OpenLoss[]>()
  readonly #losses: OpenLoss[] = []

  /** An entry of the ring buffer, event or stack. Hot. */
  entry(cpu: number, time: TimeNs): void {
    // NaN, and undefined past the end, are not even themselves and a number.
    if (!(this.#last[cpu + 1] <= Infinity)) this.#begin(cpu, time)
    this.#last[cpu + 1] = time
    this.#lastOfFile = time
    if (this.#open.size > 0) this.#close(cpu, time)
  }

  /** A marker for one CPU, or -1 for all; the next entry there ends the gap. */
  mark(kind: Loss['kind'], cpu: number, count: number, line: LineId): void {
    const from = cpu < 0 ? this.#timeOfLast() : this.#lastOf(cpu)
    const loss: OpenLoss = { kind, cpu, count, from, line }
    this.#leaveOpen(loss)
    this.#losses.push(loss)
  }

  /** All losses, in the order of their markers. */
  losses(): readonly Loss[] {
    return this.#losses.map(({ kind, cpu, count, from, to, line }) => ({
      kind,
      cpu,
      count,
      ...(from !== undefined && (to === undefined || from <= to) ? { from } : {}),
      ...(to !== undefined ? { to } : {}),
      line,
    }))
  }

  /** What a part of a text said, for the tracker of the whole. */
  rows(): LossRows {
    return {
      losses: this.#losses,
      first: this.#first,
      last: Array.from(this.#last, told),
      firstOfFile: this.#firstOfFile,
      lastOfFile: this.#timeOfLast(),
    }
  }

  /** Takes what the next part of the text said, whose line 0 is `firstLine`. */
  take({ losses, first, last, firstOfFile, lastOfFile }: LossRows, firstLine: LineId): void {
    for (const cpu of this.#open.keys()) {
      const to = cpu < 0 ? firstOfFile : first[cpu + 1]
      if (to !== undefined) this.#end(cpu, to)
    }
    for (const part of losses) {
      const from = part.from ?? (part.cpu < 0 ? this.#timeOfLast() : this.#lastOf(part.cpu))
      const loss = { ...part, from, line: (firstLine + part.line) as LineId }
      this.#losses.push(loss)
      if (loss.to === undefined) this.#leaveOpen(loss)
    }
    this.#reserve(last.length)
    for (const [at, time] of last.entries()) if (time !== undefined) this.#last[at] = time
    if (lastOfFile !== undefined) this.#lastOfFile = lastOfFile
  }

  #begin(cpu: number, time: TimeNs): void {
    this.#reserve(cpu + 2)
    this.#first[cpu + 1] = time
    this.#firstOfFile ??= time
  }

  #reserve(size: number): void {
    if (size <= this.#last.length) return
    const grown = new Float64Array(size * 2).fill(Number.NaN)
    grown.set(this.#last)
    this.#last = grown
  }

  #timeOfLast(): TimeNs | undefined {
    return told(this.#lastOfFile)
  }

  #lastOf(cpu: number): TimeNs | undefined {
    return told(this.#last[cpu + 1] ?? Number.NaN)
  }

  #close(cpu: number, time: TimeNs): void {
    this.#end(cpu, time)
    this.#end(-1, time)
  }

  #end(cpu: number, time: TimeNs): void {
    const open = this.#open.get(cpu)
    if (open === undefined) return
    for (const loss of open) loss.to = time
    this.#open.delete(cpu)
  }

  #leaveOpen(loss: OpenLoss): void {
    const open = this.#open.get(loss.cpu)
    if (open === undefined) this.#open.set(loss.cpu, [loss])
    else open.push(loss)
  }
}

function told(time: number): TimeNs | undefined {
  // Only times were written, where it is no NaN.
  return Number.isNaN(time) ? undefined : (time as TimeNs)
}
