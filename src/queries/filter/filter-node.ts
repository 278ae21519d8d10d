import { type FilterFieldId } from '../../base/filter-docs.ts'

/** A stretch `[start, end)` of the text of a filter, in UTF-16 units as the browser counts them. */
export interface FilterSpan {
  readonly start: number
  readonly end: number
}

/** What is wrong, where, and what to write instead. */
export interface FilterError extends FilterSpan {
  readonly message: string
}

/** How a term compares; `:` also stands for `=`. */
export type FilterComparison = ':' | '!=' | '>' | '>=' | '<' | '<='

/**
 * One of the alternatives of a term. `exact` is the whole value (a number, a range and a word, too), `wild` has `*` in it,
 * `part` is contained in it, `regex` is searched in it.
 */
export type FilterValue = FilterSpan &
  (
    | { readonly kind: 'exact' | 'wild' | 'part'; readonly text: string }
    | { readonly kind: 'regex'; readonly text: string; readonly flags: '' | 'i' }
  )

/** One condition. */
export interface FilterTerm extends FilterSpan {
  readonly kind: 'term'
  readonly field: FilterFieldId
  readonly comparison: FilterComparison
  readonly values: readonly FilterValue[]
}

/** A filter as a tree. `and` and `or` have two parts at least, none of them of their own kind. */
export type FilterNode =
  | FilterTerm
  | (FilterSpan & { readonly kind: 'and' | 'or'; readonly parts: readonly FilterNode[] })
  | (FilterSpan & { readonly kind: 'not'; readonly part: FilterNode })

/** Words that join terms: quoted where they are searched for. */
export const FILTER_KEYWORDS: ReadonlySet<string> = new Set(['and', 'or', 'not'])
