import {
  type KeyboardEvent,
  type PointerEvent,
  type RefCallback,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
} from 'react'
import { type Scale } from './chart-scale.ts'
import { panBy, type TimeWindow, type WindowLimits, zoomAt } from './time-window.ts'
import { typedCharacter } from './typed-character.ts'

/**
 * How a gesture changes the window, given the one in force: keys may come faster than windows are drawn, and each must go
 * on from where the one before it led.
 */
export type WindowChange = (window: TimeWindow) => TimeWindow

/** What gestures on a time chart read and tell. */
export interface GestureOptions {
  /** What the chart shows. A gesture that began on something else changes nothing of it. */
  readonly subject: string
  /** The window that is drawn: the previewed one while there is one. */
  readonly window: TimeWindow
  readonly limits: WindowLimits
  readonly scale: Scale
  /** Moment that keys zoom around when no pointer is over the chart. */
  readonly focusNs?: number
  /** The wheel belongs to the page unless Ctrl is held. */
  readonly isWheelFree?: boolean
  /** While dragging and wheeling; `undefined` when it is over. */
  readonly onPreview: (window: TimeWindow | undefined) => void
  readonly onCommit: (change: WindowChange) => void
  readonly onHover: (ns: number | undefined) => void
  /** A click that was no drag. */
  readonly onPick: (ns: number) => unknown
}

/** What the chart's surface attaches. */
export interface ChartGestures {
  readonly setSurface: RefCallback<HTMLElement>
  /** The stretch being dragged out, to be drawn. */
  readonly brush: TimeWindow | undefined
  readonly handlers: {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void
    readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void
    readonly onPointerLeave: () => void
    readonly onPointerCancel: () => void
    readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
  }
}

interface Drag {
  readonly subject: string
  readonly kind: 'brush' | 'pan'
  readonly startPx: number
  readonly startNs: number
  readonly window: TimeWindow
}

/** What the wheel has led to, and on what. */
interface FoundWindow {
  readonly subject: string
  readonly window: TimeWindow
}

/** Below this a drag is a click, px. */
const CLICK_PX = 4
/** A wheel that rests this long has found its window, ms. */
const WHEEL_REST_MS = 160

/**
 * Drag selects a window, with Shift (or the middle button) it pans; the wheel zooms around the pointer and pans
 * sideways; `keyAction` lists the keys. Everything is previewed at once and committed at its end.
 */
export function useChartGestures(options: GestureOptions): ChartGestures {
  const [surface, setSurface] = useState<HTMLElement | null>(null)
  const { subject } = options
  const [brush, setBrush] = useState<TimeWindow & Pick<Drag, 'subject'>>()
  const drag = useRef<Drag>(undefined)
  const dragNow = () => (drag.current?.subject === subject ? drag.current : undefined)
  const pointerNs = useRef<number>(undefined)
  const endWheel = useWheel(surface, options)

  const nsAt = (event: PointerEvent<HTMLElement>) => Math.round(options.scale.toValue(pxOf(event, event.currentTarget)))
  const stop = () => {
    drag.current = undefined
    setBrush(undefined)
    options.onPreview(undefined)
  }
  return {
    setSurface,
    brush: brush?.subject === subject ? brush : undefined,
    handlers: {
      onPointerDown: (event) => {
        if (event.button > 1) return
        const kind = event.shiftKey || event.button === 1 ? 'pan' : 'brush'
        const startPx = pxOf(event, event.currentTarget)
        drag.current = { subject, kind, startPx, startNs: nsAt(event), window: options.window }
        event.currentTarget.setPointerCapture(event.pointerId)
      },
      onPointerMove: (event) => {
        const ns = nsAt(event)
        pointerNs.current = ns
        const now = dragNow()
        if (!now) return options.onHover(ns)
        if (now.kind === 'pan') options.onPreview(panned(now, pxOf(event, event.currentTarget), options))
        else if (isDrag(now, event)) setBrush({ subject, ...ordered(now.startNs, ns, options.limits.extent) })
      },
      onPointerUp: (event) => {
        const now = dragNow()
        const px = pxOf(event, event.currentTarget)
        if (!now) return
        stop()
        if (!isDrag(now, event)) options.onPick(now.startNs)
        else {
          const { extent } = options.limits
          const brushed = ordered(now.startNs, nsAt(event), extent)
          const next = now.kind === 'pan' ? panned(now, px, options) : panBy(brushed, 0, options.limits)
          options.onCommit(() => next)
        }
      },
      onPointerLeave: () => {
        pointerNs.current = undefined
        options.onHover(undefined)
      },
      onPointerCancel: stop,
      onKeyDown: (event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return
        if (event.key === 'Escape' && drag.current) stop()
        const change = changeOfKey(typedCharacter(event), pointerNs.current ?? options.focusNs, options.limits)
        if (!change) return
        event.preventDefault()
        event.stopPropagation()
        endWheel()
        options.onCommit(change)
      },
    },
  }
}

/**
 * What a key does: w s + − zoom, a d and arrows pan, 0 shows all. `undefined` for keys that are not the chart's: large letters
 * are actions of the page.
 */
export function changeOfKey(key: string, aroundNs: number | undefined, limits: WindowLimits): WindowChange | undefined {
  const zoom =
    (factor: number): WindowChange =>
    (window) =>
      zoomAt(window, seenIn(window, aroundNs), factor, limits)
  const pan =
    (share: number): WindowChange =>
    (window) =>
      panBy(window, (window.to - window.from) * share, limits)
  switch (key) {
    case 'w':
    case '+':
    case '=':
    case 'ArrowUp':
      return zoom(0.5)
    case 's':
    case '-':
    case 'ArrowDown':
      return zoom(2)
    case 'a':
    case 'ArrowLeft':
      return pan(-0.25)
    case 'd':
    case 'ArrowRight':
      return pan(0.25)
    case '0':
      return () => limits.extent
    default:
      return undefined
  }
}

/** A moment, or the middle of the window when the moment is not in it. */
function seenIn({ from, to }: TimeWindow, ns: number | undefined): number {
  return ns !== undefined && ns >= from && ns <= to ? ns : from + (to - from) / 2
}

/**
 * Listens to the wheel itself: React's listener is passive and could not keep the page from scrolling. Returns what ends
 * a turn at once: a key pressed before the wheel rests goes on from the window it has found.
 */
function useWheel(surface: HTMLElement | null, options: GestureOptions): () => void {
  const latest = useRef(options)
  const pending = useRef<FoundWindow>(undefined)
  const end = () => {
    const found = pending.current
    pending.current = undefined
    if (found?.subject === latest.current.subject) latest.current.onCommit(() => found.window)
  }
  const onRest = useEffectEvent(end)
  useEffect(() => {
    latest.current = options
  })
  useEffect(() => {
    if (!surface) return undefined
    let rest: ReturnType<typeof setTimeout> | undefined
    const onWheel = (event: WheelEvent) => {
      if (latest.current.isWheelFree && !event.ctrlKey) return
      event.preventDefault()
      const { subject, limits, onPreview, scale } = latest.current
      const before = pending.current?.subject === subject ? pending.current.window : latest.current.window
      const window = windowAfterWheel(event, scale.toValue(pxOf(event, surface)), before, limits)
      pending.current = { subject, window }
      onPreview(window)
      clearTimeout(rest)
      rest = setTimeout(onRest, WHEEL_REST_MS)
    }
    surface.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      clearTimeout(rest)
      surface.removeEventListener('wheel', onWheel)
    }
  }, [surface])
  return end
}

type WheelTurn = Pick<WheelEvent, 'deltaX' | 'deltaY' | 'deltaMode' | 'shiftKey'>

/** Window after a turn of the wheel over `aroundNs`: up zooms in, sideways or with Shift pans. */
export function windowAfterWheel(
  turn: WheelTurn,
  aroundNs: number,
  window: TimeWindow,
  limits: WindowLimits,
): TimeWindow {
  const unit = turn.deltaMode === 0 ? 1 : 16 // lines, as Firefox counts
  const isSideways = turn.shiftKey || Math.abs(turn.deltaX) > Math.abs(turn.deltaY)
  const turned = unit * (isSideways ? turn.deltaX || turn.deltaY : turn.deltaY)
  if (isSideways) return panBy(window, ((window.to - window.from) * turned) / 800, limits)
  return zoomAt(window, aroundNs, Math.exp(turned / 400), limits)
}

function pxOf(event: { readonly clientX: number }, element: HTMLElement): number {
  return event.clientX - element.getBoundingClientRect().left
}

function isDrag(drag: Drag, event: PointerEvent<HTMLElement>): boolean {
  return Math.abs(pxOf(event, event.currentTarget) - drag.startPx) >= CLICK_PX
}

function panned(drag: Drag, px: number, { scale, limits }: GestureOptions): TimeWindow {
  const delta = scale.toValue(drag.startPx) - scale.toValue(px)
  return panBy(drag.window, delta, limits)
}

function ordered(one: number, other: number, extent: TimeWindow): TimeWindow {
  const inside = (ns: number) => Math.min(Math.max(ns, extent.from), extent.to)
  return { from: inside(Math.min(one, other)), to: inside(Math.max(one, other)) }
}
