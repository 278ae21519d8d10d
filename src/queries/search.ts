import { type Derived } from '../derive/derived.ts'
import { type Trace } from '../model/trace.ts'
import { searchLines } from './search-lines.ts'
import { searchPages, searchRanges } from './search-pages.ts'
import { searchEvents, searchSymbols, searchTasks } from './search-words.ts'
import { type PlaceAnswer } from './wire.ts'

/** What the search box holds. */
export interface SearchQuestion {
  readonly text: string
  readonly limit: number
}

/** One hit. `label` is what is shown; the other fields say where it leads. */
export type SearchHit =
  /** A page with events, an owner record or a dump. */
  | { readonly kind: 'pfn'; readonly label: string; readonly detail: string; readonly pfn: number }
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

/** Everything that a text may mean: pages, ranges, lines, tasks, functions, events, in this order; each kind gets its share. */
export function search(trace: Trace, derived: Derived, { text, limit }: SearchQuestion): SearchAnswer {
  const wanted = text.trim()
  if (wanted === '') return { hits: [], reading: '' }
  const pages = searchPages(trace, derived, wanted)
  const ranges = searchRanges(trace, derived, wanted)
  const kinds = [
    pages.hits,
    ranges.hits,
    searchLines(trace, wanted),
    searchTasks(trace, wanted, limit),
    searchSymbols(trace, wanted, limit),
    searchEvents(trace, wanted, limit),
  ]
  return {
    hits: share(kinds, limit),
    reading: [pages.reading, ranges.reading].filter((reading) => reading !== '').join('; '),
  }
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
