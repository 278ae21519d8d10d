import { type Derived } from '../derive/derived.ts'
import { type Trace } from '../model/trace.ts'
import { searchLines } from './search-lines.ts'
import { type PageHits, searchPages, searchRanges } from './search-pages.ts'
import { readMeaning } from './search-meaning.ts'
import { searchEvents, searchSymbols, searchTasks } from './search-words.ts'
import { type PlaceAnswer } from './wire.ts'

/** What the search box holds. */
export interface SearchQuestion {
  readonly text: string
  readonly limit: number
}

/** One hit. `label` is what is shown; the other fields say where it leads. */
export type SearchHit =
  /** A page, of which a file tells if not said otherwise. */
  | {
      readonly kind: 'pfn'
      readonly label: string
      readonly detail: string
      readonly pfn: number
      /** No file names the page. */
      readonly isUnknown?: boolean
    }
  /** A range: failed ranges and pages in it. `pfn` is its first page with events, else its first. */
  | {
      readonly kind: 'range'
      readonly label: string
      readonly detail: string
      readonly startPfn: number
      readonly endPfn: number
      readonly pfn: number
      readonly failureId?: string
    }
  /** The events of a typed range. */
  | {
      readonly kind: 'pages'
      readonly label: string
      readonly detail: string
      readonly startPfn: number
      readonly endPfn: number
    }
  /** A symbol: pinners whose stack has it. */
  | { readonly kind: 'symbol'; readonly label: string; readonly detail: string; readonly symbol: string }
  /** A comm or a pid. */
  | {
      readonly kind: 'task'
      readonly label: string
      readonly detail: string
      readonly comm: string
      readonly pid: number
      /** True when its pid was asked for: that task, and none of the same comm. */
      readonly isAlone?: boolean
    }
  /** An event name. */
  | { readonly kind: 'event'; readonly label: string; readonly detail: string; readonly name: string }
  /** `file:line` or `:line`. */
  | { readonly kind: 'line'; readonly label: string; readonly detail: string; readonly place: PlaceAnswer }

/** Answer to `search`. `reading` says how the text was read when it is a number: as hex, as decimal, as an address. */
export interface SearchAnswer {
  readonly hits: readonly SearchHit[]
  readonly reading: string
}

/**
 * Everything that a text may mean: pages, ranges, lines, tasks, functions, events, in this order, but what no file names
 * last, and an event by its full name before functions that have that in theirs. Each kind gets its share.
 */
export function search(trace: Trace, derived: Derived, { text, limit }: SearchQuestion): SearchAnswer {
  const { kind, wanted, how } = readMeaning(text)
  if (wanted === '') return { hits: [], reading: '' }
  const isAsked = (asked: typeof kind): boolean => kind === 'any' || kind === asked
  const pages = isAsked('page') || kind === 'address' ? searchPages(trace, derived, wanted, kind === 'address') : NONE
  const ranges = isAsked('page') || kind === 'address' ? searchRanges(trace, derived, wanted) : NONE
  const tasks = isAsked('task') ? searchTasks(trace, wanted, limit) : []
  const words = kind === 'any' ? wordHits(trace, wanted, limit) : []
  const lines = isAsked('line') ? searchLines(trace, kind === 'line' ? `:${wanted}` : wanted) : []
  const others = [ranges.hits, lines, tasks, ...words]
  const isStrange = pages.hits.every((hit) => hit.kind === 'pfn' && hit.isUnknown === true)
  return {
    hits: share(isStrange ? [...others, pages.hits] : [pages.hits, ...others], limit),
    reading: [how, pages.reading, ranges.reading].filter((reading) => reading !== '').join('; '),
  }
}

const NONE: PageHits = { hits: [], reading: '' }

function wordHits(trace: Trace, wanted: string, limit: number): readonly (readonly SearchHit[])[] {
  const symbols = searchSymbols(trace, wanted, limit)
  const events = searchEvents(trace, wanted, limit)
  const isSame = (hit: SearchHit | undefined): boolean =>
    hit?.label === wanted || (hit?.kind === 'event' && wanted.endsWith(`:${hit.name}`))
  return isSame(events[0]) && !isSame(symbols[0]) ? [events, symbols] : [symbols, events]
}

/** At most `limit` hits, kinds kept together; one hit of each kind in turn is given a place until all are taken. */
function share(kinds: readonly (readonly SearchHit[])[], limit: number): readonly SearchHit[] {
  const taken = kinds.map(() => 0)
  let left = Math.min(
    limit,
    kinds.reduce((sum, hits) => sum + hits.length, 0),
  )
  while (left > 0) {
    for (let kind = 0; kind < kinds.length && left > 0; kind++) {
      if (taken[kind] === kinds[kind].length) continue
      taken[kind]++
      left--
    }
  }
  return kinds.flatMap((hits, kind) => hits.slice(0, taken[kind]))
}
