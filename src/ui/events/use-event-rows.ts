import { useState } from 'react'
import { type EventAnswer, type EventsQuestion } from '../../queries/events.ts'
import { parsePlace } from '../../state/place-in-link.ts'
import { shownOf, useQuery } from '../../state/use-query.ts'
import { FIRST_WINDOW, type RowWindow } from '../widgets/row-window.ts'
import { eventKey } from './event-columns.tsx'

/** Which events a table is of. */
export type EventFilters = Omit<EventsQuestion, 'offset' | 'limit' | 'around'>

/** The loaded window of a table of events. */
export interface EventRows {
  readonly rows: readonly EventAnswer[]
  readonly offset: number
  readonly total: number
  readonly isLoading: boolean
  readonly problem?: string
  readonly onWindow: (window: RowWindow) => void
}

const NO_ROWS: readonly EventAnswer[] = []

/** Rows of the events that pass, a window at a time; other filters begin at the top again. */
export function useEventRows(filters: EventFilters): EventRows {
  const key = JSON.stringify(filters)
  const [asked, setAsked] = useState({ key, window: FIRST_WINDOW })
  const window = asked.key === key ? asked.window : FIRST_WINDOW
  const state = useQuery('events', { ...filters, ...window })
  const answer = shownOf(state)
  return {
    rows: answer?.rows ?? NO_ROWS,
    offset: answer?.offset ?? 0,
    total: answer?.total ?? 0,
    isLoading: state.status === 'pending',
    problem: state.status === 'failed' ? state.error.message : undefined,
    onWindow: (next) => setAsked({ key, window: next }),
  }
}

/** The selected event among those that pass. Both absent when it is not among them, or while that is found out. */
export interface SelectedEvent {
  readonly event?: EventAnswer
  /** Position among those that pass. */
  readonly index?: number
}

const NOTHING: SelectedEvent = {}

/** Finds an event by its line, `trace.txt:8127`; with its neighbours, so that a step to one is shown at once. */
export function useSelectedEvent(filters: EventFilters, selected: string | undefined): SelectedEvent {
  const around = parsePlace(selected)
  const state = useQuery('events', around && { ...filters, around, offset: 0, limit: 3 })
  const answer = shownOf(state)
  const at = answer?.rows.findIndex((row) => eventKey(row) === selected) ?? -1
  if (!answer || at < 0) return NOTHING
  return { event: answer.rows[at], index: answer.offset + at }
}
