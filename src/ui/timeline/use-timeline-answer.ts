import { useState } from 'react'
import { type TimelineAnswer } from '../../queries/timeline.ts'
import { type QueryState, shownOf, useQuery } from '../../state/use-query.ts'
import { isSameWindow, type TimeWindow } from '../widgets/time-window.ts'

/** Columns that lines are decimated to while a window is being sought: a quarter of a second at rest shows the others. */
const SOUGHT_COLUMNS = 360
/** Share of the window that is asked for beyond both its ends meanwhile: a drag goes on. */
const MARGIN = 0.25
/** A picture is stretched so far before a better one is asked for. */
const MOST_STRETCH = 2
/** Answers on the way to a window are of no use once it is found. */
const SOUGHT_KEEP_MS = 0

/** What a timeline is drawn from. */
export interface TimelineAnswers {
  /** For the window of the link: its holds and attempts. */
  readonly state: QueryState<TimelineAnswer>
  /** The newest points that are known for what is drawn; of another window until those of this one are there. */
  readonly points: TimelineAnswer | undefined
}

/** What is to be drawn. */
interface TimelineWish {
  readonly committed: TimeWindow
  readonly drawn: TimeWindow
  readonly columns: number
  /** Events of the page. */
  readonly events?: number
}

/** To split the counts of more events takes longer than a tenth of a second. */
const MOST_AT_ONCE = 150_000

interface Asked extends SoughtPage {
  readonly window: TimeWindow
}

interface SoughtPage {
  readonly pfn: number
  readonly lifetime: number
}

/**
 * Asks for the window of the link, and while a gesture is ahead of it, where the picture there is does not do, for what is
 * drawn: one question at a time, always the newest, in less detail.
 */
export function useTimelineAnswer(
  page: SoughtPage,
  { committed, drawn, columns, events = 0 }: TimelineWish,
): TimelineAnswers {
  // Asked before the rest, so that a page with very many events is drawn before it is told what they are made of.
  const countsFirst = { ...page, ...committed, columns, onlyCounts: true }
  const counts = useQuery('timeline', events > MOST_AT_ONCE ? countsFirst : undefined)
  const state = useQuery('timeline', { ...page, ...committed, columns })
  const isSought = !isSameWindow(committed, drawn)
  const [askedOf, setAskedOf] = useState<Asked>()
  // What was sought of another page or life is nothing to this one.
  const asked = askedOf?.pfn === page.pfn && askedOf.lifetime === page.lifetime ? askedOf.window : undefined
  const question = asked && { ...page, ...asked, columns: SOUGHT_COLUMNS, onlyPoints: true }
  const sought = useQuery('timeline', question, SOUGHT_KEEP_MS)
  const known = (asked && shownOf(sought)) ?? shownOf(state) ?? (events > MOST_AT_ONCE ? shownOf(counts) : undefined)
  const isFree = asked === undefined || sought.status !== 'pending'
  if (isSought && isFree && (known === undefined || !serves(windowOf(known), drawn))) {
    const wider = widened(drawn)
    if (asked === undefined || !isSameWindow(asked, wider)) setAskedOf({ ...page, window: wider })
  }
  if (!isSought && asked && state.status !== 'pending') setAskedOf(undefined)
  const isFound = state.status === 'ready' && !isSought
  return { state, points: isFound ? state.value : known }
}

function windowOf({ from, to }: Pick<TimelineAnswer, 'from' | 'to'>): TimeWindow {
  return { from: from.ns, to: to.ns }
}

/** True when a picture covers what is to be seen, and needs not be stretched much for it. */
export function serves(picture: TimeWindow, seen: TimeWindow): boolean {
  const isCovered = picture.from <= seen.from && picture.to >= seen.to
  return isCovered && picture.to - picture.from <= MOST_STRETCH * (seen.to - seen.from)
}

function widened({ from, to }: TimeWindow): TimeWindow {
  const margin = Math.ceil((to - from) * MARGIN)
  return { from: from - margin, to: to + margin }
}
