import { type Derived } from '../../derive/derived.ts'
import { type Trace } from '../../model/trace.ts'
import { folioWords } from '../../queries/folio-words.ts'
import { pageOfPfn } from '../../queries/page-of-pfn.ts'
import { findPageFacts } from '../../queries/page-facts.ts'
import { traceSpan } from '../../queries/time-answer.ts'
import { buildTimeline, type LayerId, type TimelinePoint } from '../../queries/timeline.ts'
import { type EvidenceAnswer, type HoldAnswer } from '../../queries/wire.ts'

/** One page as a bug report tells it, beside what the failed range says of it. */
export interface PageTold {
  readonly pfn: number
  readonly headPfn: number
  /** `head, order 0` in words. */
  readonly folio: string
  readonly isKnown: boolean
  /** The count in force at the failure, or at the end of the trace; absent where no event of the page is before that. */
  readonly count?: CountTold
  /** What other files say of it: flags, mappings. */
  readonly states: readonly EvidenceAnswer[]
  /** Holds that migration does not expect, longest first; of a page that no failed range tells of. */
  readonly holds: readonly HoldAnswer[]
}

/** A count with what it is made of. */
export interface CountTold {
  readonly point: TimelinePoint
  /** Of `point.units`. */
  readonly layers: readonly LayerId[]
  /** The event that leaves this count. */
  readonly line: EvidenceAnswer
  /** Holds in force then whose ends the trace has. */
  readonly holds: readonly HoldAnswer[]
  /** False where the count changed again before the failure: the page was put back then. */
  readonly isLast: boolean
  /** References too many by the failed range, where that tells. */
  readonly met?: number
}

const HOLDS_TOLD = 3

/** Points looked through for the one that migration judged by. */
const COLUMNS = 4000

/** What is known of one page at a failure, of which `excess` is known or not, or over the whole trace when `at` is absent. */
export function pageTold(trace: Trace, derived: Derived, pfn: number, at?: number, excess?: number): PageTold {
  const place = pageOfPfn(trace, pfn)
  const facts = findPageFacts(trace, derived, { pfn })
  const count = countTold(trace, derived, pfn, at ?? traceSpan(trace).to, excess)
  const all = at === undefined ? buildTimeline(trace, derived, { pfn, lifetime: 0, columns: 1 }).holds : []
  return {
    pfn,
    headPfn: place.headPfn,
    folio: folioWords(trace, place),
    isKnown: facts.isKnown,
    ...(count === undefined ? {} : { count }),
    states: facts.states,
    holds: all.slice(0, HOLDS_TOLD),
  }
}

/**
 * The last count before a moment of which as many references are too many as migration met: a page that it gave up is put
 * back before the range fails, through a batch that takes a reference of its own. The last one where none is so.
 */
function countTold(
  trace: Trace,
  derived: Derived,
  pfn: number,
  moment: number,
  excess: number | undefined,
): CountTold | undefined {
  const { from } = traceSpan(trace)
  const before = buildTimeline(trace, derived, {
    pfn,
    lifetime: 0,
    from,
    to: moment,
    columns: COLUMNS,
    onlyPoints: true,
  })
  const last = before.points.at(-1)
  const point = before.points.findLast((one) => excess !== undefined && one.excess === excess) ?? last
  if (point === undefined) return undefined
  const then = buildTimeline(trace, derived, { pfn, lifetime: 0, from: point.ns, to: point.ns, columns: 1 })
  return {
    point,
    layers: before.layers,
    line: lineOf(trace, point),
    holds: then.holds.filter((hold) => isInForce(hold, point)),
    isLast: point === last,
    ...(excess === undefined ? {} : { met: excess }),
  }
}

/** After the event of a point: what it took is held, what it put is not. */
function isInForce({ from, to, getPlace, putPlace }: HoldAnswer, { ns, file, line }: TimelinePoint): boolean {
  const isAfter = (time: { readonly ns: number }, place: HoldAnswer['getPlace']): boolean =>
    time.ns > ns || (time.ns === ns && place !== undefined && place.file === file && place.line > line)
  if (from !== undefined && isAfter(from, getPlace)) return false
  return to === undefined || isAfter(to, putPlace)
}

function lineOf({ files }: Trace, { file, line }: TimelinePoint): EvidenceAnswer {
  return { text: '', places: [{ file, fileName: files[file].name, line }], raw: [] }
}
