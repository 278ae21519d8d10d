import { type NumberForm } from './data-cursor.ts'
import { type TimeOptions } from './time-options.ts'
import { type Unpack } from './unpack.ts'

/** The pages of one CPU as they lie in the file. */
export interface CpuData {
  readonly cpu: number
  readonly offset: number
  /** Bytes in the file. */
  readonly size: number
  /** True when it is a count of blocks, then each block with its packed and unpacked size. */
  readonly isPacked: boolean
}

/** One ring buffer: the top one has no name, others are instances. */
export interface BufferPart {
  readonly name: string
  /** Bytes of one page of the ring buffer. */
  readonly pageBytes: number
  /** As the tool names it: `local`, `mono`, …; empty when the file does not say. */
  readonly clock: string
  readonly cpus: readonly CpuData[]
}

/** What the head of a trace.dat says, before any record is read. */
export interface FileParts extends NumberForm {
  readonly version: number
  /** The traced machine's page size. */
  readonly pageBytes: number
  readonly compression: string
  readonly unpack: Unpack
  /** Text of `events/header_page`. */
  readonly headerPage: string
  /** Texts of `events/<system>/<event>/format`, of the tracers' own events first. */
  readonly formats: readonly string[]
  /** Text of `/proc/kallsyms`. */
  readonly kallsyms: Uint8Array
  /** `pid comm` lines. */
  readonly commandLines: string
  /** `printk_formats`: `0xaddress : "text"` lines. */
  readonly printk: string
  /** `sysname nodename release machine`; empty when the file does not say. */
  readonly uname: string
  readonly time: TimeOptions
  /** Texts of `per_cpu/cpuN/stats` when recording ended. */
  readonly cpuStats: readonly string[]
  readonly buffers: readonly BufferPart[]
  /** What could not be read of the head, in words. */
  readonly damage: readonly string[]
  /** Where the text of a latency tracer lies that the file holds in place of records. */
  readonly latency: CpuData | undefined
}
