import { DataCursor } from './data-cursor.ts'

/** One measurement of a guest's clock against its host's. */
export interface ClockSample {
  readonly time: bigint
  readonly offset: bigint
  readonly scaling: bigint
  readonly fraction: bigint
}

/** How stamps of the ring buffer become times; filled by the file's options. */
export interface TimeOptions {
  /** From TRACECLOCK: the name in brackets, or the whole text; empty when absent. */
  clock: string
  /** DATE and OFFSET, ns. */
  offsetNs: bigint
  /** TSC2NSEC: `(stamp * mult) >> shift`. */
  tsc: { readonly mult: bigint; readonly shift: bigint } | undefined
  /** TIME_SHIFT: samples by CPU. */
  shifts: readonly (readonly ClockSample[])[]
  isInterpolated: boolean
}

/** Bit 0 of the protocol flags: TRACECMD_TSYNC_FLAG_INTERPOLATE. */
const INTERPOLATE = 1

/** Options of which nothing has been read. */
export function noTimeOptions(): TimeOptions {
  return { clock: '', offsetNs: 0n, tsc: undefined, shifts: [], isInterpolated: false }
}

/** `[local] global counter …` → `local`; a bare name is itself. */
export function clockNameOf(text: string): string {
  return (/\[([^\]\s]+)\]/.exec(text)?.[1] ?? text).trim()
}

/** Clocks that do not count nanoseconds (kernel/trace/trace.c trace_clocks[], `in_ns` 0). */
export function isCountingClock(clock: string): boolean {
  return clock === 'counter' || clock === 'x86-tsc' || clock === 'ppc-tb' || clock === 'uptime_tsc'
}

/** `0x1234` or `-1234` of DATE (us) and OFFSET (ns), as C's strtoll reads it; 0 when it is no number. */
export function readSignedText(text: string): bigint {
  const match = /^\s*(-?)(0x[0-9a-f]+|\d+)/i.exec(text)
  if (match === null) return 0n
  const size = BigInt(match[2])
  return BigInt.asIntN(64, match[1] === '-' ? -size : size)
}

/** TIME_SHIFT of trace-cmd (lib/trace-cmd/trace-input.c handle_options()): behind the id of the host's trace. */
export function readTimeShift(bytes: Uint8Array, isLittle: boolean, options: TimeOptions): void {
  const data = new DataCursor(bytes, isLittle, 'the time shift', 8)
  options.isInterpolated = (data.u32() & INTERPOLATE) !== 0
  const cpus = data.u32()
  const shifts: { time: bigint; offset: bigint; scaling: bigint; fraction: bigint }[][] = []
  for (let cpu = 0; cpu < cpus; cpu++) {
    const samples = data.u32()
    const column = (): bigint[] => Array.from({ length: samples }, () => BigInt.asIntN(64, data.u64()))
    const [times, offsets, scalings] = [column(), column(), column()]
    shifts.push(times.map((time, row) => ({ time, offset: offsets[row], scaling: scalings[row], fraction: 0n })))
  }
  for (const samples of shifts) {
    for (const sample of samples) if (data.left >= 8) sample.fraction = data.u64()
  }
  options.shifts = shifts
}
