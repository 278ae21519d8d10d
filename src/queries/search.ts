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
  /** A range: failed ranges and pages in it. */
  | {
      readonly kind: 'range'
      readonly label: string
      readonly detail: string
      readonly startPfn: number
      readonly endPfn: number
      readonly failureId?: string
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
