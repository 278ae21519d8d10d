import { textOf } from '../../base/ascii.ts'
import { DataCursor } from './data-cursor.ts'
import { clockNameOf, readSignedText, readTimeShift, type TimeOptions } from './time-options.ts'

/** Ids of trace-cmd's options that are read (lib/trace-cmd/include/private/trace-cmd-private.h). */
export const OPTION = {
  done: 0,
  date: 1,
  cpuStat: 2,
  buffer: 3,
  traceClock: 4,
  uname: 5,
  offset: 7,
  cpuCount: 8,
  timeShift: 12,
  tscToNs: 14,
  headerInfo: 16,
  ftraceEvents: 17,
  eventFormats: 18,
  kallsyms: 19,
  printk: 20,
  commandLines: 21,
  bufferText: 22,
} as const

/** What the options say that hold for the whole file. */
export interface FileOptions {
  readonly time: TimeOptions
  readonly cpuStats: string[]
  uname: string
  /** NaN when no option says. */
  cpuCount: number
}

/** Takes one option that holds for the whole file; false when it is none of these. */
export function readFileOption(id: number, data: Uint8Array, isLittle: boolean, into: FileOptions): boolean {
  const text = (): string => textOf(data, 0, data.length).replace(/\0[^]*$/, '')
  switch (id) {
    case OPTION.date:
      into.time.offsetNs += readSignedText(text()) * 1000n
      return true
    case OPTION.offset:
      into.time.offsetNs += readSignedText(text())
      return true
    case OPTION.cpuStat:
      into.cpuStats.push(text())
      return true
    case OPTION.traceClock:
      into.time.clock = clockNameOf(text())
      return true
    case OPTION.uname:
      into.uname = text().trim()
      return true
    case OPTION.cpuCount:
      if (data.length === 4) into.cpuCount = new DataCursor(data, isLittle, 'the number of CPUs').u32()
      return true
    case OPTION.timeShift:
      if (data.length >= 16) readTimeShift(data, isLittle, into.time)
      return true
    case OPTION.tscToNs:
      if (data.length >= 16) readTsc(data, isLittle, into.time)
      return true
    default:
      return false
  }
}

function readTsc(data: Uint8Array, isLittle: boolean, into: TimeOptions): void {
  const cursor = new DataCursor(data, isLittle, 'the TSC conversion')
  const mult = BigInt(cursor.u32())
  const shift = BigInt(cursor.u32())
  if (mult > 0n) into.tsc = { mult, shift }
}
