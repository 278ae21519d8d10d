import { type CpuStream } from './cpu-stream.ts'

/**
 * Hands out the records of all streams in time order, as trace-cmd report does: the earliest of the streams' next
 * records, of equal ones that of the first stream. A stream keeps its own order even where its stamps go back.
 */
export class Merge {
  readonly streams: readonly CpuStream[]
  /** Streams that have a record at hand, by row. */
  #open: CpuStream[] = []
  #current: CpuStream | undefined
  #limit = 0
  #limitRow = 0

  constructor(streams: readonly CpuStream[]) {
    this.streams = streams
  }

  /** Positions of the next record of every stream, by row; -1 for one that is over. */
  positions(): readonly number[] {
    return this.streams.map((stream) => (this.#open.includes(stream) ? stream.position : -1))
  }

  /** Goes to the first record of every stream. */
  async begin(): Promise<void> {
    for (const stream of this.streams) if (await moved(stream)) this.#open.push(stream)
  }

  /** Goes on from positions that `positions` told. */
  async seek(positions: readonly number[]): Promise<void> {
    for (const [row, stream] of this.streams.entries()) {
      if (positions[row] < 0) continue
      await stream.seek(positions[row])
      this.#open.push(stream)
    }
  }

  /** The stream whose record is the next; undefined when all are over. It must be taken before `pass`. */
  next(): CpuStream | undefined {
    const current = this.#current
    if (current !== undefined && isBefore(current.time, current.place.row, this.#limit, this.#limitRow)) return current
    this.#choose()
    return this.#current
  }

  /** Moves the stream past its record; a promise when pages must be fetched. Hot: most records need none. */
  pass(stream: CpuStream): Promise<void> | undefined {
    return stream.advance() ? undefined : this.#refill(stream)
  }

  async #refill(stream: CpuStream): Promise<void> {
    if (await moved(stream)) return
    this.#open = this.#open.filter((other) => other !== stream)
    if (this.#current === stream) this.#current = undefined
  }

  #choose(): void {
    let best: CpuStream | undefined
    this.#limit = Infinity
    this.#limitRow = Infinity
    for (const stream of this.#open) {
      if (best === undefined) best = stream
      else if (isBefore(stream.time, stream.place.row, best.time, best.place.row)) {
        this.#setLimit(best)
        best = stream
      } else if (isBefore(stream.time, stream.place.row, this.#limit, this.#limitRow)) this.#setLimit(stream)
    }
    this.#current = best
  }

  #setLimit(stream: CpuStream): void {
    this.#limit = stream.time
    this.#limitRow = stream.place.row
  }
}

async function moved(stream: CpuStream): Promise<boolean> {
  while (!stream.advance()) if (!(await stream.fill())) return false
  return true
}

function isBefore(time: number, row: number, otherTime: number, otherRow: number): boolean {
  return time < otherTime || (time === otherTime && row < otherRow)
}
