import { NativeSelect } from '@mantine/core'
import { type ReactNode, useMemo, useState } from 'react'
import { type StackTotalAnswer, type StackTotalsAnswer, type StackTotalsSort } from '../../../queries/stack-totals.ts'
import { type FrameAnswer, type PlaceAnswer } from '../../../queries/wire.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { shownOf, useAskAhead, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { DraftInput } from '../../widgets/draft-input.tsx'
import { FIRST_WINDOW } from '../../widgets/row-window.ts'
import { StackView } from '../../widgets/stack-view.tsx'
import { untoldText } from '../../widgets/untold-text.ts'
import styles from './files-view.module.css'
import { SectionTable } from './section-table.tsx'
import { stackTotalColumns } from './stack-total-columns.tsx'

const NONE = 'No file tells what each stack has allocated: add page_owner, page_owner_stacks or page_owner_sort output.'
const SORTS: readonly StackTotalsSort[] = ['pages', 'blocks', 'allocator']

/** Stacks by the pages they have allocated, file by file: who allocated, never who holds. */
export function StackTotals(): ReactNode {
  const [, setView] = useView()
  const askAhead = useAskAhead()
  const [asked, setAsked] = useState(FIRST_QUESTION)
  const state = useQuery('stackTotals', asked)
  const answer = shownOf(state)
  const source = answer?.sources.find(({ id }) => id === answer.source)
  const hasBlocks = (source?.blocks ?? -1) >= 0
  // page_owner_sort alone counts allocations in totals, and may tell whose they are
  const hasTasks = hasBlocks && source?.kind === 'totals'
  const columns = useMemo(
    () =>
      stackTotalColumns({
        hasBlocks,
        hasTasks,
        onPlace: (place: PlaceAnswer) => setView({ event: formatPlace(place) }),
      }),
    [hasBlocks, hasTasks, setView],
  )
  const isFailed = state.status === 'failed'
  const ask = (change: Partial<typeof asked>) => setAsked({ ...asked, ...FIRST_WINDOW, ...change })
  if (answer?.sources.length === 0) return <p className={styles.note}>{NONE}</p>
  return (
    <>
      <p className={styles.note}>{answer ? wordsOf(answer) : untoldText(isFailed)}</p>
      <search className={styles.filter} aria-label="Stacks by pages">
        {answer && answer.sources.length > 1 && (
          <NativeSelect
            size="xs"
            aria-label="File that the totals are of"
            value={answer.source}
            onChange={(event) => ask({ source: event.currentTarget.value })}
            data={answer.sources.map(({ id, label, rows }) => ({
              value: id,
              label: `${id}: ${label}, ${rows} stacks`,
            }))}
          />
        )}
        <DraftInput label="stack or task has" value={asked.filter} onCommit={(filter) => ask({ filter })} />
        <button type="button" className="link-button" onClick={() => setView({ view: 'owners' })}>
          By task, gfp, migratetype, order and age, and dumps compared: Owners
        </button>
        <output className="data">
          {answer === undefined ? untoldText(isFailed) : `${answer.total} of ${source?.rows ?? 0} stacks`}
        </output>
      </search>
      <SectionTable
        label="Stacks by the pages they have allocated"
        columns={columns}
        state={state}
        rowKey={idOf}
        onWindow={(window) => setAsked({ ...asked, ...window })}
        allRows={async (limit) => (await askAhead('stackTotals', { ...asked, offset: 0, limit }))?.rows}
        sort={{ id: asked.sort, isDescending: asked.isDescending }}
        onSort={({ id, isDescending }) => ask({ sort: SORTS.find((sort) => sort === id) ?? 'pages', isDescending })}
        renderExpanded={(row) => <AllocatingStack row={row} />}
        empty="No stack has that."
      />
    </>
  )
}

const FIRST_QUESTION = { source: '', filter: '', sort: 'pages' as StackTotalsSort, isDescending: true, ...FIRST_WINDOW }

function idOf({ id }: StackTotalAnswer): string {
  return id
}

function wordsOf({ sources, source, pageBytes, isPageSizeAssumed }: StackTotalsAnswer): string {
  const told = sources.find(({ id }) => id === source)
  const lost = told?.notRecordedPages ?? 0
  const basis = isPageSizeAssumed ? `pages of ${pageBytes} bytes assumed: no file tells` : `pages of ${pageBytes} bytes`
  const missing = lost > 0 ? ` Of ${told?.pages ?? 0} pages ${lost} have no stack that was recorded.` : ''
  return `Says who allocated, not who holds: a reference that was taken later is not in it. Sizes by ${basis}.${missing}`
}

function AllocatingStack({ row }: { readonly row: StackTotalAnswer }): ReactNode {
  return (
    <>
      <StackView
        title="allocation"
        frames={row.stack.frames.map(unmarked)}
        absent={row.notRecorded === '' ? 'The file gives no stack here.' : `Not recorded: ${row.notRecorded}.`}
      />
      {row.depthNote !== '' && <p className={styles.note}>{row.depthNote}</p>}
    </>
  )
}

/** The frame that allocated is no holder's. */
function unmarked(frame: FrameAnswer): FrameAnswer {
  return { ...frame, isHolder: false }
}
