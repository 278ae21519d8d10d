import { assertUnreachable } from '../../base/assert.ts'
import { formatPfn } from '../../base/pfn.ts'
import { type PfnSpan } from '../../base/pfn-spans.ts'
import { type SearchHit } from '../../queries/search.ts'
import { formatPlace } from '../../state/place-in-link.ts'
import { type ViewState } from '../../state/view-state.ts'

/** Words before a hit: what it is. */
export const KIND_WORDS: Readonly<Record<SearchHit['kind'], string>> = {
  pfn: 'page',
  range: 'range',
  pages: 'events',
  symbol: 'symbol',
  task: 'task',
  event: 'event',
  line: 'line',
}

/** Where a hit leads. */
export function destinationOf(hit: SearchHit): Partial<ViewState> {
  switch (hit.kind) {
    case 'pfn':
      return { view: 'pfn', pfn: hit.pfn, lifetime: undefined, from: undefined, to: undefined }
    case 'range':
      return hit.failureId === undefined
        ? { view: 'map', mapWindow: [spanOf(hit)], mapRange: [spanOf(hit)], mapCell: undefined }
        : { view: 'triage', failure: hit.failureId }
    case 'pages':
      return { view: 'events', eventQuery: `pfn:${formatPfn(hit.startPfn)}-${formatPfn(hit.endPfn)}`, pfn: undefined }
    case 'symbol':
      return { view: 'pinners', filter: hit.symbol, stack: undefined }
    case 'task':
      return { view: 'pinners', filter: taskFilter(hit), stack: undefined }
    case 'event':
      return { view: 'events', eventName: hit.name, pfn: undefined }
    case 'line':
      return { event: formatPlace(hit.place) }
    default:
      return assertUnreachable(hit)
  }
}

/** As the pinners' filter names tasks: one by pid, or all of a comm. */
function taskFilter({ comm, pid, isAlone }: SearchHit & { readonly kind: 'task' }): string {
  if (comm === '') return String(pid)
  return isAlone === true ? `${comm}-${pid}` : comm
}

function spanOf({ startPfn, endPfn }: PfnSpan): PfnSpan {
  return { startPfn, endPfn }
}
