import { type ReactNode, useId, useMemo, useRef, useState } from 'react'
import { formatPfn, formatPfnRange } from '../../../base/pfn.ts'
import { type PfnSpan } from '../../../base/pfn-spans.ts'
import { type MapMode } from '../../../queries/map/map-modes.ts'
import { type MapSpaceAnswer } from '../../../queries/map/map-space.ts'
import { type PlaceAnswer } from '../../../queries/wire.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useAskAhead, useQuery, shownOf } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { thresholdNsOf } from '../../../state/view-state.ts'
import { pictureOf } from '../../widgets/chart-picture.ts'
import { HeatLegend } from '../../widgets/heat-legend.tsx'
import { HOLE_SWATCH, UNTOLD_SWATCH } from '../../widgets/heat-scale.ts'
import { PfnMap } from '../../widgets/pfn-map.tsx'
import { alignedWindow, levelOf, type MapLayout, placeOfPfn, spansInSight } from '../../widgets/pfn-map-layout.ts'
import { useBox } from '../../widgets/use-box.ts'
import { useHeldPresses } from '../../shell/use-held-presses.ts'
import { nextCell, spanWords } from './cell-words.ts'
import { HeatPanel } from './heat-panel.tsx'
import { MapCrumbs } from './map-crumbs.tsx'
import { MapFacts } from './map-facts.tsx'
import { MapInspector } from './map-inspector.tsx'
import { holderMarks, labelsAround, outlinesOf } from './map-marks.ts'
import { scaleOf } from './map-scales.ts'
import { MapStrip } from './map-strip.tsx'
import { MapTable, unitColumns, unitsWord } from './map-table.tsx'
import { MapToolbar } from './map-toolbar.tsx'
import styles from './map-view.module.css'
import { useMapWindow } from './map-window.ts'
import { useMapKeys } from './use-map-keys.ts'

/** Rows that are copied at most. */
const MOST_COPIED = 20_000

/** The map with all around it. */
export function MapScreen({ space }: { readonly space: MapSpaceAnswer }): ReactNode {
  const [view, setView] = useView()
  const { spans } = space
  const mode = view.mapMode ?? 'blocked'
  const blockPages = 2 ** space.blockOrder
  const gutter = formatPfn(spans.at(-1)?.endPfn ?? 0).length * 7 + 12
  const [setStage, stage] = useBox({ width: 1100, height: 420 })
  const box = useMemo(() => ({ width: Math.max(160, stage.width - gutter), height: stage.height }), [stage, gutter])
  const { layout, window, onPreview, onWindow } = useMapWindow(spans, box)
  const [cursor, setCursor] = useState<PfnSpan>()
  const [hovered, setHovered] = useState<PfnSpan>()
  const [isTable, setTable] = useState(false)
  const picture = useRef<HTMLDivElement>(null)
  const factsId = useId()
  const thresholdNs = thresholdNsOf(view)
  const inSight = useMemo(() => spansInSight(layout), [layout])
  const failure = space.outlines.find(({ id }) => id !== undefined && id === view.failure)
  const heldAt = mode === 'holds' && view.isHeldAtFailure && failure?.time ? failure.id : undefined
  const state = useQuery('mapCells', {
    spans: inSight,
    cellPages: layout.grid.cellPages,
    mode,
    thresholdNs,
    ...(heldAt === undefined ? {} : { heldAt }),
  })
  const cells = shownOf(state)
  const isOwn = cells?.mode === mode
  // Cells of the window before say nothing of where these lie.
  const known = isOwn && state.status === 'ready' ? cells : undefined
  const scale = useMemo(() => scaleOf(mode, cells?.heldAt?.text), [mode, cells])
  const outlines = useMemo(() => outlinesOf(space, layout), [space, layout])
  const marks = useMemo(() => holderMarks(cells?.holderClasses ?? []), [cells])
  const cell = view.mapCell?.at(0)
  const selection = useMemo(
    () => [
      ...(failure ? [failure] : []),
      ...(cell ? [cell] : []),
      ...(view.pfn === undefined ? [] : [{ startPfn: view.pfn, endPfn: view.pfn + 1 }]),
    ],
    [failure, cell, view.pfn],
  )
  // A selected cell tells its own line; rows of the table are not about the first failure.
  const firstLine = cell || isTable ? undefined : firstLineIn(space, inSight)
  const shownCursor = cursor && resized(cursor, layout.grid.cellPages)

  const pick = (picked: PfnSpan): void =>
    setView(
      {
        mapCell: [picked],
        ...(picked.endPfn === picked.startPfn + 1 ? { pfn: picked.startPfn, lifetime: undefined } : {}),
      },
      { replace: true },
    )
  const open = (opened: PfnSpan): void => {
    if (opened.endPfn > opened.startPfn + 1) onWindow(opened, true)
    else setView({ view: 'pfn', pfn: opened.startPfn, lifetime: undefined })
  }
  const zoom = (steps: number): void => {
    const pfn = cursor?.startPfn ?? layout.rows.at(Math.floor(layout.rows.length / 2))?.startPfn ?? 0
    const y = placeOfPfn(layout, pfn)?.y ?? box.height / 2
    onWindow(alignedWindow(spans, box, levelOf(layout) + steps, pfn, y))
  }
  const goTo = (pfn: number): boolean => {
    if (!spans.some((span) => span.startPfn <= pfn && pfn < span.endPfn)) return false
    const level = Math.min(levelOf(layout), PAGE_LEVEL)
    const page = { startPfn: pfn, endPfn: pfn + 1 }
    setCursor(page)
    onWindow(alignedWindow(spans, box, level, pfn, box.height / 2), true)
    setView({ mapCell: [page], pfn, lifetime: undefined }, { replace: true })
    return true
  }
  const toggleHeld = (): void =>
    setView({ mapMode: 'holds', isHeldAtFailure: heldAt === undefined ? true : undefined }, { replace: true })
  const step = (by: number): void => {
    if (known === undefined || (by === 0 && cursor !== undefined)) return
    const from = cursor ?? cell ?? (view.pfn === undefined ? undefined : { startPfn: view.pfn, endPfn: view.pfn + 1 })
    if (by === 0 && from !== undefined && placeOfPfn(layout, from.startPfn)) setCursor(from)
    else setCursor(nextCell(known, from?.startPfn, by < 0 ? -1 : 1))
  }
  const presses = useHeldPresses<number | 'pick' | 'open'>(
    known !== undefined || state.status === 'failed',
    (press) => {
      if (typeof press === 'number') step(press)
      else if (shownCursor && press === 'pick') pick(shownCursor)
      else if (shownCursor) open(shownCursor)
    },
  )
  useMapKeys({
    space,
    mode,
    zoom,
    onAll: () => onWindow(undefined, true),
    onTable: () => setTable(!isTable),
    onHeld: () => {
      if (failure?.time) toggleHeld()
    },
    onWindow: (next) => onWindow(next, true),
    onNext: (by) => presses.take(by),
  })
  const unitPages = layout.grid.cellPages === 1 ? 1 : Math.max(blockPages, layout.grid.cellPages)
  const ask = useAskAhead()
  const copy = {
    name: 'memory map',
    chart: () => (isTable || !picture.current ? undefined : pictureOf(picture.current, pictureTitle(mode, inSight))),
    table: async () => {
      const asked = {
        spans: inSight,
        unitPages,
        mode,
        sort: 'pfn',
        thresholdNs,
        offset: 0,
        limit: MOST_COPIED,
      } as const
      const answer = await ask('mapUnits', asked)
      const columns = unitColumns(unitPages)
      return {
        title: `Memory map, ${inSight.map(spanWords).join(', ')}`,
        columns: columns.map(({ header, align }) => ({ header, ...(align ? { align } : {}) })),
        rows: (answer?.rows ?? []).map((row) => columns.map(({ text }) => text(row))),
        source: `${answer?.rows.length ?? 0} of ${answer?.total ?? 0} ${unitsWord(unitPages, blockPages)} of which a file tells`,
      }
    },
  }
  return (
    <>
      <MapToolbar
        mode={mode}
        isTable={isTable}
        isHeatOff={view.isHeatOff === true}
        copy={copy}
        onMode={(next) => setView({ mapMode: next === 'blocked' ? undefined : next }, { replace: true })}
        onGoTo={goTo}
        onZoom={zoom}
        onAll={() => onWindow(undefined, true)}
        onTable={() => setTable(!isTable)}
        onHeat={() => setView({ isHeatOff: view.isHeatOff ? undefined : true }, { replace: true })}
      />
      <MapCrumbs space={space} layout={layout} window={window} cell={cell} onWindow={(next) => onWindow(next, true)} />
      <MapStrip
        spans={spans}
        shown={shownSpan(layout)}
        outlines={outlines}
        gutter={gutter + STAGE_MARGIN_PX}
        onGoTo={(pfn) => onWindow(alignedWindow(spans, box, levelOf(layout), pfn, box.height / 2), true)}
      />
      <div ref={picture} className={styles.drawn}>
        <div ref={setStage} className={styles.stage} data-place={firstLine && formatPlace(firstLine)}>
          {isTable ? (
            <MapTable
              spans={inSight}
              unitPages={unitPages}
              blockPages={blockPages}
              mode={mode}
              cell={cell}
              onPick={pick}
              onOpen={open}
            />
          ) : (
            <PfnMap
              label={`Memory map, coloured by ${mode}: arrows move, space selects, Enter goes closer, + and - zoom, 0 shows all`}
              describedBy={factsId}
              spans={spans}
              box={box}
              layout={layout}
              cells={isOwn ? cells : undefined}
              scale={scale}
              outlines={outlines}
              blockPages={blockPages}
              holderMarks={marks}
              gutter={gutter}
              cursor={shownCursor}
              selection={selection}
              onHover={setHovered}
              onCursor={setCursor}
              onPick={(picked) => {
                setCursor(picked)
                pick(picked)
              }}
              onOpen={open}
              onHeldKey={presses.isWaiting ? presses.take : undefined}
              onPreview={onPreview}
              onWindow={onWindow}
              onBrush={(span, isShift) =>
                isShift ? setView({ mapRange: [span], isHeatOff: undefined }) : onWindow(span, true)
              }
            />
          )}
        </div>
        <MapFacts
          id={factsId}
          cell={hovered ?? shownCursor ?? cell}
          answer={isOwn ? cells : undefined}
          within={labelsAround(outlines, hovered ?? shownCursor ?? cell)}
        />
        <div className={styles.legend}>
          <HeatLegend
            scale={scale}
            others={mode === 'migratetype' ? [HOLE_SWATCH] : [UNTOLD_SWATCH, HOLE_SWATCH]}
            lines={LINES.filter(({ mark }) => mark === 'selected' || outlines.some(({ kind }) => kind === mark))}
          />
        </div>
      </div>
      <div className={styles.legend}>
        {state.status === 'failed' && <p role="alert">{state.error.message}</p>}
        {mode === 'holds' && failure?.time && (
          <button
            type="button"
            className={styles.button}
            aria-pressed={heldAt !== undefined}
            data-tip="Holds at the selected failure, or as the trace ends (e)"
            onClick={toggleHeld}
          >
            held at {failure.label}, {failure.time.text}
          </button>
        )}
        {mode === 'holds' && !failure?.time && (
          <p className={styles.dim}>Select a failed range ( ] ) to count what was held at its time.</p>
        )}
        {cells?.isPairing && mode === 'holds' && (
          <p>References of some pages are still being paired: holds may grow until that is done.</p>
        )}
        {isOwn && cells.untold > 0 && (
          <p>{cells.untold} blocking pages are too many at once for their excess: zoom in for theirs.</p>
        )}
        {mode === 'age' && space.newestTs !== '' && (
          <p className={styles.dim}>Ages are against the newest allocation in the dumps, at {space.newestTs} ns.</p>
        )}
      </div>
      {view.isHeatOff !== true && <HeatPanel space={space} inSight={inSight} />}
      {cell && <MapInspector cell={cell} outlines={space.outlines} onZoom={(span) => onWindow(span, true)} />}
    </>
  )
}

/** The line of the first failure that is in sight, else that of what else is outlined there. */
function firstLineIn({ outlines }: MapSpaceAnswer, inSight: readonly PfnSpan[]): PlaceAnswer | undefined {
  const seen = outlines.filter(
    ({ place, startPfn, endPfn }) =>
      place !== undefined && inSight.some((span) => span.startPfn < endPfn && startPfn < span.endPfn),
  )
  return (seen.find(({ kind }) => kind === 'failed') ?? seen.at(0))?.place
}

function pictureTitle(mode: MapMode, inSight: readonly PfnSpan[]): string {
  return `Memory map by ${mode}, ${inSight.map(({ startPfn, endPfn }) => formatPfnRange(startPfn, endPfn)).join(', ')}`
}

/** As the style of the stage says. */
const STAGE_MARGIN_PX = 8

/** From the first row to the last, the folded holes between them included. */
function shownSpan({ rows }: MapLayout): PfnSpan {
  return { startPfn: rows.at(0)?.startPfn ?? 0, endPfn: rows.at(-1)?.endPfn ?? 0 }
}

/** The level at which a page that was asked for is shown: pages with short labels. */
const PAGE_LEVEL = 1

const LINES = [
  { mark: 'failed', label: 'failed range' },
  { mark: 'cma', label: 'CMA area' },
  { mark: 'memory_block', label: 'memory block' },
  { mark: 'zone', label: 'zone' },
  { mark: 'selected', label: 'selected' },
] as const

/** The cell of another size around the same first page. */
function resized({ startPfn }: PfnSpan, cellPages: number): PfnSpan {
  const start = startPfn - (startPfn % cellPages)
  return { startPfn: start, endPfn: start + cellPages }
}
