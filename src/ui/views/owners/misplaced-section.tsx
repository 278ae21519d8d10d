import { type ReactNode, type RefObject, useMemo, useState } from 'react'
import { counted } from '../../../base/counted.ts'
import { type MisplacedAnswer, type PageSums } from '../../../queries/owners/misplaced-pages.ts'
import { type OwnerPageAnswer } from '../../../queries/owners/owner-page-answer.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { shownOf, useAskAhead, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { useRowPx } from '../../theme/use-row-px.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { FIRST_WINDOW } from '../../widgets/row-window.ts'
import { ownerPageColumns, pageKeyOf } from './owner-page-columns.tsx'
import { pageInView } from './owner-pages.tsx'
import styles from './owners-view.module.css'

interface MisplacedSectionProps {
  /** The dump that is shown. */
  readonly dump: string
  /** The section, to be gone to by its key. */
  readonly section: RefObject<HTMLDetailsElement | null>
}

const NO_ROWS: readonly OwnerPageAnswer[] = []
const MOST_ROWS = 7
/** What a scroll bar may take. */
const BAR_PX = 10

/** First what lies where it cannot be moved away: allocations that did not ask to be movable, in CMA or Movable pageblocks. */
export function MisplacedSection({ dump, section }: MisplacedSectionProps): ReactNode {
  const [view, setView] = useView()
  const rowPx = useRowPx()
  const [window, setWindow] = useState(FIRST_WINDOW)
  const askAhead = useAskAhead()
  const base = { dump, filter: view.ownerFilter ?? '' }
  const state = useQuery('misplacedOwners', { ...base, ...window })
  const answer = shownOf(state)
  const columns = useMemo(
    () =>
      ownerPageColumns({
        isMisplaced: true,
        onPlace: (place) => setView({ event: formatPlace(place) }),
        onPage: ({ pfn }) => setView(pageInView(pfn)),
      }),
    [setView],
  )
  if (state.status === 'failed') return <p className={styles.note}>{state.error.message}</p>
  if (answer === undefined) return <p className={styles.quiet}>Wrong migratetype: looking…</p>
  if (answer.total === 0) return <p className={styles.quiet}>{nothingWords(answer)}</p>
  const rows = answer.rows
  const selected = rows.find(({ pfn, pages }) => view.pfn !== undefined && view.pfn >= pfn && view.pfn < pfn + pages)
  return (
    <details ref={section} className={styles.misplaced} open>
      <summary>Wrong migratetype: {sumsText(answer)}</summary>
      <p className={styles.note}>{whyWords(answer)}</p>
      <div
        className={styles.misplacedTable}
        style={{ height: (Math.min(MOST_ROWS, answer.total) + 1) * rowPx + BAR_PX }}
      >
        <DataTable
          label="Allocations of the wrong migratetype"
          columns={columns}
          rows={rows.length === 0 ? NO_ROWS : rows}
          offset={answer.offset}
          total={answer.total}
          rowKey={pageKeyOf}
          selectedKey={selected && pageKeyOf(selected)}
          onSelect={({ pfn }) => setView({ pfn }, { replace: true })}
          onActivate={({ pfn }) => setView(pageInView(pfn))}
          onWindow={setWindow}
          allRows={async (limit) => (await askAhead('misplacedOwners', { ...base, offset: 0, limit }))?.rows}
          toneOf={({ lru }) => (lru === 'on' ? 'quiet' : undefined)}
          isLoading={state.status === 'pending'}
        />
      </div>
    </details>
  )
}

function sumsText({ cma, movable }: MisplacedAnswer): string {
  return [sumText(cma, 'in CMA'), sumText(movable, 'in Movable pageblocks')].filter(Boolean).join(', ')
}

function sumText({ allocations, pages, sizeBytes }: PageSums, where: string): string {
  if (allocations === 0) return ''
  return `${counted(allocations, 'allocation')} ${where}, ${counted(pages, 'page')}, ${sizeBytes / 1024} KiB`
}

/** Why it matters, and what is left out. */
function whyWords(answer: MisplacedAnswer): string {
  const { cma, movable, onLru } = answer
  const whys = [
    'They did not ask to be movable and lie where the kernel must be able to empty its memory: one page that cannot be migrated makes the allocation, or the offlining, of its range fail.',
    ...(cma.allocations > 0 ? ['The allocator takes CMA pageblocks for movable allocations alone.'] : []),
    ...(movable.allocations > 0
      ? ['In Movable pageblocks a fallback may put them, when no pageblock of their own has room.']
      : []),
    ...(onLru.allocations > 0
      ? [
          `${onLru.allocations} of them ${onLru.allocations === 1 ? 'is' : 'are'} on the LRU, which migration may still move.`,
        ]
      : []),
    ...leftOut(answer),
  ]
  return whys.join(' ')
}

function leftOut({ areaOwn, unknown }: MisplacedAnswer): readonly string[] {
  return [
    ...(areaOwn.allocations > 0
      ? [`Not listed: ${counted(areaOwn.pages, 'page')} that cma_alloc() itself gave out, for which the area is.`]
      : []),
    ...(unknown.allocations > 0
      ? [
          `Not judged: ${counted(unknown.pages, 'page')} allocated before page_owner began, with a mask that was not recorded.`,
        ]
      : []),
  ]
}

const ALL_MOVABLE = 'What lies in a CMA area or a Movable pageblock asked to be movable.'

function nothingWords(answer: MisplacedAnswer): string {
  if (!answer.isTold) {
    return 'Wrong migratetype: cannot be told. This file names no migratetypes, and no file tells CMA areas or zones.'
  }
  return [
    answer.isFiltered ? 'Wrong migratetype: none that passes the filter.' : 'Wrong migratetype: none.',
    ...(answer.isFiltered || leftOut(answer).length > 0 ? [] : [ALL_MOVABLE]),
    ...leftOut(answer),
  ].join(' ')
}
