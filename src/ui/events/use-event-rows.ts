import { useState } from 'react'
import { type EventAnswer, type EventsAnswer, type EventsQuestion } from '../../queries/events.ts'
import { type FilterError } from '../../queries/filter/filter-node.ts'
import { parsePlace } from '../../state/place-in-link.ts'
import { shownOf, useAskAhead, useQuery } from '../../state/use-query.ts'
import { FIRST_WINDOW, type RowWindow } from '../widgets/row-window.ts'
import { eventKey } from './event-columns.tsx'

/** Which events a table is of. */
export type EventFilters = Omit<EventsQuestion, 'offset' | 'limit' | 'around' | 'round'>

/** The loaded window of a table of events. */
export interface EventRows {
  readonly rows: readonly EventAnswer[]
  readonly offset: number
  readonly total: number
  /** Events of which the capture does not tell whether they match. */
  readonly unknown: number
  /** How far a filter has looked; absent when it has looked at all. */
  readonly progress?: { readonly lookedAt: number; readonly toLookAt: number; readonly isStopped: boolean }
  /** What is wrong with the filter: it is not applied, and nothing is listed. */
  readonly errors: readonly FilterError[]
  readonly stop: () => void
  readonly goOn: () => void
  readonly isLoading: boolean
  readonly problem?: string
  readonly onWindow: (window: RowWindow) => void
  /** The first `most` of those that pass by now; nothing when they cannot be read. */
  readonly allRows: (most: number) => Promise<readonly EventAnswer[] | undefined>
}

const NO_ROWS: readonly EventAnswer[] = []
const NO_ERRORS: readonly FilterError[] = []
/** Answers that say how far a filter is are of no use a moment later. ms. */
const KEEP_ROUND_MS = 1000

/**
 * Rows of the events that pass, a window at a time; other filters begin at the top again. While a filter is still looking
 * it is asked again and again, and each answer says how far it is.
 */
export function useEventRows(filters: EventFilters): EventRows {
  const key = JSON.stringify(filters)
  const [asked, setAsked] = useState({ key, window: FIRST_WINDOW, round: 0, isStopped: false })
  const now = asked.key === key ? asked : { key, window: FIRST_WINDOW, round: 0, isStopped: false }
  const round = now.round === 0 ? {} : { round: now.round }
  const askAhead = useAskAhead()
  const state = useQuery('events', { ...filters, ...now.window, ...round }, now.round === 0 ? undefined : KEEP_ROUND_MS)
  const answer = shownOf(state)
  const isCounting = state.status === 'ready' && state.value.lookedAt < state.value.toLookAt
  // While drawing: the next question follows from this answer.
  if (isCounting && !now.isStopped) setAsked({ ...now, round: now.round + 1 })
  const isUnfinished = answer !== undefined && answer.lookedAt < answer.toLookAt
  return {
    rows: answer?.rows ?? NO_ROWS,
    offset: answer?.offset ?? 0,
    total: answer?.total ?? 0,
    unknown: answer?.unknown ?? 0,
    ...(isUnfinished
      ? { progress: { lookedAt: answer.lookedAt, toLookAt: answer.toLookAt, isStopped: now.isStopped } }
      : {}),
    errors: answer?.errors ?? NO_ERRORS,
    stop: () => setAsked({ ...now, isStopped: true }),
    goOn: () => setAsked({ ...now, isStopped: false, round: now.round + 1 }),
    isLoading: state.status === 'pending' && now.round === 0,
    problem: state.status === 'failed' ? state.error.message : undefined,
    onWindow: (next) => setAsked({ ...now, window: next }),
    // While a filter is looking the round makes it another question: what was told of the one before is no longer all.
    allRows: async (limit) => (await askAhead('events', { ...filters, ...round, offset: 0, limit }))?.rows,
  }
}

/** The selected event among those that pass. */
export interface SelectedEvent {
  /** Absent when it is not among them, while that is found out, and when it cannot be. */
  readonly event?: EventAnswer
  /** Position among those that pass; absent as `event` is. */
  readonly index?: number
  readonly isLoading: boolean
  /** Why it cannot be found out. */
  readonly problem?: string
  /** The same, once it is found out; asks again where that failed. `undefined` when it cannot be found out. */
  readonly find: () => Promise<Pick<SelectedEvent, 'event' | 'index'> | undefined>
}

/**
 * Finds an event by its line, `trace.txt:8127`; with its neighbours, so that a step to one is shown at once. `lookedAt`: how
 * far a filter is that is still looking.
 */
export function useSelectedEvent(filters: EventFilters, selected: string | undefined, lookedAt = 0): SelectedEvent {
  const around = parsePlace(selected)
  const round = lookedAt === 0 ? {} : { round: lookedAt }
  const question = around && { ...filters, ...round, around, offset: 0, limit: 3 }
  const state = useQuery('events', question)
  const askAhead = useAskAhead()
  return {
    ...eventIn(shownOf(state), selected),
    isLoading: state.status === 'pending',
    problem: state.status === 'failed' ? state.error.message : undefined,
    find: async () => {
      const answer = question && (await askAhead('events', question))
      return answer && eventIn(answer, selected)
    },
  }
}

function eventIn(answer: EventsAnswer | undefined, place: string | undefined): Pick<SelectedEvent, 'event' | 'index'> {
  const at = answer?.rows.findIndex((row) => eventKey(row) === place) ?? -1
  return answer && at >= 0 ? { event: answer.rows[at], index: answer.offset + at } : {}
}
