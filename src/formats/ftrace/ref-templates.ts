import { hexValue, indexOfText, SPACE } from '../../base/ascii.ts'
import { isSameText } from '../../base/same-text.ts'
import { OTHER } from '../../model/event-kind.ts'
import { NONE, type PageId, type ShapeId, type StringId } from '../../model/ids.ts'
import { type PageTableBuilder } from '../../model/page-table.ts'
import { MAPPING_NONE, MAPPING_SOME, MAPPING_UNKNOWN } from '../../model/shape-table.ts'
import { type EventName } from './event-names.ts'
import { mappingOf } from './mapping.ts'

/** Shapes of later first sight have no template: what differs from event to event cannot be guessed. */
const MOST_SHAPES = 1 << 13
/** Guesses after each event. */
const WAYS = 4
/** Bytes of the longest template, and of the numbers between its pieces. */
const MOST_TEXT = 1 << 10
const MOST_NUMBERS = 64
const MOST_PFN_DIGITS = 12
const MOST_COUNT_DIGITS = 9
/** Together with the digits no more than `MOST_NUMBERS`. */
const MOST_MAPPING = 40
/** Half of a pointer as `%p` prints it. */
const HALF = 8
const ZEROS = new DataView(new TextEncoder().encode('0'.repeat(HALF)).buffer).getFloat64(0)

const DASH = 45

const NO_NAME: EventName = { name: NONE as StringId, kind: OTHER, family: 'plain', bytes: new Uint8Array() }

/** Columns of a template: where its text begins, sizes of its four pieces, what its mapping is. */
const [START, HEAD, FLAGS, MAPCOUNT, REST, MAPPING, COLUMNS] = [0, 1, 2, 3, 4, 5, 6]

/**
 * The text of a page_ref event by its shape: all but the page, the count, and the number of the mapping, of which a
 * shape only says what it is.
 *
 *     page_ref_mod: pfn=0x 1fb7b  flags=uptodate|lru count= 4  mapcount=1 mapping= 000000000e32d1c4  mt=4 val=1↵
 *     ------ head -------         ------- flags ------        ----- mapcount -----                  --- rest ---
 *
 * An event is guessed by the one before: then its text is compared, not read, and has nothing to look up but its page.
 * Which events are guessed changes nothing of what comes out.
 */
export class RefTemplates {
  page = NONE as PageId
  count = 0
  shape = NONE as ShapeId
  /** Name of the event that was read last. */
  name = NO_NAME
  readonly #pages: PageTableBuilder
  readonly #names: EventName[] = []
  readonly #columns = new Int32Array(MOST_SHAPES * COLUMNS)
  /** Shape + 1 of the events that came after one of a shape + 1, the last one first; 0 where there is none. */
  readonly #next = new Int32Array((MOST_SHAPES + 1) * WAYS)
  #last = 0
  #text = new Uint8Array(1 << 14)
  #view = new DataView(this.#text.buffer)
  #size = 0

  constructor(pages: PageTableBuilder) {
    this.#pages = pages
  }

  /** Reads the event whose name is at `start` when it is one of those guessed; position of the next line, else -1. Hot. */
  read(bytes: Uint8Array, view: DataView, start: number): number {
    if (start + MOST_TEXT + MOST_NUMBERS > view.byteLength) return -1
    const next = this.#next
    const first = this.#last * WAYS
    for (let at = first; at < first + WAYS && next[at] > 0; at++) {
      const shape = next[at] - 1
      const end = this.#readAs(bytes, view, start, shape)
      if (end < 0) continue
      if (at > first) this.#guessFirst(first, at)
      return end
    }
    return -1
  }

  /** What came now is guessed first next time, what came longest ago is forgotten when there is no room. */
  #guessFirst(first: number, found: number): void {
    const next = this.#next
    const shape = next[found]
    for (let at = found; at > first; at--) next[at] = next[at - 1]
    next[first] = shape
  }

  /** Reads the event as one of this shape. */
  #readAs(bytes: Uint8Array, view: DataView, start: number, shape: number): number {
    const t = shape * COLUMNS
    const columns = this.#columns
    const held = this.#view
    let from = columns[t + START]
    let size = columns[t + HEAD]
    if (!isSameText(held, from, view, start, size)) return -1
    let at = start + size
    from += size
    const firstDigit = at
    let pfn = 0
    for (let digit = hexDigit(bytes[at]); digit >= 0; digit = hexDigit(bytes[++at])) pfn = pfn * 16 + digit
    if (at === firstDigit || at - firstDigit > MOST_PFN_DIGITS) return -1
    size = columns[t + FLAGS]
    if (!isSameText(held, from, view, at, size)) return -1
    at += size
    from += size
    const isNegative = bytes[at] === DASH
    if (isNegative) at++
    const firstOfCount = at
    let count = 0
    for (let byte = bytes[at]; byte >= 48 && byte <= 57; byte = bytes[++at]) count = count * 10 + byte - 48
    if (at === firstOfCount || at - firstOfCount > MOST_COUNT_DIGITS) return -1
    size = columns[t + MAPCOUNT]
    if (!isSameText(held, from, view, at, size)) return -1
    at += size
    from += size
    const kind = hashedKind(bytes, view, at)
    if (kind !== MAPPING_UNKNOWN) at += HALF * 2
    else {
      const mapping = at
      while (bytes[at] > SPACE) at++
      if (at - mapping > MOST_MAPPING) return -1
      if (mappingOf(bytes, mapping, at) !== columns[t + MAPPING]) return -1
    }
    if (kind !== MAPPING_UNKNOWN && kind !== columns[t + MAPPING]) return -1
    size = columns[t + REST]
    if (!isSameText(held, from, view, at, size)) return -1
    this.#last = shape + 1
    this.page = this.#pages.intern(pfn)
    this.count = isNegative ? -count : count
    this.shape = shape as ShapeId
    this.name = this.#names[shape]
    return at + size
  }

  /** The event `[start, next)`, spelled as the kernel does, is of this shape: it is guessed where it comes again. */
  keep(bytes: Uint8Array, start: number, next: number, shape: ShapeId, name: EventName): void {
    const last = this.#last
    this.#last = 0
    if (shape >= MOST_SHAPES || next - start > MOST_TEXT) return
    if (this.#columns[shape * COLUMNS + HEAD] === 0) this.#add(bytes, start, next, shape)
    this.#names[shape] = name
    const end = (last + 1) * WAYS - 1
    this.#next[end] = shape + 1
    this.#guessFirst(last * WAYS, end)
    this.#last = shape + 1
  }

  #add(bytes: Uint8Array, start: number, next: number, shape: ShapeId): void {
    const pfn = behind(bytes, start, next, 'pfn=0x')
    const flags = endOfNumber(bytes, pfn)
    const count = behind(bytes, flags, next, ' count=')
    const mapcount = endOfNumber(bytes, count)
    const mapping = behind(bytes, mapcount, next, ' mapping=')
    const rest = endOfField(bytes, mapping)
    const kind = mappingOf(bytes, mapping, rest)
    this.#columns.set([this.#size, pfn - start, count - flags, mapping - mapcount, next - rest, kind], shape * COLUMNS)
    for (const [from, to] of [
      [start, pfn],
      [flags, count],
      [mapcount, mapping],
      [rest, next],
    ]) {
      this.#push(bytes.subarray(from, to))
    }
  }

  #push(piece: Uint8Array): void {
    if (this.#size + piece.length > this.#text.length) {
      const grown = new Uint8Array(this.#text.length * 2)
      grown.set(this.#text)
      this.#text = grown
      this.#view = new DataView(grown.buffer)
    }
    this.#text.set(piece, this.#size)
    this.#size += piece.length
  }
}

/** Value of a hex digit as the kernel prints it, or -1. */
function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48
  return byte >= 97 && byte <= 102 ? byte - 87 : -1
}

/** `mappingOf` a field of a hashed pointer, eight zeros first and 16 bytes in all; MAPPING_UNKNOWN for any other. */
function hashedKind(bytes: Uint8Array, view: DataView, start: number): number {
  if (view.getFloat64(start) !== ZEROS || bytes[start + HALF * 2] !== SPACE) return MAPPING_UNKNOWN
  if (hasBlank(view.getInt32(start + HALF)) || hasBlank(view.getInt32(start + HALF + 4))) return MAPPING_UNKNOWN
  return view.getFloat64(start + HALF) === ZEROS ? MAPPING_NONE : MAPPING_SOME
}

/** True when one of four bytes ends a field. */
function hasBlank(four: number): boolean {
  return ((four - 0x21212121) & ~four & 0x80808080) !== 0
}

/** Position behind the text, which stands in `[start, end)`. */
function behind(bytes: Uint8Array, start: number, end: number, text: string): number {
  return indexOfText(bytes, start, end, text) + text.length
}

function endOfNumber(bytes: Uint8Array, start: number): number {
  let at = bytes[start] === DASH ? start + 1 : start
  while (hexValue(bytes[at]) >= 0) at++
  return at
}

function endOfField(bytes: Uint8Array, start: number): number {
  let at = start
  while (bytes[at] > SPACE) at++
  return at
}
