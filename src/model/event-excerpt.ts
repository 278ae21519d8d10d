import { type EventKind } from './event-kind.ts'
import {
  type ContextId,
  type EventRow,
  type LineId,
  NONE,
  type PageId,
  type ShapeId,
  type StackId,
  type StringId,
} from './ids.ts'
import { type SourceFile } from './source-file.ts'
import { type Trace } from './trace.ts'
import { TraceBuilder } from './trace-builder.ts'
import { partOf, takePart } from './trace-part.ts'

/** Some events of a builder that still grows, with what they point at: a trace of a few events, which can be looked at. */
export class EventExcerpt {
  readonly #from: TraceBuilder
  readonly #few = new TraceBuilder()
  readonly #place = { cpu: NONE as number, pid: 0, irq: 0 }

  constructor(from: TraceBuilder) {
    this.#from = from
  }

  get length(): number {
    return this.#few.eventCount
  }

  /** Adds an event as it is by now. O(its stack). */
  add(row: EventRow): void {
    const { time, kind, page, count, shape, context, stack, line } = this.#from.eventAt(row)
    const few = this.#few
    // The numbers of a row are what their columns say they are.
    const own = few.event(
      time as never,
      kind as EventKind,
      page < 0 ? (NONE as PageId) : few.pages.intern(this.#from.pages.pfnOf(page as PageId)),
      count,
      this.#shapeOf(shape as ShapeId),
      this.#contextOf(context as ContextId),
      line,
    )
    if (stack >= 0) few.setStack(own, this.#stackOf(stack as StackId))
  }

  /** The events so far in time order, with all else that `of` knows by now. O(events). */
  trace(files: readonly SourceFile[], of: TraceBuilder): Trace {
    const copy = new TraceBuilder()
    takePart(copy, partOf(this.#few), 0 as LineId)
    return { ...copy.build(files), ...of.soFar() }
  }

  #shapeOf(id: ShapeId): ShapeId {
    const shape = this.#from.shapes.shapeOf(id)
    const { name, flags, args } = shape
    return this.#few.shapes.intern({
      ...shape,
      name: this.#textOf(name),
      flags: this.#textOf(flags),
      args: this.#textOf(args),
    })
  }

  #contextOf(id: ContextId): ContextId {
    const { contexts } = this.#few
    this.#from.contexts.readPlace(id, this.#place)
    const { cpu, pid, irq } = this.#place
    return contexts.intern(contexts.internTask(pid, this.#textOf(this.#from.contexts.commOf(id))), cpu, irq)
  }

  #stackOf(id: StackId): StackId {
    const { frames, strings, stacks } = this.#few
    const own = this.#from.stacks
      .framesOf(id)
      .map((frame) => frames.intern(strings.intern(this.#from.frames.textOf(frame))))
    return stacks.internFrames(own, 0)
  }

  #textOf(id: StringId): StringId {
    return id < 0 ? id : this.#few.strings.intern(this.#from.strings.text(id))
  }
}
