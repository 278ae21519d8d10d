import { rowsOf } from '../base/group-index.ts'
import { type BlockingPage, type Culprit, type Finding } from './attribution/finding.ts'
import { type HoldRow, type HoldTable } from './holds/hold-table.ts'

/**
 * The same findings with the rows of another table that has all holds of the pages that they speak of, page by page in the
 * same order. O(culprits).
 */
export function rebased(findings: readonly Finding[], before: HoldTable, after: HoldTable): readonly Finding[] {
  if (before === after) return findings
  const rowAfter = (hold: HoldRow): HoldRow => {
    const page = before.page[hold]
    return rowsOf(after.byPage, page)[hold - rowsOf(before.byPage, page)[0]]
  }
  return withCulprits(findings, (culprit) =>
    culprit.hold === undefined ? culprit : { ...culprit, hold: rowAfter(culprit.hold) },
  )
}

/** The same findings for a table that has none of the holds that they speak of. O(culprits). */
export function withoutHolds(findings: readonly Finding[]): readonly Finding[] {
  return withCulprits(findings, ({ hold: _hold, ...culprit }) => culprit)
}

function withCulprits(findings: readonly Finding[], ofCulprit: (culprit: Culprit) => Culprit): readonly Finding[] {
  const ofPage = (page: BlockingPage): BlockingPage => ({ ...page, culprits: page.culprits.map(ofCulprit) })
  return findings.map((finding) => ({ ...finding, pages: finding.pages.map(ofPage) }))
}
