/** What a bug report is about. `first`: the failed range that tells most, if there is one. */
export type BugReportAbout =
  | { readonly kind: 'first' }
  /** Id of a failed range; with `pfn` that blocking page is told first. */
  | { readonly kind: 'failure'; readonly id: string; readonly pfn?: number }
  /** A page: the first failed range that it blocked, or the page alone. */
  | { readonly kind: 'page'; readonly pfn: number }

/** `text` for a mail to linux-mm, `markdown` for bug trackers, `json` for machines. */
export const BUG_REPORT_FORMATS = ['text', 'markdown', 'json'] as const
export type BugReportFormat = (typeof BUG_REPORT_FORMATS)[number]

/** What a person said of the finding; texts are free, and may be empty. */
export interface PersonSaid {
  /** As it is shown: `won't fix`. */
  readonly verdict: string
  readonly note: string
  readonly assignee: string
}

/** One finding as text. */
export interface BugReportQuestion {
  readonly about: BugReportAbout
  readonly format: BugReportFormat
  readonly thresholdNs: number
  /** Added as a paragraph of its own, which says that a person said so. */
  readonly session?: PersonSaid
}

/** Answer to `bugReport`: ends with a line end. The same bytes wherever it is asked. */
export interface BugReportAnswer {
  readonly text: string
}
