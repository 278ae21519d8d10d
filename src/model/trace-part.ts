import { type LineId, type StringId } from './ids.ts'
import { type ContextRows } from './context-table.ts'
import { type StackRows } from './stack-depot.ts'
import { type TextRows } from './string-table.ts'
import { type TraceBuilder } from './trace-builder.ts'

/**
 * What a builder took from a part of a text, as plain arrays that can be sent to another thread: the events with the
 * tables that they point into. Not all stacks in the table need be with their events: whose some are, only who holds the
 * parts together may know.
 */
export interface TracePart {
  readonly texts: TextRows
  /** Text of each frame. */
  readonly frames: Int32Array
  readonly stacks: StackRows
  readonly pages: Float64Array
  readonly contexts: ContextRows
  /** Rows of nine fields, see `ShapeTable`. */
  readonly shapes: Int32Array
  readonly events: EventRows
}

/** Events in the order of the text; `line` is 0-based in the part. */
export interface EventRows {
  readonly time: Float64Array
  readonly kind: Uint8Array
  readonly page: Int32Array
  readonly count: Int32Array
  readonly shape: Int32Array
  readonly context: Int32Array
  /** The stack where it is certain whose it is, else NONE. */
  readonly stack: Int32Array
  readonly line: Uint32Array
}

/** What the ids of a part are called in the builder that took it: `stack[id of the part]`. */
export interface TakenPart {
  readonly text: Int32Array
  readonly stack: Int32Array
  readonly context: Int32Array
}

/** All that a builder took, which was nothing but one part of a text. */
export function partOf(builder: TraceBuilder): TracePart {
  return {
    texts: builder.strings.rows(),
    frames: builder.frames.rows(),
    stacks: builder.stacks.rows(),
    pages: builder.pages.rows(),
    contexts: builder.contexts.rows(),
    shapes: builder.shapes.rows(),
    events: builder.eventRows(),
  }
}

/**
 * Adds a part behind what the builder has, as if it had read that text itself: every table gets what is new in it in
 * order of first sight, so ids do not depend on how a text was cut into parts. `firstLine` is the `LineId` of the
 * part's line 0. O(rows).
 */
export function takePart(builder: TraceBuilder, part: TracePart, firstLine: LineId): TakenPart {
  const text = builder.strings.takeRows(part.texts)
  const frame = part.frames.map((id) => builder.frames.intern(text[id] as StringId))
  const stack = builder.stacks.takeRows(part.stacks, frame)
  const page = new Int32Array(part.pages.length)
  for (let id = 0; id < page.length; id++) page[id] = builder.pages.intern(part.pages[id])
  const context = builder.contexts.takeRows(part.contexts, text)
  const shape = builder.shapes.takeRows(part.shapes, text)
  builder.takeEvents(part.events, { page, shape, context, stack }, firstLine)
  return { text, stack, context }
}

/** Ids of a part by ids of a builder, for its events. */
export interface EventIds {
  readonly page: Int32Array
  readonly shape: Int32Array
  readonly context: Int32Array
  readonly stack: Int32Array
}
