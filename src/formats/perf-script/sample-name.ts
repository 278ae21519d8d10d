import { CR, LF, SPACE, TAB, textOf } from '../../base/ascii.ts'
import { type EventName, type EventNames } from '../ftrace/event-names.ts'

const COLON = 58
/** `cycles:ppp`: letters behind the colon of an event that is no tracepoint (util/parse-events.l modifier_event). */
const MODIFIERS = /^[ukhpPSDIWebGHRX]{1,8}$/

/**
 * The event's name without its system, `page_ref_mod` of `page_ref:page_ref_mod:`; `names.end` is then the last colon
 * of the event. An event that is no tracepoint has no system, but may have modifiers: `cycles:ppp:`.
 */
export function nameOfSample(names: EventNames, bytes: Uint8Array, event: number): EventName | undefined {
  const colon = endOfWord(bytes, event)
  const inner = bytes[colon] === COLON && !isEnd(bytes[colon + 1]) ? colon + 1 : event
  const innerEnd = endOfWord(bytes, inner)
  const isModifier = inner > event && innerEnd - inner <= 8 && MODIFIERS.test(textOf(bytes, inner, innerEnd))
  const name = names.find(bytes, isModifier ? event : inner)
  if (name === undefined) return undefined
  let last = isModifier ? innerEnd : names.end
  while (!isEnd(bytes[last + 1])) last++
  names.end = last
  return name
}

/** Position of the first byte at or behind `at` that is a colon or ends a word. */
function endOfWord(bytes: Uint8Array, at: number): number {
  let next = at
  while (bytes[next] !== COLON && !isEnd(bytes[next])) next++
  return next
}

function isEnd(byte: number): boolean {
  return byte === SPACE || byte === LF || byte === CR || byte === TAB
}
