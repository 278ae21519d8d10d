import { useState } from 'react'
import { type EventsDifferenceAnswer, type EventsDifferenceQuestion } from '../../queries/events-difference.ts'
import { shownOf, useQuery } from '../../state/use-query.ts'

/** What is known of a comparison: the answer when both sets are counted, until then how far that is. */
export interface Difference {
  readonly answer?: EventsDifferenceAnswer
  readonly progress?: { readonly lookedAt: number; readonly toLookAt: number }
  /** Why there will be neither. */
  readonly problem?: string
}

/** Asks what differs, again and again until all events are looked at. Nothing is asked for `undefined`. */
export function useDifference(question: EventsDifferenceQuestion | undefined): Difference {
  const key = JSON.stringify(question)
  const [asked, setAsked] = useState({ key, round: 0 })
  const now = asked.key === key ? asked : { key, round: 0 }
  const state = useQuery(
    'eventsDifference',
    question && { ...question, ...(now.round === 0 ? {} : { round: now.round }) },
  )
  const isCounting = state.status === 'ready' && state.value.lookedAt < state.value.toLookAt
  // While drawing: the next question follows from this answer.
  if (isCounting) setAsked({ key: now.key, round: now.round + 1 })
  if (state.status === 'failed') return { problem: state.error.message }
  const shown = question && shownOf(state)
  if (shown === undefined) return {}
  return shown.lookedAt < shown.toLookAt
    ? { progress: { lookedAt: shown.lookedAt, toLookAt: shown.toLookAt } }
    : { answer: shown }
}
