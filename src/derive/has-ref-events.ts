import { oncePer } from '../base/once-per.ts'
import { isRefKind } from '../model/event-kind.ts'
import { type Trace } from '../model/trace.ts'

/** True when page_ref events were recorded at all, of whichever page. O(events), once. */
export const hasRefEvents: (trace: Trace) => boolean = oncePer(({ events }) => {
  for (let row = 0; row < events.length; row++) if (isRefKind(events.kind[row])) return true
  return false
})
