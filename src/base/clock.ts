import { type Brand } from './brand.ts'

/**
 * Integer nanoseconds since the trace's origin (or raw counts, when the trace clock counts).
 * A double holds these exactly for 104 days; the absolute time as printed is `originNs + t`.
 */
export type TimeNs = Brand<number, 'TimeNs'>

/**
 * How a file prints its times:
 * `seconds` `92.678375` (digits = 6 or 9), `microseconds` `276242022us` (latency-format), `counts` a bare integer.
 */
export interface TimeStyle {
  readonly unit: 'seconds' | 'microseconds' | 'counts'
  readonly digits: number
}

/** What is needed to print a `TimeNs` as the file does. `originNs` is a decimal string: it may pass 2^53. */
export interface Clock {
  readonly originNs: string
  readonly style: TimeStyle
  /** `local`, `mono`, … as far as a file said it; `unknown` else. */
  readonly name: string
}

/** Absolute nanoseconds (or counts) as a decimal string. */
export function absoluteNs(time: number, clock: Clock): string {
  return (BigInt(clock.originNs) + BigInt(Math.round(time))).toString()
}

/** A time exactly as the file prints it: `1.575185`, `1115036`, `90833021`. No rounding: cut below the file's unit. */
export function formatTime(time: number, clock: Clock): string {
  return formatAbsolute(BigInt(clock.originNs) + BigInt(Math.round(time)), clock.style)
}

function formatAbsolute(absolute: bigint, style: TimeStyle): string {
  if (style.unit === 'counts') return absolute.toString()
  if (style.unit === 'microseconds') return (absolute / 1000n).toString()
  const sign = absolute < 0n ? '-' : ''
  const size = absolute < 0n ? -absolute : absolute
  const fraction = (size % 1_000_000_000n).toString().padStart(9, '0').slice(0, style.digits)
  return `${sign}${size / 1_000_000_000n}.${fraction}`
}

/**
 * Reads a time as a file prints it back to `TimeNs`: the inverse of `formatTime`. `undefined` when the text is no time.
 */
export function parseTime(text: string, clock: Clock): TimeNs | undefined {
  const match = /^(\d+)(?:\.(\d{1,9}))?$/.exec(text.trim())
  if (!match) return undefined
  const whole = BigInt(match[1])
  const absolute =
    clock.style.unit === 'counts'
      ? whole
      : clock.style.unit === 'microseconds'
        ? whole * 1000n
        : whole * 1_000_000_000n + BigInt((match[2] ?? '').padEnd(9, '0'))
  return Number(absolute - BigInt(clock.originNs)) as TimeNs
}

/** A duration in the unit that keeps 3 to 6 digits: `405.775 ms`, `12 ns`, `2.186 s`. Integers in, no float noise out. */
export function formatDuration(durationNs: number, unit: TimeStyle['unit'] = 'seconds'): string {
  if (unit === 'counts') return `${durationNs} counts`
  const size = Math.abs(durationNs)
  const sign = durationNs < 0 ? '-' : ''
  if (size < 1_000) return `${sign}${size} ns`
  if (size < 1_000_000) return `${sign}${thousandths(size, 1_000)} us`
  if (size < 1_000_000_000) return `${sign}${thousandths(size, 1_000_000)} ms`
  return `${sign}${thousandths(size, 1_000_000_000)} s`
}

function thousandths(size: number, unit: number): string {
  const milli = Math.floor(size / (unit / 1000))
  return `${Math.floor(milli / 1000)}.${String(milli % 1000).padStart(3, '0')}`
}
