import { type Expression, parsePrintFormat, type PrintFormat } from './c-expression.ts'
import { evaluate, NotPrintable, type Recorded, type Value } from './evaluate.ts'
import { type EventFormat } from './event-format.ts'
import { type Symbols } from './symbols.ts'

const CONVERSION = /%([-+ #0]*)(\d+|\*)?(?:\.(\d+|\*))?(hh|h|ll|l|L|z|j|t)?([diouxXcsp%])([A-Za-z]*)/g
/** Columns that a number is padded to at most. */
const MOST_COLUMNS = 256
/** What may stand behind `%p` (Documentation/core-api/printk-formats.rst), those with a symbol first. */
const SYMBOLIC = /^([SsFfB])R?b?/

/** Prints records as libtraceevent does, and so trace-cmd report and perf script. */
export class RecordPrinter {
  readonly #symbols: Symbols
  readonly #formats = new Map<EventFormat, PrintFormat | undefined>()

  constructor(symbols: Symbols) {
    this.#symbols = symbols
  }

  /** The text behind the event's name; where the print format is not understood, `name=value` of every field. */
  print(recorded: Recorded): string {
    const { format } = recorded
    if (!this.#formats.has(format)) this.#formats.set(format, parsePrintFormat(format.printFormat))
    const print = this.#formats.get(format)
    try {
      return print === undefined ? printFields(recorded) : this.#print(print, recorded)
    } catch (error) {
      if (error instanceof NotPrintable) return printFields(recorded)
      throw error
    }
  }

  #print({ format, args }: PrintFormat, recorded: Recorded): string {
    let next = 0
    const take = (): Value => evaluate(argumentAt(args, next++), recorded)
    return format.replace(CONVERSION, (_, flags, width, precision, length, letter, tail: string) => {
      if (letter === '%') return `%${tail}`
      const wide = Math.min(MOST_COLUMNS, width === '*' ? Number(take()) : Number(width ?? 0))
      const cut = precision === '*' ? Number(take()) : precision === undefined ? undefined : Number(precision)
      const value = take()
      if (letter === 'p') return this.#pointer(value, tail, flags, wide)
      const bytes = length === undefined ? 4 : length === 'l' ? recorded.record.longBytes : bytesOf(length)
      return padded(convert(value, letter, flags, bytes, cut), flags, wide) + tail
    })
  }

  #pointer(value: Value, tail: string, flags: string, wide: number): string {
    if (typeof value === 'string') return value + tail
    const address = BigInt.asUintN(64, value)
    const symbolic = SYMBOLIC.exec(tail)
    const found =
      symbolic === null ? undefined : this.#symbols.find(Number(address >> 32n), Number(address & 0xffffffffn))
    if (symbolic !== null && found !== undefined) {
      const offset = symbolic[1] === 'S' || symbolic[1] === 'B' ? `+0x${found.offset.toString(16)}` : ''
      return found.name + offset + tail.slice(symbolic[0].length)
    }
    const text = address === 0n && symbolic === null ? '(nil)' : `0x${address.toString(16)}`
    return padded(text, flags, wide) + (symbolic === null ? tail : tail.slice(symbolic[0].length))
  }
}

function argumentAt(args: readonly Expression[], at: number): Expression {
  if (at >= args.length) throw new NotPrintable()
  return args[at]
}

function bytesOf(length: string): number {
  return length === 'hh' ? 1 : length === 'h' ? 2 : 8
}

function convert(value: Value, letter: string, flags: string, bytes: number, cut: number | undefined): string {
  if (letter === 's') {
    const text = typeof value === 'string' ? value : `0x${BigInt.asUintN(64, value).toString(16)}`
    return cut === undefined ? text : text.slice(0, cut)
  }
  if (typeof value === 'string') throw new NotPrintable()
  if (letter === 'c') return String.fromCharCode(Number(value & 0xffn))
  const isSigned = letter === 'd' || letter === 'i'
  const number = isSigned ? BigInt.asIntN(bytes * 8, value) : BigInt.asUintN(bytes * 8, value)
  const size = number < 0n ? -number : number
  const radix = letter === 'o' ? 8 : letter === 'x' || letter === 'X' ? 16 : 10
  const digits = size.toString(radix).padStart(Math.min(MOST_COLUMNS, cut ?? 0), '0')
  const prefix = flags.includes('#') && radix === 16 && size !== 0n ? '0x' : ''
  const text = (number < 0n ? '-' : flags.includes('+') && isSigned ? '+' : '') + prefix + digits
  return letter === 'X' ? text.toUpperCase() : text
}

function padded(text: string, flags: string, width: number): string {
  if (flags.includes('-') || width < 0) return text.padEnd(Math.min(MOST_COLUMNS, Math.abs(width)))
  if (!flags.includes('0') || !/^[-+]?(?:0x)?[0-9a-f]+$/i.test(text)) return text.padStart(width)
  const sign = /^[-+]?(?:0x)?/.exec(text)?.[0] ?? ''
  return sign + text.slice(sign.length).padStart(width - sign.length, '0')
}

/** ` name=value` of each field behind the common ones, as trace-cmd report -R prints them. */
function printFields({ format, record }: Recorded): string {
  return format.fields
    .filter((field) => !field.name.startsWith('common_'))
    .map((field) => {
      const isText = /\bchar\b/.test(field.type) && (field.isArray || field.place !== 'field')
      if (isText) return ` ${field.name}=${record.text(field)}`
      if (field.isArray || field.place !== 'field') return ` ${field.name}=ARRAY`
      const value = record.bigAt(field.offset, field.size, field.isSigned)
      const isHex = field.type.includes('*') || /\blong\b/.test(field.type)
      return ` ${field.name}=${isHex ? `0x${BigInt.asUintN(64, value).toString(16)}` : value}`
    })
    .join('')
    .trimStart()
}
