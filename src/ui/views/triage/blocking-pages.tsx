import { type ReactNode, type Ref, useState } from 'react'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { thresholdNsOf } from '../../../state/view-state.ts'
import { PageHolders } from './page-holders.tsx'
import styles from './triage-view.module.css'

/** Pages shown at first, and with each "show more". */
const PAGES_AT_ONCE = 20

interface BlockingPagesProps {
  readonly failureId: string
  readonly focusRef: Ref<HTMLElement>
}

/** The proof: each blocking page with its ranked holders and the lines that tell. */
export function BlockingPages({ failureId, focusRef }: BlockingPagesProps): ReactNode {
  const [view] = useView()
  const [limit, setLimit] = useState(PAGES_AT_ONCE)
  const state = useQuery('failure', { id: failureId, thresholdNs: thresholdNsOf(view), offset: 0, limit })
  const detail = shownOf(state)
  if (state.status === 'failed') return <p className={styles.problem}>{state.error.message}</p>
  if (!detail?.found) return null
  const { pages, pageCount } = detail
  return (
    <section ref={focusRef} tabIndex={-1} className={styles.proof} aria-labelledby="blocking-pages">
      <header className={styles.bar}>
        <h2 id="blocking-pages">Blocking pages {pageCount}</h2>
      </header>
      {pageCount === 0 && <p className={styles.note}>No page is known to have blocked this range.</p>}
      {pages.length > 0 && (
        <div className={styles.scroller}>
          <table className={`${styles.holders} data`}>
            <thead>
              <tr>
                <th scope="col">rank</th>
                <th scope="col">holder</th>
                <th scope="col">task</th>
                <th scope="col">reference</th>
                <th scope="col">kind</th>
                <th scope="col">held since</th>
                <th scope="col">until</th>
                <th scope="col">confidence</th>
              </tr>
            </thead>
            {pages.map((page, position) => (
              <PageHolders
                key={page.pfn}
                page={page}
                isFirst={position === 0}
                isTimed={detail.failure.time !== undefined}
              />
            ))}
          </table>
        </div>
      )}
      {pages.length < pageCount && (
        <p className={styles.note}>
          <button type="button" className="link-button" onClick={() => setLimit(limit + PAGES_AT_ONCE)}>
            Show {Math.min(PAGES_AT_ONCE, pageCount - pages.length)} more of {pageCount - pages.length}
          </button>
        </p>
      )}
    </section>
  )
}
