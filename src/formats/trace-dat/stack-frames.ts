import { type FrameId, type StackId } from '../../model/ids.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { type EventFormat, findField } from './event-format.ts'
import { type RecordView } from './record-view.ts'
import { type Symbols } from './symbols.ts'

/**
 * Turns the addresses of a kernel_stack record into frames:
 *
 *     leaky_ioctl [leaky] (ffffffffa000008e)
 *
 * is what trace-cmd report prints, with the module that it leaves out.
 */
export class StackFrames {
  readonly #into: TraceBuilder
  readonly #symbols: Symbols
  readonly #isLittle: boolean
  readonly #longBytes: number
  /** Frames by the halves of their address. */
  readonly #frames = new Map<number, Map<number, FrameId>>()

  constructor(into: TraceBuilder, symbols: Symbols, isLittle: boolean, longBytes: number) {
    this.#into = into
    this.#symbols = symbols
    this.#isLittle = isLittle
    this.#longBytes = longBytes
  }

  /** Stack of a record. Stacks that were seen are known by their bytes. */
  read(record: RecordView, format: EventFormat): StackId {
    const { start, end } = callersOf(record, format)
    return this.#into.stacks.internBlock(record.bytes, start, end, (bytes, from, to, frames) => {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      for (const { high, low } of addresses(view, from, to, this.#longBytes, this.#isLittle)) {
        frames.push(this.#frameOf(high, low))
      }
    })
  }

  /** True when one of the frames lies in the function that `address` (its two halves) lies in. */
  isThrough(record: RecordView, format: EventFormat, address: Address): boolean {
    const wanted = this.#symbols.find(address.high, address.low)?.name
    if (wanted === undefined) return false
    const { start, end } = callersOf(record, format)
    const found = addresses(record.view, start, end, this.#longBytes, this.#isLittle)
    return found.some(({ high, low }) => this.#symbols.find(high, low)?.name === wanted)
  }

  /** `=> sym (address)` of each frame, as one line. */
  print(record: RecordView, format: EventFormat): string {
    const { start, end } = callersOf(record, format)
    const found = addresses(record.view, start, end, this.#longBytes, this.#isLittle)
    return found.map(({ high, low }) => ` => ${this.#textOf(high, low)}`).join('')
  }

  #frameOf(high: number, low: number): FrameId {
    const byLow = this.#frames.get(high) ?? new Map<number, FrameId>()
    this.#frames.set(high, byLow)
    const known = byLow.get(low)
    if (known !== undefined) return known
    const frame = this.#into.frames.intern(this.#into.strings.intern(this.#textOf(high, low)))
    byLow.set(low, frame)
    return frame
  }

  #textOf(high: number, low: number): string {
    const address = high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, '0')
    const found = this.#symbols.find(high, low)
    if (found === undefined) return address
    return `${found.name}${found.module === '' ? '' : ` [${found.module}]`} (${address})`
  }
}

/** Where the addresses of a record stand: `size` of them, whatever the format's own `caller[8]` says. */
function callersOf(record: RecordView, format: EventFormat): { readonly start: number; readonly end: number } {
  const caller = findField(format, 'caller')
  const size = findField(format, 'size')
  const offset = Math.min(caller === undefined ? record.size : record.span(caller).offset, record.size)
  const room = Math.floor((record.size - offset) / record.longBytes)
  const told = size === undefined || size.size !== 4 ? room : record.number(size)
  const count = told > 0 && told < room ? told : room
  return { start: record.at + offset, end: record.at + offset + count * record.longBytes }
}

/** An address as its two halves: a double cannot hold it. */
export interface Address {
  readonly high: number
  readonly low: number
}

/** Up to ULONG_MAX, which ends the list in older kernels. */
function addresses(
  view: DataView,
  start: number,
  end: number,
  longBytes: number,
  isLittle: boolean,
): readonly Address[] {
  const found: Address[] = []
  for (let at = start; at + longBytes <= end; at += longBytes) {
    const isWide = longBytes === 8
    const high = isWide ? view.getUint32(isLittle ? at + 4 : at, isLittle) : 0
    const low = view.getUint32(isWide && !isLittle ? at + 4 : at, isLittle)
    if (low === 0xffff_ffff && (!isWide || high === 0xffff_ffff)) break
    found.push({ high, low })
  }
  return found
}
