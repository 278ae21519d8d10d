import { type TimeNs } from '../../base/clock.ts'
import { type LineId } from '../../model/ids.ts'
import { type Loss } from '../../model/loss-table.ts'

interface OpenLoss {
  readonly kind: Loss['kind']
  readonly cpu: number
  readonly count: number
  readonly from: TimeNs | undefined
  readonly line: LineId
  to?: TimeNs
}

/** Turns the markers of lost events into `Loss`es with the times of the entries around them. */
export class LossTracker {
  /** Time of the last entry by CPU + 1. */
  readonly #last: (TimeNs | undefined)[] = []
  #lastOfFile: TimeNs | undefined
  #open: OpenLoss[] = []
  readonly #losses: OpenLoss[] = []

  /** An entry of the ring buffer, event or stack. Hot. */
  entry(cpu: number, time: TimeNs): void {
    this.#last[cpu + 1] = time
    this.#lastOfFile = time
    if (this.#open.length > 0) this.#close(cpu, time)
  }

  /** A marker for one CPU, or -1 for all; the next entry there ends the gap. */
  mark(kind: Loss['kind'], cpu: number, count: number, line: LineId): void {
    const from = cpu < 0 ? this.#lastOfFile : this.#last[cpu + 1]
    const loss: OpenLoss = { kind, cpu, count, from, line }
    this.#open.push(loss)
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

  #close(cpu: number, time: TimeNs): void {
    for (const loss of this.#open) if (loss.cpu < 0 || loss.cpu === cpu) loss.to = time
    this.#open = this.#open.filter((loss) => loss.to === undefined)
  }
}
