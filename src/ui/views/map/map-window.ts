import { useMemo, useState } from 'react'
import { type PfnSpan } from '../../../base/pfn-spans.ts'
import { useView } from '../../../state/use-view.ts'
import {
  alignedWindow,
  layoutOfAll,
  layoutOfWindow,
  levelOf,
  type MapBox,
  type MapLayout,
  rowOfPfn,
} from '../../widgets/pfn-map-layout.ts'

/** The layout in force, and what changes it. */
export interface MapWindow {
  readonly layout: MapLayout
  readonly window: PfnSpan | undefined
  /** Looked at while the wheel turns, not in the link yet. */
  readonly onPreview: (window: PfnSpan | undefined) => void
  /** `undefined` shows all of memory. */
  readonly onWindow: (window: PfnSpan | undefined, isStep?: boolean) => void
}

/**
 * What the map shows: the window of the link, or the one that the wheel is at; rows for a box. A page that was selected
 * elsewhere is brought into sight until the map is moved.
 */
export function useMapWindow(spans: readonly PfnSpan[], box: MapBox): MapWindow {
  const [view, setView] = useView()
  const linked = view.mapWindow?.at(0)
  const base = JSON.stringify(linked ?? null)
  // A preview lasts until the link says something else, so that nothing jumps back in between.
  const [preview, setPreview] = useState<{ readonly base: string; readonly window: PfnSpan }>()
  const [movedAt, setMovedAt] = useState<{ readonly pfn: number | undefined }>()
  const asked = preview?.base === base ? preview.window : linked
  const isFollowed = movedAt === undefined || movedAt.pfn !== view.pfn
  const wanted = isFollowed && preview?.base !== base ? view.pfn : undefined
  const { width, height } = box
  const [startPfn, endPfn] = [asked?.startPfn, asked?.endPfn]
  const { window, layout } = useMemo(
    () =>
      seen(
        spans,
        startPfn === undefined || endPfn === undefined ? undefined : { startPfn, endPfn },
        { width, height },
        wanted,
      ),
    [spans, startPfn, endPfn, width, height, wanted],
  )
  return {
    layout,
    window,
    onPreview: (next) => next && setPreview({ base, window: next }),
    onWindow: (next, isStep = false) => {
      setPreview(undefined)
      setMovedAt({ pfn: view.pfn })
      setView({ mapWindow: next && [next] }, { replace: !isStep })
    },
  }
}

function seen(
  spans: readonly PfnSpan[],
  window: PfnSpan | undefined,
  box: MapBox,
  pfn: number | undefined,
): Pick<MapWindow, 'layout' | 'window'> {
  const layout = window === undefined ? layoutOfAll(spans, box) : layoutOfWindow(spans, window, box)
  const isKnown = pfn !== undefined && spans.some((span) => span.startPfn <= pfn && pfn < span.endPfn)
  if (!isKnown || window === undefined || rowOfPfn(layout, pfn) >= 0) return { layout, window }
  const moved = alignedWindow(spans, box, levelOf(layout), pfn, box.height / 2)
  return { layout: layoutOfWindow(spans, moved, box), window: moved }
}
