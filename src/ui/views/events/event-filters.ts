import { type Clock } from '../../../base/clock.ts'
import { timeFromLink } from '../../../state/time-in-link.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { type EventFilters } from '../../events/use-event-rows.ts'

/** What the link says of which events to list. A task is told by its pid when the text is a number, else by its comm. */
export function filtersOf(view: ViewState, clock: Clock | undefined): EventFilters {
  const task = view.filter.trim()
  const isPid = /^\d{1,10}$/.test(task)
  return {
    ...(view.eventQuery === undefined ? {} : { filter: view.eventQuery }),
    ...(view.pfn === undefined ? {} : { pfn: view.pfn }),
    ...(view.eventName === undefined ? {} : { name: view.eventName }),
    ...(view.stack === undefined ? {} : { stackHash: view.stack }),
    ...(isPid ? { pid: Number(task) } : {}),
    ...(task === '' || isPid ? {} : { comm: task }),
    ...(clock === undefined || view.from === undefined ? {} : { from: timeFromLink(view.from, clock) }),
    ...(clock === undefined || view.to === undefined ? {} : { to: timeFromLink(view.to, clock) }),
  }
}

/** The same without its window in time: what is counted over the whole capture. */
export function wholeTime({ from: _from, to: _to, ...choice }: EventFilters): Omit<EventFilters, 'from' | 'to'> {
  return choice
}

/** A filter with one more term that must hold; one that has `or` on its outside is put in parentheses. */
export function withTerm(filter: string | undefined, term: string): string {
  const before = (filter ?? '').trim()
  if (before === '') return term
  return /(?:^|\s)or(?:\s|$)|\|/i.test(before.replace(/"(?:[^"\\]|\\.)*"/g, '""'))
    ? `(${before}) ${term}`
    : `${before} ${term}`
}
