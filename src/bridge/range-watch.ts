import { type FailedRange } from '../derive/failures/failed-range.ts'
import { findTracedRanges } from '../derive/failures/failed-ranges.ts'
import { MARK_NAMES } from '../derive/failures/marks.ts'
import { type Onlooker, type ReadSoFar } from '../formats/onlooker.ts'
import { EVENT_KINDS } from '../model/event-kind.ts'
import { EventExcerpt } from '../model/event-excerpt.ts'
import { type EventRow } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { type TraceBuilder } from '../model/trace-builder.ts'
import {
  type EndTimes,
  endTimes,
  foundRanges,
  type FoundRange,
  type FoundSoFar,
  withEnd,
} from '../queries/found-ranges.ts'

/** Events that are looked at, at most; what comes behind is told when all is read. */
const MOST_EVENTS = 20_000
/** What was found is judged anew so often at most, ms. */
const JUDGE_EVERY_MS = 200
/** All is judged anew each time, in the middle of the reading: so many times as long nothing is judged. */
const JUDGE_SHARE = 10

const IS_MARK = EVENT_KINDS.map((kind) => MARK_NAMES.includes(kind))

/**
 * Tells the failed ranges that events tell of while files are still read. What it tells is always among what is found in
 * the end: it goes by beginnings of the files, and what depends on files to come waits.
 */
export class RangeWatch implements Onlooker {
  readonly #tell: (found: FoundSoFar) => void
  readonly #now: () => number
  #excerpt: EventExcerpt | undefined
  /** Events that were looked through. */
  #rows = 0
  /** True when there is more than was told. */
  #isNew = false
  #judgeFrom = 0
  /** True when a stack cannot be read before all files are. */
  #isOver = false
  #atEnd: readonly FoundRange[] = []
  #ends: EndTimes = new Map()

  constructor(tell: (found: FoundSoFar) => void, now: () => number = () => performance.now()) {
    this.#tell = tell
    this.#now = now
  }

  onMore(soFar: ReadSoFar): void {
    const { builder, settledRows } = soFar
    // Events were left out that another file has, too.
    if (settledRows < this.#rows) this.#excerpt = undefined
    if (this.#excerpt === undefined) this.#rows = 0
    const excerpt = (this.#excerpt ??= new EventExcerpt(builder))
    const known = excerpt.length
    this.#add(excerpt, builder, this.#rows, soFar)
    this.#rows = settledRows
    this.#isNew ||= excerpt.length > known
    if (this.#isNew && this.#now() >= this.#judgeFrom) this.#judge(excerpt, soFar)
  }

  onEnd(end: TraceBuilder, soFar: ReadSoFar): void {
    const excerpt = new EventExcerpt(end)
    this.#add(excerpt, end, 0, { ...soFar, settledRows: end.eventCount })
    if (this.#isOver) return
    const trace = excerpt.trace(soFar.files.slice(-1), soFar.builder)
    const ranges = toldNow(trace, soFar).filter(holdsAlone)
    this.#ends = endTimes(ranges)
    this.#atEnd = foundRanges(trace, ranges, () => undefined, this.#ends).ranges
    if (this.#atEnd.length > 0) this.#tell(withEnd({ ranges: [], total: 0 }, this.#atEnd))
  }

  #add(excerpt: EventExcerpt, from: TraceBuilder, firstRow: number, { settledRows, fileCount }: ReadSoFar): void {
    for (const row of from.rowsOfKinds(IS_MARK, firstRow, settledRows)) {
      if (excerpt.length >= MOST_EVENTS) return
      this.#isOver ||= fileCount > 1 && hasAddress(from, row)
      excerpt.add(row)
    }
  }

  #judge(excerpt: EventExcerpt, soFar: ReadSoFar): void {
    if (this.#isOver) return
    const begun = this.#now()
    const trace = excerpt.trace(soFar.files, soFar.builder)
    this.#tell(
      withEnd(
        foundRanges(trace, toldNow(trace, soFar), (_, line) => line, this.#ends),
        this.#atEnd,
      ),
    )
    this.#isNew = false
    const now = this.#now()
    this.#judgeFrom = now + Math.max(JUDGE_EVERY_MS, (now - begun) * JUDGE_SHARE)
  }
}

/** Where compaction looked is told better by files that are still to come, if they tell of the machine. */
function toldNow(trace: Trace, { files, fileCount }: ReadSoFar): readonly FailedRange[] {
  return findTracedRanges(trace).filter(({ trigger }) => trigger !== 'compaction' || files.length === fileCount)
}

/** A range that no event before may tell to be another: who wanted it is told by a stack, or by the start of the attempt. */
function holdsAlone({ trigger, attemptFrom }: FailedRange): boolean {
  return attemptFrom !== undefined || trigger === 'hugetlb' || trigger === 'offline'
}

/** True when a frame of the event's stack is a bare address, which a table of symbols may name. */
function hasAddress(from: TraceBuilder, row: EventRow): boolean {
  const stack = from.stackOf(row)
  return stack >= 0 && from.stacks.framesOf(stack).some((frame) => from.frames.textOf(frame).startsWith('0x'))
}
