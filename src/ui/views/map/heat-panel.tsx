import { NativeSelect, SegmentedControl } from '@mantine/core'
import { type ReactNode, useId, useMemo, useRef, useState } from 'react'
import { counted } from '../../../base/counted.ts'
import { formatTime } from '../../../base/clock.ts'
import { formatPfn, formatPfnRange } from '../../../base/pfn.ts'
import { formatPfnSpans, parsePfnSpans, type PfnSpan } from '../../../base/pfn-spans.ts'
import { type HeatMode, type MapHeatAnswer } from '../../../queries/map/map-heat.ts'
import { type MapSpaceAnswer } from '../../../queries/map/map-space.ts'
import { HEAT_MODE_IDS } from '../../../state/links/map-link.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { timeFromLink, timeToLink } from '../../../state/time-in-link.ts'
import { useCapture } from '../../../state/use-trace.ts'
import { useView } from '../../../state/use-view.ts'
import { thresholdNsOf } from '../../../state/view-state.ts'
import { pictureOf } from '../../widgets/chart-picture.ts'
import { CopyMenu } from '../../widgets/copy-menu.tsx'
import { DraftInput } from '../../widgets/draft-input.tsx'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { HeatLegend } from '../../widgets/heat-legend.tsx'
import { UNTOLD_SWATCH } from '../../widgets/heat-scale.ts'
import { HeatMap } from '../../widgets/heat-map.tsx'
import { type HeatCell, pagesOfRow, timeOfColumn } from '../../widgets/heat-plot.ts'
import { type TimeWindow } from '../../widgets/time-window.ts'
import { TIME_UNIT_WORDS, unitOf } from '../../widgets/time-ticks.ts'
import { useBox } from '../../widgets/use-box.ts'
import { HeatTable, heatTableOf } from './heat-table.tsx'
import { heatScaleOf } from './map-scales.ts'
import styles from './map-view.module.css'

interface HeatPanelProps {
  readonly space: MapSpaceAnswer
  readonly inSight: readonly PfnSpan[]
}

/** Height of the time axis, px, and of a row at least. */
const AXIS_PX = 20
const ROW_PX = 5
const COLUMN_PX = 4

/** PFN × time of one range: where and when something happened, and where the failures fall. */
export function HeatPanel({ space, inSight }: HeatPanelProps): ReactNode {
  const [view, setView] = useView()
  const capture = useCapture()
  const overview = capture?.overview
  const range = rangeOf(view.mapRange?.at(0), view.failure, space)
  const mode = view.heatMode ?? 'events'
  return (
    <section className={styles.heat} aria-label="PFN × time">
      <div className={styles.bar}>
        <h2>PFN × time</h2>
        <NativeSelect
          size="xs"
          aria-label="Range of PFN × time"
          value={range ? formatPfnSpans([range]) : ''}
          data={choicesOf(space, inSight, range)}
          onChange={(event) => {
            const chosen = parsePfnSpans(event.currentTarget.value)
            if (chosen.ok && chosen.value.length > 0) setView({ mapRange: [chosen.value[0]] }, { replace: true })
          }}
        />
        <DraftInput
          label="pfns"
          placeholder="0x17800-0x17c00"
          value={range ? formatPfnSpans([range]) : ''}
          widthChars={19}
          judge={judgeSpan}
          onCommit={(text) => {
            const typed = parsePfnSpans(text)
            setView({ mapRange: typed.ok && typed.value.length > 0 ? [typed.value[0]] : undefined }, { replace: true })
          }}
        />
        <SegmentedControl
          size="xs"
          name="heat-count"
          aria-label="Count (c)"
          withItemsBorders={false}
          transitionDuration={0}
          value={mode}
          data={HEAT_MODE_IDS.map((id) => ({ value: id, label: id }))}
          onChange={(value) => {
            const next = HEAT_MODE_IDS.find((id) => id === value)
            setView({ heatMode: next === 'events' ? undefined : next }, { replace: true })
          }}
        />
        {(view.from !== undefined || view.to !== undefined) && (
          <button
            type="button"
            className={styles.button}
            data-tip="All of the trace (0 in the plot)"
            onClick={() => setView({ from: undefined, to: undefined })}
          >
            whole trace
          </button>
        )}
      </div>
      {range === undefined && (
        <EmptyNote title="No range is chosen.">
          No failed range and no CMA area is known: type pages above, or drag over the map with Shift held.
        </EmptyNote>
      )}
      {range !== undefined && overview?.from === undefined && (
        <EmptyNote title="No events are in this capture.">PFN × time needs a trace.</EmptyNote>
      )}
      {range !== undefined && overview?.from !== undefined && overview.to !== undefined && (
        <HeatStage
          range={range}
          extent={{ from: overview.from.ns, to: overview.to.ns }}
          clock={overview.clock}
          key={formatPfnSpans([range])}
        />
      )}
    </section>
  )
}

interface HeatStageProps {
  readonly range: PfnSpan
  readonly extent: TimeWindow
  readonly clock: NonNullable<ReturnType<typeof useCapture>>['overview']['clock']
}

function HeatStage({ range, extent, clock }: HeatStageProps): ReactNode {
  const [view, setView] = useView()
  const [setStage, stage] = useBox({ width: 1100, height: 200 })
  const [cursor, setCursor] = useState<HeatCell>()
  const [hovered, setHovered] = useState<HeatCell>()
  const [isTable, setTable] = useState(false)
  const picture = useRef<HTMLDivElement>(null)
  const factsId = useId()
  const gutter = formatPfn(range.endPfn).length * 7 + 12
  const mode = view.heatMode ?? 'events'
  const linked = {
    from: timeFromLink(view.from, clock) ?? extent.from,
    to: timeFromLink(view.to, clock) ?? extent.to,
  }
  const base = `${linked.from} ${linked.to}`
  const [preview, setPreview] = useState<{ readonly base: string; readonly window: TimeWindow }>()
  const window = preview?.base === base ? preview.window : linked
  const question = {
    ...range,
    ...window,
    rows: Math.max(1, Math.floor((stage.height - AXIS_PX) / ROW_PX)),
    columns: Math.max(16, Math.floor((stage.width - gutter) / COLUMN_PX)),
    mode,
    thresholdNs: thresholdNsOf(view),
  }
  const state = useQuery('mapHeat', question)
  const answer = shownOf(state)
  const grid = useMemo(() => answer && { ...answer, fromNs: answer.from.ns }, [answer])
  const zeroRows = useMemo(() => (answer ? zeroRowsOf(answer) : []), [answer])
  const marks = useMemo(
    () =>
      (answer?.failures ?? []).map(({ id, label, time, blockingPfns }) => ({
        ns: time.ns,
        label,
        pfns: blockingPfns,
        isSelected: id === view.failure,
      })),
    [answer, view.failure],
  )
  const commit = (next: TimeWindow | undefined): void =>
    setView(
      {
        from: next && timeToLink(next.from, clock),
        to: next && timeToLink(next.to, clock),
      },
      { replace: true },
    )
  const openCell = (cell: HeatCell): void => {
    if (!answer || !grid) return
    const { startPfn } = pagesOfRow(grid, cell.row)
    const pfn = answer.rowPfns[cell.row] < 0 ? startPfn : answer.rowPfns[cell.row]
    const at = timeOfColumn(grid, cell.column)
    const margin = Math.round((window.to - window.from) / 16)
    setView({
      view: 'pfn',
      pfn,
      lifetime: undefined,
      from: timeToLink(Math.max(extent.from, at.from - margin), clock),
      to: timeToLink(Math.min(extent.to, at.to + margin), clock),
    })
  }
  const selectedRow =
    answer && view.pfn !== undefined && view.pfn >= answer.startPfn && view.pfn < answer.endPfn
      ? Math.floor((view.pfn - answer.startPfn) / answer.rowPages)
      : -1
  const pointed = hovered ?? cursor
  // A selected cell tells its own line; rows of the table are not about the first failure.
  const firstLine =
    view.mapCell || isTable ? undefined : (answer?.failures.find(({ place }) => place)?.place ?? answer?.firstPlace)
  return (
    <div ref={picture} className={styles.heatDrawn}>
      <div ref={setStage} className={styles.heatStage} data-place={firstLine && formatPlace(firstLine)}>
        {isTable && answer && <HeatTable answer={answer} clock={clock} />}
        {!isTable && grid && answer && (
          <HeatMap
            label={`Pages ${formatPfnRange(range.startPfn, range.endPfn)} by time, ${mode}: arrows move, Enter opens the page at that time, + and - zoom time, 0 shows all`}
            describedBy={factsId}
            grid={grid}
            box={{ width: stage.width, height: stage.height, gutter, axis: AXIS_PX }}
            scale={heatScaleOf(answer.mode)}
            zeroRows={zeroRows}
            clock={clock}
            marks={marks}
            losses={answer.losses}
            selectedRow={selectedRow}
            limits={{ extent, minSpan: unitOf(clock) }}
            cursor={cursor}
            onHover={setHovered}
            onCursor={setCursor}
            onOpen={openCell}
            onBrush={(pages, time) =>
              setView({
                mapRange: [pages],
                from: timeToLink(time.from, clock),
                to: timeToLink(time.to, clock),
              })
            }
            onPreview={(next) => next && setPreview({ base, window: next })}
            onWindow={(next) => {
              setPreview(undefined)
              commit(next)
            }}
            onReset={() => setView({ from: undefined, to: undefined, mapRange: undefined })}
          />
        )}
      </div>
      <output id={factsId} className={styles.line}>
        {state.status === 'failed' ? state.error.message : cellWords(answer, grid && pointed, clock)}
      </output>
      <div className={styles.foot}>
        <HeatLegend
          scale={heatScaleOf(answer?.mode ?? mode)}
          others={zeroRows.includes(false) ? [UNTOLD_SWATCH] : []}
          lines={answer && answer.losses.length > 0 ? HEAT_LINES : HEAT_LINES.slice(0, 1)}
        />
        {!isTable && <span className={styles.unit}>{TIME_UNIT_WORDS[clock.style.unit]}</span>}
        {answer?.isPairing && mode === 'holds' && <span>references are still being paired: holds may grow</span>}
        {answer && answer.untoldPages > 0 && (
          <span>{answer.untoldPages} pages have too many events to judge at once: choose fewer pages</span>
        )}
        <button
          type="button"
          className={`${styles.button} ${styles.end}`}
          data-picture="none"
          aria-pressed={isTable}
          onClick={() => setTable(!isTable)}
        >
          PFN × time as a table
        </button>
        <span data-picture="none">
          <CopyMenu
            name="PFN × time"
            table={() => heatTableOf(answer, clock)}
            chart={() => (isTable || !picture.current ? undefined : pictureOf(picture.current, heatTitle(mode, range)))}
          />
        </span>
      </div>
    </div>
  )
}

function heatTitle(mode: HeatMode, range: PfnSpan): string {
  return `PFN × time, ${mode}, ${formatPfnRange(range.startPfn, range.endPfn)}`
}

const HEAT_LINES = [
  { mark: 'failure', label: 'failure; ○ a page that blocked' },
  { mark: 'loss', label: 'events lost' },
] as const

function cellWords(
  answer: MapHeatAnswer | undefined,
  cell: HeatCell | undefined,
  clock: HeatStageProps['clock'],
): string {
  if (answer === undefined) return 'counting…'
  const whole = `${formatPfnRange(answer.startPfn, answer.endPfn)} · ${answer.from.text} to ${answer.to.text} · ${counted(answer.events, 'event')} on ${counted(answer.pages, 'page')} · ${counted(answer.failures.length, 'failure')}`
  if (cell === undefined || cell.row >= answer.rows || cell.column >= answer.columns) return whole
  const grid = { ...answer, fromNs: answer.from.ns }
  const { startPfn, endPfn } = pagesOfRow(grid, cell.row)
  const time = timeOfColumn(grid, cell.column)
  const count = answer.count[cell.row * answer.columns + cell.column]
  const failures = answer.failures.filter(({ time: at }) => at.ns >= time.from && at.ns <= time.to)
  const isLost = answer.losses.some((loss) => loss.from <= time.to && loss.to >= time.from)
  return [
    endPfn - startPfn === 1 ? `pfn ${formatPfn(startPfn)}` : formatPfnRange(startPfn, endPfn),
    `${formatTime(time.from, clock)} to ${formatTime(time.to, clock)}`,
    `${answer.mode} ${count}`,
    ...failures.map(({ label, time: at }) => `${label} at ${at.text}`),
    ...(isLost ? ['events were lost here'] : []),
    ...(answer.rowPfns[cell.row] < 0 ? [] : [`Enter: ${formatPfn(answer.rowPfns[cell.row])}`]),
  ].join(' · ')
}

/** Without an event there is no event; of references and excess nothing is told then, nor of pages that were too many. */
function zeroRowsOf({ mode, rows, rowPfns, untoldPages }: MapHeatAnswer): readonly boolean[] {
  return Array.from(
    { length: rows },
    (_, row) => mode === 'events' || (rowPfns[row] >= 0 && (mode === 'holds' || untoldPages === 0)),
  )
}

function rangeOf(
  chosen: PfnSpan | undefined,
  failure: string | undefined,
  { outlines }: MapSpaceAnswer,
): PfnSpan | undefined {
  const failed = outlines.filter(({ kind }) => kind === 'failed')
  const usual = failed.find(({ id }) => id === failure) ?? failed.at(0) ?? outlines.find(({ kind }) => kind === 'cma')
  const range = chosen ?? usual
  return range && { startPfn: range.startPfn, endPfn: range.endPfn }
}

function choicesOf(space: MapSpaceAnswer, inSight: readonly PfnSpan[], range: PfnSpan | undefined) {
  const known = space.outlines
    .filter(({ kind }) => kind !== 'zone')
    .toSorted((a, b) => Number(a.kind !== 'failed') - Number(b.kind !== 'failed'))
    .map((outline) => ({ value: formatPfnSpans([outline]), label: labelOf(outline) }))
  const sight = inSight.at(0)
  const all = [
    ...known,
    ...(sight
      ? [{ value: formatPfnSpans([sight]), label: `in sight ${formatPfnRange(sight.startPfn, sight.endPfn)}` }]
      : []),
    ...(range ? [{ value: formatPfnSpans([range]), label: formatPfnRange(range.startPfn, range.endPfn) }] : []),
  ]
  const seen = new Set<string>()
  return all.filter(({ value }) => !seen.has(value) && seen.add(value) !== undefined).slice(0, 200)
}

function labelOf(outline: MapSpaceAnswer['outlines'][number]): string {
  return outline.kind === 'failed'
    ? outline.label
    : `${outline.label} ${formatPfnRange(outline.startPfn, outline.endPfn)}`
}

function judgeSpan(text: string): string | undefined {
  const typed = parsePfnSpans(text)
  if (!typed.ok) return typed.error
  return typed.value.length > 1 ? 'one range' : undefined
}
