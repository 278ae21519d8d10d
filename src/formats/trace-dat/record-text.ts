import { TraceBuilder } from '../../model/trace-builder.ts'
import { CommandNames } from './command-names.ts'
import { type CpuStream } from './cpu-stream.ts'
import { findField, parseEventFormat, type EventFormat, type Field } from './event-format.ts'
import { type FileParts } from './file-parts.ts'
import { RecordPrinter } from './print-record.ts'
import { RecordView } from './record-view.ts'
import { StackFrames } from './stack-frames.ts'
import { Symbols } from './symbols.ts'

const NS_PER_SECOND = 1_000_000_000

/**
 * Prints single records as `trace-cmd report -t` does, each on one line (the frames of a stack behind it):
 *
 *                sleep-133   [001]     4.649399002: page_ref_mod:         pfn=0x278b0 flags=0x2003c count=3 …
 */
export class RecordText {
  readonly #record: RecordView
  readonly #formats: ReadonlyMap<number, EventFormat>
  readonly #names: CommandNames
  readonly #printer: RecordPrinter
  readonly #stacks: StackFrames
  readonly #pid: Field | undefined
  readonly #originSeconds: number
  readonly #isCounting: boolean
  /** Columns for the name of the buffer: none when there is but one. */
  readonly #bufferWidth: number

  constructor(parts: FileParts, originSeconds: number, isCounting: boolean) {
    const symbols = new Symbols(parts.kallsyms)
    const formats = parts.formats.map(parseEventFormat).filter((format) => format !== undefined)
    this.#record = new RecordView(parts.isLittle, parts.longBytes)
    this.#formats = new Map(formats.map((format) => [format.id, format]))
    this.#names = new CommandNames(parts.commandLines)
    this.#printer = new RecordPrinter(symbols)
    this.#stacks = new StackFrames(new TraceBuilder(), symbols, parts.isLittle, parts.longBytes)
    this.#pid = formats.length === 0 ? undefined : findField(formats[0], 'common_pid')
    this.#originSeconds = originSeconds
    this.#isCounting = isCounting
    this.#bufferWidth = Math.max(0, ...parts.buffers.map((buffer) => buffer.name.length))
  }

  /** The record that the stream stands at. */
  print(stream: CpuStream): string {
    const record = this.#record
    record.aim(stream.view, stream.bytes, stream.walk.recordAt, stream.walk.recordBytes)
    const pid = this.#pid === undefined ? 0 : record.number(this.#pid)
    const task = `${this.#names.of(pid).padStart(16)}-${String(pid).padEnd(5)}`
    const cpu = `[${String(stream.place.cpu).padStart(3, '0')}]`
    const line = `${this.#bufferText(stream.place.buffer)}${task} ${cpu} ${this.#timeText(stream.time)}: ${this.#event(Number(record.bigAt(0, 2, false)))}`
    return line.replace(/[\r\n]+/g, ' ').trimEnd()
  }

  #bufferText(name: string): string {
    if (this.#bufferWidth === 0) return ''
    return `${name.padStart(this.#bufferWidth)}${name === '' ? ' ' : ':'} `
  }

  #event(id: number): string {
    const format = this.#formats.get(id)
    if (format === undefined) return `[UNKNOWN EVENT ${id}]`
    const name = `${format.name}:`.padEnd(21)
    if (format.name === 'kernel_stack') return `${name} <stack trace >${this.#stacks.print(this.#record, format)}`
    return `${name} ${this.#printer.print({ format, record: this.#record })}`
  }

  #timeText(time: number): string {
    const seconds = this.#originSeconds + Math.floor(time / NS_PER_SECOND)
    const rest = time - Math.floor(time / NS_PER_SECOND) * NS_PER_SECOND
    if (this.#isCounting) return (BigInt(seconds) * BigInt(NS_PER_SECOND) + BigInt(rest)).toString().padStart(12)
    return `${String(seconds).padStart(5)}.${String(rest).padStart(9, '0')}`
  }
}
