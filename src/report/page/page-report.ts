import { type Derived } from '../../derive/derived.ts'
import { type Trace } from '../../model/trace.ts'
import { type EventAnswer, findEvents } from '../../queries/events.ts'
import { findFailure } from '../../queries/failures.ts'
import { readOverview, type OverviewAnswer } from '../../queries/overview.ts'
import { findPageFacts, type LifetimeAnswer, type PageFactsAnswer } from '../../queries/page-facts.ts'
import { timeAnswer } from '../../queries/time-answer.ts'
import { buildTimeline, type TimelineAnswer, type TimelinePoint } from '../../queries/timeline.ts'
import { type BlockingPageAnswer, type CulpritAnswer, type HoldAnswer, type TimeAnswer } from '../../queries/wire.ts'

/** Which page, and what of it. */
export interface PageAsked {
  readonly pfn: number
  /** 1-based, or 0 for the whole trace; absent lets the failure choose. */
  readonly lifetime?: number
  /** Window in `TimeNs`, within the lifetime or not. */
  readonly from?: number
  readonly to?: number
  /** Events to list, around the failure where there is one. */
  readonly events?: number
}

/** A failure that the page lies in, with what its count was then. */
export interface FailureMoment {
  readonly failure: PageFactsAnswer['failures'][number]
  /** The last count before it; absent where no event of the page is before it, or the failure has no time. */
  readonly point?: TimelinePoint
  /** Layers of `point.units`. */
  readonly layers: TimelineAnswer['layers']
  /** What is known of why the page blocked it; absent where it did not. */
  readonly page?: BlockingPageAnswer
}

/** A hold with the holder that a finding makes of it. */
export interface HoldTold {
  readonly hold: HoldAnswer
  readonly culprit?: CulpritAnswer
}

/** What the screen of a page shows, as answers. Plain JSON. */
export interface PageReport {
  readonly overview: OverviewAnswer
  readonly facts: PageFactsAnswer
  /** The lifetime that is shown; 0 for the whole trace. */
  readonly lifetime: number
  readonly window: { readonly from: TimeAnswer; readonly to: TimeAnswer }
  readonly timeline: TimelineAnswer
  readonly moments: readonly FailureMoment[]
  readonly holds: readonly HoldTold[]
  /** Events of the page in the window: all there are, and those listed. */
  readonly eventCount: number
  readonly events: readonly EventAnswer[]
}

const COLUMNS = 660
const EVENTS_LISTED = 24
const PAGES_LOOKED_AT = 2000

/** Asks everything that is said of one page. The raw text of evidence lines is still missing: see `fillRawText`. */
export function gatherPage(trace: Trace, derived: Derived, asked: PageAsked): PageReport {
  const overview = readOverview(trace, derived)
  const facts = findPageFacts(trace, derived, { pfn: asked.pfn })
  const moments = facts.failures.map((failure) => momentOf(trace, derived, facts, failure))
  const lifetime = asked.lifetime ?? lifetimeOf(facts)
  const span = spanOf(facts, overview, lifetime)
  const from = asked.from ?? span.from
  const to = Math.max(from, asked.to ?? span.to)
  const timeline = buildTimeline(trace, derived, { pfn: asked.pfn, lifetime, from, to, columns: COLUMNS })
  const blocked = moments.flatMap(({ page }) => page ?? [])
  return {
    overview,
    facts,
    lifetime,
    window: { from: timeAnswer(trace, from), to: timeAnswer(trace, to) },
    timeline,
    moments,
    holds: timeline.holds.map((hold) => holdTold(hold, blocked)),
    ...eventsAround(trace, { ...asked, from, to }, moments),
  }
}

function momentOf(
  trace: Trace,
  derived: Derived,
  { pfn, headPfn }: PageFactsAnswer,
  failure: FailureMoment['failure'],
): FailureMoment {
  const at = failure.time?.ns
  const then =
    at === undefined
      ? undefined
      : buildTimeline(trace, derived, { pfn, lifetime: 0, from: at, to: at, columns: 1, onlyPoints: true })
  const question = { id: failure.id, thresholdNs: derived.thresholdNs, offset: 0, limit: PAGES_LOOKED_AT }
  const detail = failure.isBlocking ? findFailure(trace, derived, question) : undefined
  const pages = detail?.found ? detail.pages : []
  const page = pages.find((one) => one.pfn === pfn) ?? pages.find((one) => one.headPfn === headPfn)
  const point = then?.points.at(-1)
  return {
    failure,
    layers: then?.layers ?? [],
    ...(point === undefined ? {} : { point }),
    ...(page === undefined ? {} : { page }),
  }
}

/** As the screen chooses: the life of the failure that the page blocked, else the one with most events. */
function lifetimeOf({ lifetimes, failures }: PageFactsAnswer): number {
  const ns = failures.find(({ isBlocking, time }) => isBlocking && time)?.time?.ns
  const found = ns === undefined ? undefined : lifetimes.find(({ from, to }) => ns >= from.ns && ns <= to.ns)
  return (found ?? busiest(lifetimes))?.number ?? 0
}

function busiest(lifetimes: readonly LifetimeAnswer[]): LifetimeAnswer | undefined {
  return lifetimes.reduce<LifetimeAnswer | undefined>(
    (best, life) => (best && best.events >= life.events ? best : life),
    undefined,
  )
}

/** A lifetime, to the trace's end where it did not end; or the whole trace. */
function spanOf(
  { lifetimes }: PageFactsAnswer,
  { from, to }: OverviewAnswer,
  lifetime: number,
): { readonly from: number; readonly to: number } {
  const life = lifetimes.find(({ number }) => number === lifetime)
  const start = (life?.from ?? from)?.ns ?? 0
  return { from: start, to: (life && !life.endsWithTrace ? life.to : to)?.ns ?? start }
}

/** By stack and get: two holds of one stack are told apart by when they began. */
function holdTold(hold: HoldAnswer, blocked: readonly BlockingPageAnswer[]): HoldTold {
  const culprit = blocked
    .flatMap(({ culprits }) => culprits)
    .find(({ stack, heldFrom }) => stack.hash === hold.stack.hash && heldFrom?.ns === hold.from?.ns)
  return culprit === undefined ? { hold } : { hold, culprit }
}

function eventsAround(
  trace: Trace,
  { pfn, from, to, events = EVENTS_LISTED }: PageAsked & { readonly from: number; readonly to: number },
  moments: readonly FailureMoment[],
): Pick<PageReport, 'eventCount' | 'events'> {
  const filters = { pfn, from, to }
  const eventCount = findEvents(trace, { ...filters, offset: 0, limit: 0 }).total
  const times = moments.flatMap(({ failure }) => (failure.time ? [failure] : []))
  const failure = times.find(({ isBlocking }) => isBlocking) ?? times.at(0)
  const at = failure?.time?.ns
  const isInside = at !== undefined && at >= from && at <= to
  const before = isInside ? findEvents(trace, { ...filters, to: at, offset: 0, limit: 0 }).total : 0
  const offset = Math.max(0, Math.min(before - Math.ceil(events / 2), eventCount - events))
  return { eventCount, events: findEvents(trace, { ...filters, offset, limit: events }).rows }
}
