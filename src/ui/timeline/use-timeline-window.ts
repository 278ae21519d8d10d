import { useMemo, useState } from 'react'
import { type OverviewAnswer } from '../../queries/overview.ts'
import { type PageFactsAnswer } from '../../queries/page-facts.ts'
import { useView, useViewNow } from '../../state/use-view.ts'
import { type ViewState } from '../../state/view-state.ts'
import { type WindowChange } from '../widgets/chart-gestures.ts'
import { type TimeWindow } from '../widgets/time-window.ts'
import { chooseLifetime, lifetimeAt } from './lifetime-choice.ts'
import { extentShown, windowOf, windowToLink, windowWith } from './pfn-window.ts'

/** The window of a timeline that the link keeps. */
export interface TimelineWindow {
  /** What the link says, and what is asked for. */
  readonly committed: TimeWindow
  /** What the link says at this moment, which may be ahead of what is drawn. */
  readonly windowNow: () => TimeWindow
  /** What is drawn: the previewed window while there is one. */
  readonly drawn: TimeWindow
  readonly extent: TimeWindow
  readonly onPreview: (window: TimeWindow | undefined) => void
  readonly onCommit: (change: WindowChange) => void
}

/** A window ahead of the link: it stands until another link is drawn. */
interface Preview {
  readonly window: TimeWindow
  readonly link: string
}

/** The window that the link says, and the gestures' way to change it. */
export function useTimelineWindow(facts: PageFactsAnswer, lifetime: number, overview: OverviewAnswer): TimelineWindow {
  const [{ from, to, comparedPfns }, setView] = useView()
  const viewNow = useViewNow()
  const [preview, setPreview] = useState<Preview>()
  const { clock } = overview
  const extent = useMemo(
    () => extentShown(facts, lifetime, overview, { comparedPfns }),
    [facts, lifetime, overview, comparedPfns],
  )
  const committed = useMemo(() => windowOf({ from, to }, extent, clock), [from, to, extent, clock])
  const windowNow = () => windowOf(viewNow(), extent, clock)
  const link = `${facts.pfn} ${lifetime} ${from} ${to}`
  return {
    committed,
    windowNow,
    drawn: preview?.link === link ? preview.window : committed,
    extent,
    onPreview: (window) => setPreview(window && { window, link }),
    onCommit: (change) => {
      const window = change(windowNow())
      setPreview({ window, link }) // the link is drawn a moment later: nothing may jump back meanwhile
      setView(windowToLink(window, extent, clock), { replace: true })
    },
  }
}

/** The part of a window that lies in a lifetime: an extent has a margin, in which events of other lives may lie. */
export function windowInLife(
  window: TimeWindow,
  lifetime: number,
  { lifetimes }: Pick<PageFactsAnswer, 'lifetimes'>,
): TimeWindow {
  const life = lifetimes.find(({ number }) => number === lifetime)
  if (!life || life.from.ns > window.to || life.to.ns < window.from) return window
  return { from: Math.max(window.from, life.from.ns), to: Math.min(window.to, life.to.ns) }
}

/** What the link needs for a moment to be in sight: its lifetime where that is another, and a window around it. */
export function linkWithMoment(
  view: Pick<ViewState, 'from' | 'to' | 'lifetime' | 'failure' | 'comparedPfns'>,
  ns: number,
  facts: Pick<PageFactsAnswer, 'lifetimes' | 'failures'>,
  overview: Pick<OverviewAnswer, 'from' | 'to' | 'clock'>,
): Pick<ViewState, 'from' | 'to' | 'lifetime'> {
  const { clock } = overview
  const lifetime = chooseLifetime(facts, view.lifetime, ns, view.failure)
  const extent = extentShown(facts, lifetime, overview, view)
  if (ns < extent.from || ns > extent.to)
    return { lifetime: lifetimeAt(facts.lifetimes, ns) ?? 0, from: undefined, to: undefined }
  return { lifetime, ...windowToLink(windowWith(windowOf(view, extent, clock), ns, extent), extent, clock) }
}
