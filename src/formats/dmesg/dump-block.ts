import { type FrameId, type LineId, type StackId } from '../../model/ids.ts'
import { type DumpAllocation, type DumpPinned, type PageDump } from '../../model/kernel-note.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { type AllocatedLine, type DumpHead, type DumpLine } from './dump-lines.ts'

/** Word of `struct page` whose halves are `_refcount` (high) and `_mapcount` or page_type (low), on 64-bit kernels. */
const COUNTS_WORD = 6

/**
 * One `dump_page()` block while its lines come in. Starts at the `page:` line or, when that is missing, at any other:
 * the raw words then give the counts.
 */
export class DumpBlock {
  /** Lines taken. */
  lineCount = 0
  /** Global number of the line taken last. */
  lastLine: LineId
  readonly #into: TraceBuilder
  readonly #firstLine: LineId
  readonly #timeNs: number | undefined
  #head: DumpHead | undefined
  #namedPfn: number | undefined
  #order = 0
  #flags = ''
  #pageKind: PageDump['pageKind'] = 'unknown'
  #isFile = false
  #isPoisoned = false
  #words: readonly string[] = []
  #reason: string | undefined
  #allocated: { readonly told: AllocatedLine; readonly line: LineId } | undefined
  #pinned: { readonly bootNs: number; readonly count: number; readonly line: LineId } | undefined
  readonly #allocatedStack = new FrameList()
  readonly #pinnedStack = new FrameList()
  #stackOf: 'none' | 'allocated' | 'freed' | 'pinned' = 'none'

  /** `namedPfn` is the PFN that a line just before gave (`migrating pfn …`). */
  constructor(into: TraceBuilder, firstLine: LineId, timeNs: number | undefined, namedPfn: number | undefined) {
    this.#into = into
    this.#firstLine = this.lastLine = firstLine
    this.#timeNs = timeNs
    this.#namedPfn = namedPfn
  }

  /** True when the line goes on with this block; false when it belongs to another. */
  takes(line: DumpLine): boolean {
    if (line.kind === 'head' || line.kind === 'poisoned') return false
    if (line.kind === 'frame') return this.#stackOf !== 'none'
    if (line.kind === 'pinned_page') return this.#stackOf === 'pinned'
    if (line.kind === 'flags' || line.kind === 'reason') return this.#reason === undefined
    return true
  }

  add(line: DumpLine, at: LineId): void {
    this.lineCount++
    this.lastLine = at
    this.#keep(line, at)
  }

  #keep(line: DumpLine, at: LineId): void {
    if (line.kind !== 'frame' && line.kind !== 'pinned_page') this.#stackOf = stackBehind(line)
    if (line.kind === 'head') this.#head = line.head
    else if (line.kind === 'order') this.#order = line.order
    else if (line.kind === 'page_kind') this.#pageKind = line.pageKind
    else if (line.kind === 'file') this.#isFile = true
    else if (line.kind === 'poisoned') this.#isPoisoned = true
    else if (line.kind === 'raw') this.#words = [...this.#words, ...line.words]
    else if (line.kind === 'reason') this.#reason = line.reason
    else if (line.kind === 'allocated') this.#allocated = { told: line.allocated, line: at }
    else if (line.kind === 'flags') this.#keepFlags(line.flags, line.pageKind)
    else if (line.kind === 'pinned') this.#pinned = { bootNs: line.bootNs, count: line.count, line: at }
    else if (line.kind === 'frame') this.#keepFrame(line.frame)
  }

  #keepFlags(flags: string, pageKind: 'anon' | 'ksm' | 'plain'): void {
    this.#flags = flags
    if (pageKind !== 'plain') this.#pageKind = pageKind
  }

  #keepFrame(frame: string): void {
    if (this.#stackOf === 'allocated') this.#allocatedStack.add(this.#into, frame)
    else if (this.#stackOf === 'pinned') this.#pinnedStack.add(this.#into, frame)
  }

  /** The block as a fact; undefined when neither its first line nor its raw words gave the counts. */
  dump(): PageDump | undefined {
    const counts = this.#head ?? (this.#isPoisoned ? undefined : countsOf(this.#words))
    if (counts === undefined) return undefined
    const pfn = this.#head?.pfn ?? this.#namedPfn
    const hasMapping = this.#head?.hasMapping
    const allocation = this.#allocation()
    const pinned = this.#pinnedFacts()
    return {
      refcount: counts.refcount,
      mapcount: counts.mapcount,
      order: this.#order > 0 ? this.#order : (this.#head?.order ?? 0),
      flags: this.#flags,
      pageKind: this.#pageKind === 'unknown' && this.#isFile ? 'file' : this.#pageKind,
      reason: this.#reason ?? '',
      line: this.#firstLine,
      lastLine: this.lastLine,
      ...(pfn === undefined ? {} : { pfn }),
      ...(hasMapping === undefined ? {} : { hasMapping }),
      ...(allocation === undefined ? {} : { allocation }),
      ...(pinned === undefined ? {} : { pinned }),
      ...(this.#timeNs === undefined ? {} : { timeNs: this.#timeNs }),
    }
  }

  #allocation(): DumpAllocation | undefined {
    if (this.#allocated === undefined) return undefined
    const { told, line } = this.#allocated
    return { ...told, stack: this.#allocatedStack.stack(this.#into), line }
  }

  #pinnedFacts(): DumpPinned | undefined {
    return this.#pinned && { ...this.#pinned, stack: this.#pinnedStack.stack(this.#into) }
  }
}

/** Frames of one stack in a block. */
class FrameList {
  readonly #frames: FrameId[] = []
  #bytes = 0

  add(into: TraceBuilder, frame: string): void {
    this.#frames.push(into.frames.intern(into.strings.intern(frame)))
    this.#bytes += frame.length + 1
  }

  /** -1 without a frame. */
  stack(into: TraceBuilder): StackId {
    return this.#frames.length === 0 ? (-1 as StackId) : into.stacks.internFrames(this.#frames, this.#bytes)
  }
}

/** Whose stack begins behind a line. */
function stackBehind(line: DumpLine): 'none' | 'allocated' | 'freed' | 'pinned' {
  return line.kind === 'allocated' || line.kind === 'freed' || line.kind === 'pinned' ? line.kind : 'none'
}

/** `00000003ffffffff` is a refcount of 3 and a `_mapcount` of -1, no mapping. A page_type in its place is none either. */
function countsOf(words: readonly string[]): { readonly refcount: number; readonly mapcount: number } | undefined {
  const word = words.at(COUNTS_WORD)
  if (word === undefined || word.length !== 16) return undefined
  const refcount = Number.parseInt(word.slice(0, 8), 16) | 0
  const mapcount = Math.max(0, (Number.parseInt(word.slice(8), 16) | 0) + 1)
  return { refcount, mapcount }
}
