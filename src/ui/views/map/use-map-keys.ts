import { type PfnSpan } from '../../../base/pfn-spans.ts'
import { type MapMode } from '../../../queries/map/map-modes.ts'
import { type MapSpaceAnswer } from '../../../queries/map/map-space.ts'
import { useView, useViewNow } from '../../../state/use-view.ts'
import { HEAT_MODE_IDS } from '../../../state/links/map-link.ts'
import { MAP_KEYS } from '../../keys/map-keys.ts'
import { useViewShortcuts } from '../../shell/view-shortcuts.ts'
import { MODE_WORDS } from './map-scales.ts'
import { GO_TO_ID } from './map-toolbar.tsx'

interface MapKeys {
  readonly space: MapSpaceAnswer
  readonly mode: MapMode
  readonly zoom: (steps: number) => void
  readonly onAll: () => void
  readonly onTable: () => void
  readonly onHeld: () => void
  readonly onWindow: (window: PfnSpan) => void
  /** To the next cell (1) or the one before (-1) that has something. */
  readonly onNext: (by: number) => void
}

/** The keys of the screen, each found by name in the palette. */
export function useMapKeys({ space, zoom, onAll, onTable, onHeld, onWindow, onNext }: MapKeys): void {
  const [, setView] = useView()
  const viewNow = useViewNow()
  const colour = (by: number): void => {
    const at = MODE_WORDS.findIndex(({ id }) => id === (viewNow().mapMode ?? 'blocked'))
    const { id } = MODE_WORDS[(at + by + MODE_WORDS.length) % MODE_WORDS.length]
    setView({ mapMode: id === 'blocked' ? undefined : id }, { replace: true })
  }
  const count = (): void => {
    const at = HEAT_MODE_IDS.indexOf(viewNow().heatMode ?? 'events')
    const next = HEAT_MODE_IDS[(at + 1) % HEAT_MODE_IDS.length]
    setView({ heatMode: next === 'events' ? undefined : next }, { replace: true })
  }
  const failure = (by: number): void => {
    const failed = space.outlines.filter(({ kind }) => kind === 'failed')
    const at = failed.findIndex(({ id }) => id === viewNow().failure)
    const next = failed.at(at < 0 ? (by > 0 ? 0 : -1) : (at + by + failed.length) % failed.length)
    if (next === undefined) return
    onWindow({ startPfn: next.startPfn, endPfn: next.endPfn })
    setView({ failure: next.id, mapRange: undefined }, { replace: true })
  }
  const run: Readonly<Record<string, () => void>> = {
    'map-mode': () => colour(1),
    'map-mode-back': () => colour(-1),
    'map-focus': () => {
      focusOn('[data-map]')
      onNext(0)
    },
    'heat-focus': () => focusOn('[data-heat]'),
    'map-go': () => document.getElementById(GO_TO_ID)?.focus(),
    'map-closer': () => zoom(-1),
    'map-farther': () => zoom(1),
    'map-all': onAll,
    'map-next': () => onNext(1),
    'map-before': () => onNext(-1),
    'map-table': onTable,
    'map-held': onHeld,
    'map-heat': () => setView({ isHeatOff: viewNow().isHeatOff ? undefined : true }, { replace: true }),
    'map-heat-mode': count,
    'map-failure-next': () => failure(1),
    'map-failure-before': () => failure(-1),
  }
  useViewShortcuts(MAP_KEYS, (id) => run[id]?.())
}

function focusOn(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus()
}
