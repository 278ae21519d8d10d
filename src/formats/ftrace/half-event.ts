import { skipBlanks, SPACE, textOf } from '../../base/ascii.ts'
import { type TimeNs } from '../../base/clock.ts'
import { type EventKindName, kindOf } from '../../model/event-kind.ts'
import { type EventName } from './event-names.ts'
import { findValue } from './key-value.ts'

/** A line that begins with an argument goes on where the line before it was cut. */
const CONTINUATION =
  /^\s*(?:(?:start_|end_|fin_)?pfn|page|flags|(?:request_|available_|total_)?count|align|mapcount|mapping|mt|val|ret|errorno|nr_\w+|mode|reason)=/
/** A page_ref event wrapped into more lines than it has arguments is something else. */
const MOST_LINES = 8

/**
 * An event whose line ended too early: the name of a CMA area that the kernel made up ends with a newline (mm/cma.c
 * `cma%d\n`), and mail programs wrap long lines. The rest stands at the beginning of the next lines.
 */
export class HalfEvent {
  readonly name: EventName
  readonly time: TimeNs
  /** 0-based line of the beginning. */
  readonly line: number
  /** Whole first line, for the problem log. */
  readonly firstLine: Uint8Array
  /** Arguments so far. */
  text: Uint8Array
  /** The lines joined, for the problem log. */
  readonly joined: Uint8Array[] = []

  constructor(name: EventName, time: TimeNs, line: number, firstLine: Uint8Array, text: Uint8Array) {
    this.name = name
    this.time = time
    this.line = line
    this.firstLine = firstLine
    this.text = text
  }

  /** Takes the line `[start, end)` when it continues this one; false when it does not. */
  join(bytes: Uint8Array, start: number, end: number): boolean {
    if (this.joined.length >= MOST_LINES) return false
    if (!CONTINUATION.test(textOf(bytes, start, Math.min(end, start + 40)))) return false
    const rest = bytes.subarray(skipBlanks(bytes, start, end), end)
    const whole = new Uint8Array(this.text.length + 1 + rest.length)
    whole.set(this.text)
    whole[this.text.length] = SPACE
    whole.set(rest, this.text.length + 1)
    this.text = whole
    this.joined.push(bytes.slice(start, end))
    return true
  }
}

/** Argument without which an event is not whole, of the events that are read for what they say. */
const NEEDED_KEYS: readonly (readonly [
  family: EventName['family'],
  kind: EventKindName | undefined,
  keys: string[],
])[] = [
  ['cma', undefined, ['count=', 'request_count=']],
  ['kept', 'test_pages_isolated', ['ret=']],
  ['kept', 'mm_migrate_pages', ['reason=']],
]

/** False when the arguments `[start, end)` lack the last one that the event always has. Not for page_ref events. */
export function isWhole(name: EventName, bytes: Uint8Array, start: number, end: number): boolean {
  for (const [family, kind, keys] of NEEDED_KEYS) {
    if (name.family !== family || (kind !== undefined && name.kind !== kindOf(kind))) continue
    return keys.some((key) => findValue(bytes, start, end, key) >= 0)
  }
  return true
}
