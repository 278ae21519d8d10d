import { type Clock } from '../../../base/clock.ts'
import { timeFromLink } from '../../../state/time-in-link.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { type EventFilters } from '../../events/use-event-rows.ts'

/** What the link says of which events to list. A task is told by its pid when the text is a number, else by its comm. */
export function filtersOf(view: ViewState, clock: Clock | undefined): EventFilters {
  const task = view.filter.trim()
  const isPid = /^\d{1,10}$/.test(task)
  return {
    ...(view.pfn === undefined ? {} : { pfn: view.pfn }),
    ...(view.eventName === undefined ? {} : { name: view.eventName }),
    ...(view.stack === undefined ? {} : { stackHash: view.stack }),
    ...(isPid ? { pid: Number(task) } : {}),
    ...(task === '' || isPid ? {} : { comm: task }),
    ...(clock === undefined || view.from === undefined ? {} : { from: timeFromLink(view.from, clock) }),
    ...(clock === undefined || view.to === undefined ? {} : { to: timeFromLink(view.to, clock) }),
  }
}

/** `0x1f4b4` or `1f4b4` as a PFN; undefined when it is no hex number. */
export function parsePfnText(text: string): number | undefined {
  const match = /^(?:0x)?([0-9a-f]{1,13})$/i.exec(text.trim())
  return match ? Number.parseInt(match[1], 16) : undefined
}
