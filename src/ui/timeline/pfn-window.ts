import { type Clock } from '../../base/clock.ts'
import { type OverviewAnswer } from '../../queries/overview.ts'
import { type PageFactsAnswer } from '../../queries/page-facts.ts'
import { timeFromLink, timeToLink } from '../../state/time-in-link.ts'
import { type ViewState } from '../../state/view-state.ts'
import { unitOf } from '../widgets/time-ticks.ts'
import { fitWindow, isSameWindow, type TimeWindow } from '../widgets/time-window.ts'

/** Share of the span shown beyond either end, so that first and last event do not stick to the frame. */
const MARGIN = 0.02
/** Units of the file's time that a window spans at least. */
export const FEWEST_UNITS = 10

/**
 * All that can be shown: a lifetime, or the whole trace for 0, with a margin. Integers. A lifetime that did not end is
 * shown to the trace's end: the count stood still till then, and a failure may lie there.
 */
export function extentOf(
  facts: Pick<PageFactsAnswer, 'lifetimes'>,
  lifetime: number,
  { from, to, clock }: Pick<OverviewAnswer, 'from' | 'to' | 'clock'>,
): TimeWindow {
  const life = facts.lifetimes.find(({ number }) => number === lifetime)
  const start = (life?.from ?? from)?.ns ?? 0
  const end = (life && !life.endsWithTrace ? life.to : to)?.ns ?? life?.to.ns ?? start
  const margin = Math.max(Math.ceil((end - start) * MARGIN), FEWEST_UNITS * unitOf(clock))
  return { from: start - margin, to: end + margin }
}

/** All that the screen can show: a lifetime, or the whole trace where other pages are compared, which lived at other times. */
export function extentShown(
  facts: Pick<PageFactsAnswer, 'lifetimes'>,
  lifetime: number,
  overview: Pick<OverviewAnswer, 'from' | 'to' | 'clock'>,
  { comparedPfns = [] }: Pick<ViewState, 'comparedPfns'>,
): TimeWindow {
  return extentOf(facts, comparedPfns.length === 0 ? lifetime : 0, overview)
}

/** The committed window of the link within the extent; the extent when the link says none. */
export function windowOf(view: Pick<ViewState, 'from' | 'to'>, extent: TimeWindow, clock: Clock): TimeWindow {
  const from = timeFromLink(view.from, clock)
  const to = timeFromLink(view.to, clock)
  if (from === undefined || to === undefined || to <= from) return extent
  return fitWindow({ from, to }, { extent, minSpan: FEWEST_UNITS * unitOf(clock) })
}

/** The window as the link holds it; nothing when it is all there is. */
export function windowToLink(window: TimeWindow, extent: TimeWindow, clock: Clock): Pick<ViewState, 'from' | 'to'> {
  if (isSameWindow(window, extent)) return { from: undefined, to: undefined }
  return { from: timeToLink(window.from, clock), to: timeToLink(window.to, clock) }
}

/** The window moved as little as shows `ns` well inside: unchanged when it does already. */
export function windowWith(window: TimeWindow, ns: number, extent: TimeWindow): TimeWindow {
  if (ns >= window.from && ns <= window.to) return window
  const half = (window.to - window.from) / 2
  return fitWindow({ from: ns - half, to: ns + half }, { extent, minSpan: 1 })
}

/**
 * What the link needs for one life to be shown, or the whole trace for 0: where pages are compared a window, because their
 * axis is that of the whole trace.
 */
export function linkWithLife(
  life: number,
  facts: Pick<PageFactsAnswer, 'lifetimes'>,
  overview: Pick<OverviewAnswer, 'from' | 'to' | 'clock'>,
  view: Pick<ViewState, 'comparedPfns'>,
): Pick<ViewState, 'lifetime' | 'from' | 'to'> {
  const window = extentOf(facts, life, overview)
  return { lifetime: life, ...windowToLink(window, extentShown(facts, life, overview, view), overview.clock) }
}

/** Losses of the whole trace as stretches; one without a beginning or an end reaches that of the trace. */
export function lossesOf({ losses, from, to }: Pick<OverviewAnswer, 'losses' | 'from' | 'to'>): readonly TimeWindow[] {
  if (!from || !to) return []
  return losses.map((loss) => ({ from: loss.from?.ns ?? from.ns, to: loss.to?.ns ?? to.ns }))
}
