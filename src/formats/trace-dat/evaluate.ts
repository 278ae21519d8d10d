import { assertUnreachable } from '../../base/assert.ts'
import { type Expression } from './c-expression.ts'
import { type EventFormat, findField } from './event-format.ts'
import { type RecordView } from './record-view.ts'

/** What an argument of a print format comes to. */
export type Value = bigint | string

/** A record with its event's format. */
export interface Recorded {
  readonly format: EventFormat
  readonly record: RecordView
}

/** A function of print formats that is not understood: the event is then shown field by field. */
export class NotPrintable extends Error {
  override readonly name = 'NotPrintable'
}

/** The value of an argument for one record, as libtraceevent has it (src/event-parse.c eval_num_arg()). */
export function evaluate(expression: Expression, of: Recorded): Value {
  switch (expression.kind) {
    case 'number':
    case 'text':
      return expression.value
    case 'word':
      return 0n // strtoll() of a name
    case 'field':
      return fieldValue(expression.name, of)
    case 'item':
      return itemValue(expression.name, numberOf(expression.index, of), of)
    case 'unary':
      return unary(expression.sign, numberOf(expression.of, of))
    case 'binary':
      return binary(expression, of)
    case 'choice':
      return evaluate(numberOf(expression.test, of) === 0n ? expression.no : expression.yes, of)
    case 'cast':
      return cast(expression.type, evaluate(expression.of, of))
    case 'call':
      return call(expression.name, expression.args, of)
    case 'entry':
      throw new NotPrintable()
    default:
      return assertUnreachable(expression)
  }
}

function numberOf(expression: Expression, of: Recorded): bigint {
  const value = evaluate(expression, of)
  if (typeof value === 'string') throw new NotPrintable()
  return value
}

function fieldValue(name: string, { format, record }: Recorded): Value {
  const field = findField(format, name)
  if (field === undefined) throw new NotPrintable()
  const isText = /\bchar\b/.test(field.type) && (field.isArray || field.place !== 'field')
  if (isText) return record.text(field)
  if (field.isArray && field.place === 'field') return record.bigAt(field.offset, record.longBytes, false)
  return record.bigAt(field.offset, field.size, field.isSigned)
}

/** `REC->caller[1]`: items are as wide as a long, or as the type's own word says. */
function itemValue(name: string, index: bigint, { format, record }: Recorded): Value {
  const field = findField(format, name)
  if (field === undefined || field.place !== 'field') throw new NotPrintable()
  const size = itemBytes(field.type, record.longBytes)
  return record.bigAt(field.offset + Number(index) * size, size, field.isSigned)
}

function itemBytes(type: string, longBytes: number): number {
  if (/\b(?:char|[us]8|__u8)\b/.test(type)) return 1
  if (/\b(?:short|[us]16|__u16)\b/.test(type)) return 2
  if (/\blong long\b|64/.test(type)) return 8
  return /\blong\b|\*/.test(type) ? longBytes : 4
}

function unary(sign: string, value: bigint): bigint {
  switch (sign) {
    case '-':
      return -value
    case '~':
      return BigInt.asIntN(64, ~value)
    case '!':
      return value === 0n ? 1n : 0n
    case '+':
      return value
    default:
      throw new NotPrintable()
  }
}

function binary(expression: Extract<Expression, { kind: 'binary' }>, of: Recorded): bigint {
  const { sign } = expression
  const left = numberOf(expression.left, of)
  if (sign === '&&' && left === 0n) return 0n
  if (sign === '||' && left !== 0n) return 1n
  const right = numberOf(expression.right, of)
  const truth = (is: boolean): bigint => (is ? 1n : 0n)
  const wrap = (value: bigint): bigint => BigInt.asIntN(64, value)
  const [a, b] = [BigInt.asUintN(64, left), BigInt.asUintN(64, right)]
  switch (sign) {
    case '&&':
    case '||':
      return truth(right !== 0n)
    case '|':
      return left | right
    case '^':
      return left ^ right
    case '&':
      return left & right
    case '==':
      return truth(a === b)
    case '!=':
      return truth(a !== b)
    case '<':
      return truth(left < right)
    case '>':
      return truth(left > right)
    case '<=':
      return truth(left <= right)
    case '>=':
      return truth(left >= right)
    case '<<':
      return wrap(left << (right & 63n))
    case '>>':
      return left >> (right & 63n)
    case '+':
      return wrap(left + right)
    case '-':
      return wrap(left - right)
    case '*':
      return wrap(left * right)
    case '/':
      return right === 0n ? 0n : left / right
    case '%':
      return right === 0n ? 0n : left % right
    default:
      throw new NotPrintable()
  }
}

const CASTS: readonly (readonly [RegExp, number, boolean])[] = [
  [/^(?:u8|__u8|unsigned char)$/, 8, false],
  [/^(?:s8|__s8|char|signed char)$/, 8, true],
  [/^(?:u16|__u16|unsigned short)$/, 16, false],
  [/^(?:s16|__s16|short)$/, 16, true],
  [/^(?:u32|__u32|unsigned|unsigned int|gfp_t)$/, 32, false],
  [/^(?:s32|__s32|int)$/, 32, true],
]

function cast(type: string, value: Value): Value {
  if (typeof value === 'string') return value
  const rule = CASTS.find(([pattern]) => pattern.test(type))
  if (rule === undefined) return value
  return rule[2] ? BigInt.asIntN(rule[1], value) : BigInt.asUintN(rule[1], value)
}

function call(name: string, args: readonly Expression[], of: Recorded): Value {
  switch (name) {
    case '__get_str':
    case '__get_rel_str':
      return textArgument(args[0], of)
    case '__print_flags':
    case '__print_flags_u64':
      return printFlags(args, of)
    case '__print_symbolic':
    case '__print_symbolic_u64':
      return printSymbol(args, of)
    default:
      throw new NotPrintable()
  }
}

function textArgument(argument: Expression | undefined, { format, record }: Recorded): string {
  const field = argument?.kind === 'word' ? findField(format, argument.value) : undefined
  if (field === undefined) throw new NotPrintable()
  return record.text(field)
}

/** libtraceevent's TEP_PRINT_FLAGS: the first entry that fits takes its bits; what is left is hex. */
function printFlags([value, delimiter, ...entries]: readonly Expression[], of: Recorded): string {
  let left = BigInt.asUintN(64, numberOf(value, of))
  const found: string[] = []
  for (const entry of entries) {
    const [bits, name] = entryOf(entry, of)
    if (bits <= 0n || (left & bits) !== bits) continue
    found.push(name)
    left &= ~bits
  }
  if (left !== 0n) found.push(`0x${left.toString(16)}`)
  return found.join(delimiter.kind === 'text' ? delimiter.value : '')
}

function printSymbol([value, ...entries]: readonly Expression[], of: Recorded): string {
  const wanted = numberOf(value, of)
  for (const entry of entries) {
    const [number, name] = entryOf(entry, of)
    if (BigInt.asUintN(64, number) === BigInt.asUintN(64, wanted)) return name
  }
  return `0x${BigInt.asUintN(64, wanted).toString(16)}`
}

/** Number and name of an entry; a lone name that the kernel did not replace fits nothing. */
function entryOf(entry: Expression, of: Recorded): readonly [bigint, string] {
  if (entry.kind !== 'entry') throw new NotPrintable()
  return [entry.value.kind === 'word' ? -1n : numberOf(entry.value, of), entry.name]
}
