import { memo, type ReactNode, useState } from 'react'
import { type CopyTable } from '../../../base/copy-table.ts'
import { counted } from '../../../base/counted.ts'
import { shownOf, useAskAhead, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { thresholdNsOf } from '../../../state/view-state.ts'
import { CopyMenu } from '../../widgets/copy-menu.tsx'
import { PageHolders } from './page-holders.tsx'
import { pagesTable } from './pages-table.ts'
import styles from './triage-view.module.css'

/** Pages shown at first, and with each "show more". */
const PAGES_AT_ONCE = 20

interface BlockingPagesProps {
  readonly failureId: string
  /** The page whose evidence is shown. */
  readonly shownPfn: number | undefined
}

/** All blocking pages of a range with their holders; nothing for one page, which the evidence tells of. */
export const BlockingPages = memo(function BlockingPages(props: BlockingPagesProps): ReactNode {
  const { failureId, shownPfn } = props
  const [view] = useView()
  const askAhead = useAskAhead()
  const [limit, setLimit] = useState(PAGES_AT_ONCE)
  const state = useQuery('failure', { id: failureId, thresholdNs: thresholdNsOf(view), offset: 0, limit })
  const detail = shownOf(state)
  if (state.status === 'failed') return <p className={styles.problem}>{state.error.message}</p>
  if (!detail?.found || detail.pageCount < 2) return null
  const { pages, pageCount } = detail
  const left = pageCount - pages.length
  const copy = async (): Promise<CopyTable> => {
    const all = await askAhead('failure', {
      id: failureId,
      thresholdNs: thresholdNsOf(view),
      offset: 0,
      limit: pageCount,
    })
    if (!all?.found) throw new Error('the pages could not be read')
    return pagesTable(all.pages, detail.failure)
  }
  return (
    <section aria-labelledby="blocking-pages">
      <header className={styles.bar}>
        <h2 id="blocking-pages">Blocking pages {pageCount}</h2>
        <CopyMenu name="blocking pages" table={copy} className={styles.end} />
      </header>
      <div className={styles.scroller}>
        <table className={`${styles.holders} data`}>
          <thead>
            <tr>
              <th scope="col">page</th>
              <th scope="col">verdict</th>
              <th scope="col">holder</th>
              <th scope="col">task</th>
              <th scope="col">reference</th>
              <th scope="col">kind</th>
              <th scope="col">held since … until</th>
              <th scope="col">confidence</th>
            </tr>
          </thead>
          <tbody>
            {pages.map((page) => (
              <PageHolders key={page.pfn} page={page} isShown={page.pfn === shownPfn} />
            ))}
          </tbody>
        </table>
      </div>
      {left > 0 && (
        <p className={styles.note}>
          <button type="button" className="link-button" onClick={() => setLimit(limit + PAGES_AT_ONCE)}>
            Show {counted(Math.min(PAGES_AT_ONCE, left), 'page')} more of {left}
          </button>
        </p>
      )}
    </section>
  )
})
