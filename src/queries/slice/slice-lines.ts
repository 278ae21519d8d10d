import { type EventRow, type LineId } from '../../model/ids.ts'
import { fileLineOf, lineIdOf, type Trace } from '../../model/trace.ts'
import { citedPlaces } from './cited-places.ts'

/** Lines that a slice needs, by file: each stands for the whole entry that it is of. */
export class SliceLines {
  /** Events among them: they may have a stack somewhere behind them. */
  readonly events = new Map<LineId, EventRow>()
  /** Lines that are wanted as they are, with those between: `[first, last]`. */
  readonly runs: (readonly [LineId, LineId])[] = []
  readonly #lines = new Set<LineId>()
  readonly #trace: Trace

  constructor(trace: Trace) {
    this.#trace = trace
  }

  get size(): number {
    return this.#lines.size
  }

  addLine(line: LineId | undefined): void {
    if (line !== undefined && line >= 0) this.#lines.add(line)
  }

  addEvent(row: EventRow): void {
    const { events } = this.#trace
    if (row < 0 || row >= events.length) return
    this.#lines.add(events.line[row])
    this.events.set(events.line[row], row)
  }

  /** All places that an answer cites. */
  addCited(answer: unknown): void {
    const { files } = this.#trace
    citedPlaces(answer, ({ file, line }) => file in files && this.#lines.add(lineIdOf(files[file], line)))
  }

  /** 1-based lines of each file, ascending. */
  byFile(): readonly (readonly number[])[] {
    const byFile: number[][] = this.#trace.files.map(() => [])
    for (const line of this.#lines) {
      const place = fileLineOf(this.#trace, line)
      byFile[place.file].push(place.line)
    }
    return byFile.map((lines) => [...new Set(lines)].toSorted((one, other) => one - other))
  }
}
