import { type StringId } from '../../model/ids.ts'
import { type PageWalk } from '../../model/page-walk.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { type ProblemLog } from '../problem-log.ts'

/** Counts the pages of each list and each summary of a file, and says where they do not add up. */
export class WalkCount {
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  #form: PageWalk['form'] | undefined
  #line = 0
  #isPartial = false
  readonly #pagesByFlags = new Map<StringId, number>()
  #pages = 0
  /** Pages of the list above, which the summary of the same run follows; -1 when there is none. */
  #listed = -1
  #isTotalled = false

  constructor(into: TraceBuilder, problems: ProblemLog) {
    this.#into = into
    this.#problems = problems
  }

  /** Begins a list or a summary, `line` is that of its header. A summary is of the walk that the list above it is of. */
  begin(form: PageWalk['form'], line: number, isPartial: boolean): void {
    const isOfList = form === 'summary' && this.#form === 'list'
    const partial = isOfList ? this.#isPartial : isPartial
    const listed = isOfList ? this.#pages : -1
    this.end()
    this.#form = form
    this.#line = line
    this.#isPartial = partial
    this.#listed = listed
    this.#isTotalled = false
  }

  add(flags: StringId, pages: number): void {
    this.#pagesByFlags.set(flags, (this.#pagesByFlags.get(flags) ?? 0) + pages)
    this.#pages += pages
  }

  /** The `total` row of a summary. */
  total(pages: number): void {
    this.#isTotalled = true
    if (pages !== this.#pages)
      this.#problems.notice(
        `the rows of its summary are ${this.#pages} pages and its total row says ${pages}: rows are missing or changed`,
      )
    if (this.#listed >= 0 && pages !== this.#listed)
      this.#problems.notice(`its list has ${this.#listed} pages and its summary ${pages}: one of them is not whole`)
  }

  /** Hands the list or summary over that is open. */
  end(): void {
    if (this.#form === undefined) return
    if (this.#form === 'summary' && !this.#isTotalled)
      this.#problems.notice('its summary has no total row: it was cut, and nothing tells how many pages are missing')
    const { strings, firstLine } = this.#into
    const pagesByFlags = new Map([...this.#pagesByFlags].map(([flags, pages]) => [strings.text(flags), pages]))
    this.#into.walk({ form: this.#form, line: firstLine + this.#line, isPartial: this.#isPartial, pagesByFlags })
    this.#form = undefined
    this.#pagesByFlags.clear()
    this.#pages = 0
  }
}
