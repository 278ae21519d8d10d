import { type ReactNode, useMemo, useRef } from 'react'
import { counted } from '../../../base/counted.ts'
import { type OwnerTrendAnswer, type TrendStack } from '../../../queries/owners/owner-trend.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { shownOf, useAskAhead, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { CopyMenu } from '../../widgets/copy-menu.tsx'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { SERIES_GLYPHS, SeriesChart } from '../../widgets/series-chart.tsx'
import { useWidth } from '../../widgets/use-width.ts'
import { comparedTitle } from './stack-columns.tsx'
import { ComparedTable, selectedOf, stackKeyOf, useStackWindow } from './compared-table.tsx'
import { kibOf, signed } from './number-column.ts'
import { MatchNotes, orderWords } from './owner-compare.tsx'
import { OwnerInspector } from './owner-inspector.tsx'
import { pageSizeWords } from './owner-totals.tsx'
import { hashIn, inTurn, linkTrendSortOf, trendOrdersOf } from './owners-question.ts'
import { trendColumns, grewWords } from './trend-columns.tsx'
import styles from './owners-view.module.css'

const CHART_PX = 220

/** A series of dumps: the first stacks as lines, all of them as a table. */
export function OwnerTrend(): ReactNode {
  const [view] = useView()
  const askAhead = useAskAhead()
  const base = { filter: view.ownerFilter ?? '', ...inTurn(trendOrdersOf(view)) }
  const window = useStackWindow(base)
  const state = useQuery('ownerTrend', { ...base, ...window.question })
  const top = shownOf(useQuery('ownerTrend', { ...base, offset: 0, limit: SERIES_GLYPHS.length }))
  const answer = shownOf(state)
  const columns = useTrendColumns(answer?.dumps)
  const selected = selectedOf(answer?.rows, view.stack)
  return (
    <>
      <TrendWords answer={answer} />
      {top && top.rows.length > 0 && <TrendChart answer={top} />}
      <ComparedTable
        label="Stacks over all dumps"
        columns={columns}
        answer={answer}
        orders={trendOrdersOf(view)}
        linkOf={linkTrendSortOf}
        window={window}
        allRows={async (limit) => (await askAhead('ownerTrend', { ...base, offset: 0, limit }))?.rows}
        isLoading={state.status === 'pending'}
        empty={
          <EmptyNote title={state.status === 'failed' ? 'The dumps could not be read.' : 'No stack passes the filter.'}>
            {state.status === 'failed' ? state.error.message : ''}
          </EmptyNote>
        }
      />
      {selected && answer && (
        <OwnerInspector
          title={comparedTitle(selected)}
          stack={selected.stack}
          missing={selected.missing}
          facts={[
            ...answer.dumps.map(({ id }, at) => `${id}: ${counted(selected.pages[at], 'page')}`),
            `${signed(selected.growthPages)} pages from the first to the last (${signed(selected.growthBytes)} bytes)`,
            ...(selected.grewInEach ? [grewWords(answer.dumps.length)] : []),
          ]}
        />
      )}
    </>
  )
}

function useTrendColumns(dumps: OwnerTrendAnswer['dumps'] | undefined) {
  const [, setView] = useView()
  return useMemo(
    () => trendColumns({ dumps: dumps ?? [], onPlace: (place) => setView({ event: formatPlace(place) }) }),
    [dumps, setView],
  )
}

function TrendWords({ answer }: { readonly answer: OwnerTrendAnswer | undefined }): ReactNode {
  if (answer === undefined) return <p className={styles.totals}>Comparing…</p>
  const { dumps, totals, grewInEach, total } = answer
  return (
    <>
      <p className={styles.totals}>
        <output>
          {counted(dumps.length, 'dump')} · {totals.map((pages, at) => `${at + 1}: ${pages}`).join(' → ')} pages ·{' '}
          {grewInEach} of {counted(total, 'stack')} grew in each
        </output>
        <span>{orderWords(answer.orderedBy)}</span>
        <span>{pageSizeWords(answer)}</span>
        <span>stacks matched by function names, without offsets</span>
      </p>
      <MatchNotes answer={answer} />
    </>
  )
}

/** The first stacks of the table as lines; the table has the same facts. */
function TrendChart({ answer }: { readonly answer: OwnerTrendAnswer }): ReactNode {
  const [view, setView] = useView()
  const [setBox, width] = useWidth()
  const picture = useRef<HTMLDivElement>(null)
  const isTimed = answer.orderedBy === 'time' && answer.dumps.every(({ newest }) => newest !== undefined)
  const most = answer.rows.reduce((pages, row) => Math.max(pages, ...row.pages), 0)
  return (
    <div ref={setBox} className={styles.chart}>
      <SeriesChart
        label={`Pages of ${counted(answer.rows.length, 'stack')} over ${counted(answer.dumps.length, 'dump')}; the table below has the same facts`}
        width={Math.max(200, width)}
        height={CHART_PX}
        unit={`pages, at most ${most} (${kibOf(most * answer.pageBytes)} KiB); dumps ${isTimed ? 'at the ts of their newest allocation' : 'in their order'}`}
        moments={answer.dumps.map(({ id, newest }, at) => ({
          at: isTimed ? (newest?.ts ?? at) : at,
          label: `${at + 1} ${id}`,
          short: String(at + 1),
        }))}
        series={answer.rows.map((row, at) => ({
          id: stackKeyOf(row),
          label: sameTitleBefore(answer.rows, at) ? `${comparedTitle(row)} (row ${at + 1})` : comparedTitle(row),
          values: row.pages,
        }))}
        selectedId={view.stack}
        onSelect={(id) => setView({ stack: hashIn(id) }, { replace: true })}
        box={picture}
      />
      <CopyMenu
        name="pages by stack over dumps"
        chart={() => picture.current?.querySelector('svg') ?? undefined}
        className={styles.copyChart}
      />
    </div>
  )
}

function sameTitleBefore(rows: readonly TrendStack[], at: number): boolean {
  return rows.some((row, other) => other !== at && comparedTitle(row) === comparedTitle(rows[at]))
}
