import { IN_HARDIRQ, IN_NMI, IN_SOFTIRQ, IN_TASK } from '../../model/context-table.ts'
import { CPU_LIMIT, PID_LIMIT } from '../../model/kernel-limits.ts'

/** The columns of an entry that trace_print_lat_context() prints with the options `latency-format` and `verbose`. */
export interface VerboseColumns {
  readonly comm: string
  readonly pid: number
  readonly cpu: number
  /** One of the IN_ constants. */
  readonly irq: number
  /** Digits of the microseconds since the buffer's start, or of the count. */
  readonly time: string
  readonly unit: 'microseconds' | 'counts'
  /** Characters before the event's name. */
  readonly size: number
}

/**
 * `%16s %7d %3d %d %08x %08lx [%08llx] %ld.%03ldms (+%ld.%03ldms): `: comm, pid, CPU, flags, preempt count, index, time
 * in hex, time since the start, time to the next. Counting clocks: `[%016llx] %lld (+%lld): `.
 */
const COLUMNS =
  /^\s*(\S.{0,40}?)\s+(-?\d{1,10})\s+(\d{1,5}) (\d+) [0-9a-f]{8} [0-9a-f]{8,16} \[([0-9a-f]{8,16})\] (?:(-?\d+)\.(\d{3})ms \(\+-?\d+\.-?\d{1,3}ms\)|-?\d+ \(\+-?\d+\)): /

/** enum trace_flag_type of include/linux/trace_events.h. */
const HARDIRQ = 0x08
const SOFTIRQ = 0x10
const NMI = 0x40

/** Reads the columns that a line begins with; undefined when they are not verbose ones. */
export function verboseColumnsOf(text: string): VerboseColumns | undefined {
  const match = COLUMNS.exec(text)
  if (match === null) return undefined
  const [columns, comm, pid, cpu, flags, ts, ms, us] = match
  const isTime = ms !== undefined
  const microseconds = Number(ms) * 1000 + Number(us)
  if (Number(pid) >= PID_LIMIT || Number(cpu) >= CPU_LIMIT) return undefined
  if (isTime && !Number.isSafeInteger(microseconds)) return undefined
  return {
    comm,
    pid: Number(pid),
    cpu: Number(cpu),
    irq: irqOfFlags(Number(flags)),
    time: isTime ? String(microseconds) : BigInt(`0x${ts}`).toString(),
    unit: isTime ? 'microseconds' : 'counts',
    size: columns.length,
  }
}

/** Level that an entry ran at, one of the IN_ constants, by its common_flags. */
export function irqOfFlags(flags: number): number {
  if ((flags & NMI) !== 0) return IN_NMI
  if ((flags & HARDIRQ) !== 0) return IN_HARDIRQ
  return (flags & SOFTIRQ) === 0 ? IN_TASK : IN_SOFTIRQ
}
