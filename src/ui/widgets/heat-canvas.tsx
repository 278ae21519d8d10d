import { useComputedColorScheme } from '@mantine/core'
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react'
import { type HeatBrushes, heatBrushes } from './heat-brushes.ts'

interface HeatCanvasProps {
  /** CSS px. */
  readonly width: number
  readonly height: number
  /** Drawn anew whenever one of these differs. */
  readonly on: readonly unknown[]
  readonly paint: (into: CanvasRenderingContext2D, brushes: HeatBrushes) => void
  readonly className?: string
}

/** A canvas as sharp as the screen, with the colours of the scheme, drawn when what it shows changes and not before. */
export function HeatCanvas({ width, height, on, paint, className }: HeatCanvasProps): ReactNode {
  const own = useRef<HTMLCanvasElement>(null)
  const scheme = useComputedColorScheme()
  const fonts = useFontsLoaded()
  const onPaint = useEffectEvent(() => {
    const canvas = own.current
    const into = canvas?.getContext('2d')
    if (!canvas || !into) return
    const ratio = globalThis.devicePixelRatio || 1
    canvas.width = Math.round(width * ratio)
    canvas.height = Math.round(height * ratio)
    into.setTransform(ratio, 0, 0, ratio, 0, 0)
    into.clearRect(0, 0, width, height)
    paint(into, heatBrushes(canvas, into))
  })
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- what is drawn is named by the caller
  useEffect(() => onPaint(), [width, height, scheme, fonts, ...on])
  return <canvas ref={own} className={className} style={{ width, height }} aria-hidden="true" />
}

/** True once the fonts of the page are there: text that was drawn before looks like another font's. */
function useFontsLoaded(): boolean {
  const [isLoaded, setLoaded] = useState(() => document.fonts?.status !== 'loading')
  useEffect(() => {
    void document.fonts?.ready.then(() => setLoaded(true))
  }, [])
  return isLoaded
}
