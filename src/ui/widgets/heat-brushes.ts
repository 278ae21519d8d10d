import { type Swatch, type SwatchPattern } from './heat-scale.ts'

/** What fills cells: a colour, or a pattern over it. Made anew when the colour scheme changes. */
export interface HeatBrushes {
  readonly of: (swatch: Swatch) => string | CanvasPattern
  readonly color: (property: string) => string
  /** Ink that is legible on a step. */
  readonly inkOn: (swatch: Swatch) => string
}

const TILE = 6

/** Brushes with the colours that the style sheet gives an element. */
export function heatBrushes(element: Element, context: CanvasRenderingContext2D): HeatBrushes {
  const sheet = getComputedStyle(element)
  const made = new Map<string, string | CanvasPattern>()
  const color = (property: string): string => sheet.getPropertyValue(property).trim() || '#888888'
  return {
    color,
    inkOn: (swatch) => (isDark(color(swatch.color)) ? '#ffffff' : '#101214'),
    of: (swatch) => {
      const key = `${swatch.color} ${swatch.pattern}`
      const brush = made.get(key) ?? brushOf(context, color(swatch.color), swatch.pattern, color('--heat-mark'))
      made.set(key, brush)
      return brush
    },
  }
}

function isDark(hex: string): boolean {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
  return 0.2126 * red ** 2.2 + 0.7152 * green ** 2.2 + 0.0722 * blue ** 2.2 < 0.18
}

function brushOf(
  context: CanvasRenderingContext2D,
  color: string,
  pattern: SwatchPattern,
  mark: string,
): string | CanvasPattern {
  if (pattern === 'none') return color
  const tile = document.createElement('canvas')
  tile.width = TILE
  tile.height = TILE
  const inner = tile.getContext('2d')
  if (!inner) return color
  inner.fillStyle = color
  inner.fillRect(0, 0, TILE, TILE)
  inner.strokeStyle = mark
  inner.fillStyle = mark
  inner.beginPath()
  drawPattern(inner, pattern)
  inner.stroke()
  return context.createPattern(tile, 'repeat') ?? color
}

function drawPattern(into: CanvasRenderingContext2D, pattern: SwatchPattern): void {
  const line = (x: number, y: number, toX: number, toY: number): void => {
    into.moveTo(x, y)
    into.lineTo(toX, toY)
  }
  if (pattern === 'dots') into.fillRect(2, 2, 1, 1)
  if (pattern === 'hatch' || pattern === 'cross') {
    line(0, 0, TILE, TILE)
    line(-1, TILE - 1, 1, TILE + 1)
    line(TILE - 1, -1, TILE + 1, 1)
  }
  if (pattern === 'stripes' || pattern === 'cross') {
    line(0, TILE, TILE, 0)
    line(-1, 1, 1, -1)
    line(TILE - 1, TILE + 1, TILE + 1, TILE - 1)
  }
  if (pattern === 'lines') line(0, 2.5, TILE, 2.5)
}
