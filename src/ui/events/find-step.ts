import { type EventAnswer, type EventsAnswer, type EventsQuestion } from '../../queries/events.ts'
import { parsePlace } from '../../state/place-in-link.ts'
import { eventKey } from './event-columns.tsx'
import { type EventFilters } from './use-event-rows.ts'

/** Where steps through events begin, and how many they are. */
export interface StepWish {
  /** The events that are stepped through. */
  readonly filters: EventFilters
  /** The event to go on from, `trace.txt:8127`; when it is absent or does not pass, steps begin outside the list. */
  readonly from: string | undefined
  /** Whole steps, negative is back; 0 looks the event itself up. */
  readonly by: number
  /** Narrower list to begin in: the events in sight. */
  readonly start?: { readonly from: number; readonly to: number }
}

/** Asks for events; `undefined` when that failed. */
export type AskEvents = (question: EventsQuestion) => Promise<EventsAnswer | undefined>

/**
 * The event that steps lead to, the last one there is when they lead beyond; the first step into a list leads to its
 * first event, or back to its last. `undefined` when there is none. One question, or two where steps begin.
 */
export async function findStep(ask: AskEvents, wish: StepWish): Promise<EventAnswer | undefined> {
  const { filters, from, by } = wish
  const around = parsePlace(from)
  // A window this wide around an event holds every event that these steps can lead to.
  const answer = around && (await ask({ ...filters, around, offset: 0, limit: 2 * Math.abs(by) + 1 }))
  const at = answer?.rows.findIndex((row) => eventKey(row) === from) ?? -1
  if (!answer || at < 0) return by === 0 ? undefined : findFirst(ask, wish)
  return answer.rows[Math.min(Math.max(at + by, 0), answer.rows.length - 1)]
}

async function findFirst(ask: AskEvents, { filters, by, start }: StepWish): Promise<EventAnswer | undefined> {
  const list = { ...filters, ...start }
  const total = (await ask({ ...list, offset: 0, limit: 1 }))?.total ?? 0
  const offset = by > 0 ? Math.min(by, total) - 1 : Math.max(0, total + by)
  return (await ask({ ...list, offset: Math.max(0, offset), limit: 1 }))?.rows.at(0)
}
