import { type RefCallback, useEffect, useEffectEvent, useRef, useState } from 'react'

interface WheelSteps<Found> {
  /** What whole steps of the wheel lead to: zooming out when positive; sideways, or with Shift, they move. */
  readonly onStep: (steps: number, point: { readonly x: number; readonly y: number }, isSideways: boolean) => Found
  readonly onPreview: (found: Found | undefined) => void
  readonly onRest: (found: Found) => void
}

/** A notch of a wheel, in px of scrolling. */
const STEP_PX = 100
/** A wheel that rests this long has found what it looks for, ms. */
const REST_MS = 160

/** Turns of the wheel over an element in whole steps, previewed at once and handed over when the wheel rests. */
export function useWheelSteps<Found>(options: WheelSteps<Found>): RefCallback<HTMLElement> {
  const [surface, setSurface] = useState<HTMLElement | null>(null)
  const turned = useRef(0)
  const found = useRef<Found>(undefined)
  const onRest = useEffectEvent(() => {
    turned.current = 0
    if (found.current !== undefined) options.onRest(found.current)
    found.current = undefined
    options.onPreview(undefined)
  })
  const onTurn = useEffectEvent((event: WheelEvent, element: HTMLElement) => {
    const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
    const unit = event.deltaMode === 0 ? 1 : 33 // lines, as Firefox counts
    turned.current += unit * (isSideways ? event.deltaX || event.deltaY : event.deltaY)
    const steps = Math.trunc(turned.current / STEP_PX)
    if (steps === 0) return
    turned.current -= steps * STEP_PX
    const { left, top } = element.getBoundingClientRect()
    found.current = options.onStep(steps, { x: event.clientX - left, y: event.clientY - top }, isSideways)
    options.onPreview(found.current)
  })
  useEffect(() => {
    if (!surface) return undefined
    let rest: ReturnType<typeof setTimeout> | undefined
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault()
      onTurn(event, surface)
      clearTimeout(rest)
      rest = setTimeout(() => onRest(), REST_MS)
    }
    surface.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      clearTimeout(rest)
      surface.removeEventListener('wheel', onWheel)
    }
  }, [surface])
  return setSurface
}
