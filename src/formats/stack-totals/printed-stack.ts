import { NONE, type FrameId, type LineId, type StackId, type StringId } from '../../model/ids.ts'
import { type StackTotal } from '../../model/stack-totals-table.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'

/** ` prep_new_page+0xf7/0x120 [mod]`, ` [<ffffffff8116147e>] sym+0x1/0x2`, ` 0xffffffffc0a1b2c3`; `%pS` of lib/vsprintf.c. */
const FRAME =
  /^\s*((?:\[<[0-9a-f]+>\]\s+)?(?:[^\s+]+\+0x[0-9a-f]+\/0x[0-9a-f]+(?:\s+\[[^\]]+\])?|0x[0-9a-f]{8,16}))\s*$/
/** What 4.x prints below the outermost frame: ULONG_MAX, no frame. */
const TERMINATOR = /^(\[<f{8,16}>\]\s+)?0xf{8,16}$/

/** The frame in a line of a stack as page_owner prints it; undefined for other lines. */
export function frameIn(line: string): string | undefined {
  return FRAME.exec(line)?.[1]
}

/** Gathers the frames of one block, leaf first. */
export class PrintedStack {
  readonly #into: TraceBuilder
  #frames: FrameId[] = []
  #bytes = 0

  constructor(into: TraceBuilder) {
    this.#into = into
  }

  add(frame: string): void {
    this.#bytes += frame.length + 2
    if (!TERMINATOR.test(frame)) this.#frames.push(this.#into.frames.intern(this.#into.strings.intern(frame)))
  }

  get isEmpty(): boolean {
    return this.#frames.length === 0
  }

  /** Interns the block and begins the next; NONE when it had no frame. */
  take(): StackId {
    const stack = this.isEmpty ? (NONE as StackId) : this.#into.stacks.internFrames(this.#frames, this.#bytes)
    this.#frames = []
    this.#bytes = 0
    return stack
  }
}

/** A total that says nothing yet. */
export function newTotal(line: number): StackTotal {
  const noText = NONE as StringId
  return {
    stack: NONE as StackId,
    pages: NONE,
    times: NONE,
    pid: NONE,
    tgid: NONE,
    comm: noText,
    allocator: noText,
    handle: NONE,
    line: line as LineId,
  }
}
