import { type ClockSample, type TimeOptions } from './time-options.ts'

const NS_PER_SECOND = 1_000_000_000n

/**
 * Turns stamps of the ring buffer into ns (or counts) from a whole second that the file's first records set, so that a
 * double holds them exactly. The steps are those of lib/trace-cmd/trace-input.c timestamp_calc(): the host's clock, then
 * the TSC's frequency, then the offset.
 */
export class TimeLine {
  /** Whole seconds (or 10^9 counts) that times are counted from. */
  originSeconds = 0
  readonly #options: TimeOptions
  #origin = 0n

  constructor(options: TimeOptions) {
    this.#options = options
  }

  /** True when time runs as the stamps do, so that a difference of stamps is one of times. */
  get isPlain(): boolean {
    return this.#options.tsc === undefined && this.#options.shifts.length === 0
  }

  /** Sets the origin to the whole second of the earliest of these stamps. */
  begin(stamps: readonly { readonly stamp: bigint; readonly cpu: number }[]): void {
    const times = stamps.map(({ stamp, cpu }) => this.#absolute(stamp, cpu))
    const first = times.reduce((least, time) => (time < least ? time : least), times[0] ?? 0n)
    const seconds = first > 0n ? first / NS_PER_SECOND : 0n
    this.originSeconds = Number(seconds)
    this.#origin = seconds * NS_PER_SECOND
  }

  /** Time of a stamp from the origin on. */
  timeOf(stamp: bigint, cpu: number): number {
    return Number(this.#absolute(stamp, cpu) - this.#origin)
  }

  #absolute(stamp: bigint, cpu: number): bigint {
    const { tsc, shifts, isInterpolated, offsetNs } = this.#options
    const samples = shifts[cpu] ?? []
    let time = samples.length === 0 ? stamp : shifted(stamp, samples, isInterpolated)
    if (tsc !== undefined) time = (time * tsc.mult) >> tsc.shift
    return time + offsetNs
  }
}

function shifted(stamp: bigint, samples: readonly ClockSample[], isInterpolated: boolean): bigint {
  const [first] = samples
  if (samples.length === 1) return stamp + first.offset
  let low = 0
  while (low < samples.length - 2 && stamp >= samples[low + 1].time) low++
  const [before, after] = [samples[low], samples[low + 1]]
  const span = after.time - before.time
  const slope =
    isInterpolated && span > 0n ? ((stamp - before.time) * (after.offset - before.offset) + span / 2n) / span : 0n
  return ((stamp * before.scaling) >> before.fraction) + before.offset + slope
}
