import { type FlameBox, labelThatFits } from './flame-box.ts'

/** Height of a row of frames, px. */
export const FLAME_ROW_PX = 20

/** What a flame graph is drawn from. */
export interface FlameScene {
  readonly boxes: readonly FlameBox[]
  /** Rows in all. */
  readonly rows: number
  /** The root is at the bottom. */
  readonly isUpright: boolean
  /** Positions of the selected box and of the one that is pointed at; -1 for none. */
  readonly selected: number
  readonly pointed: number
}

/** Colours and the font, as the page has them at the moment. */
export interface FlameInk {
  readonly color: (name: string) => string
  readonly font: string
  readonly charPx: number
}

/** Reads the page's colours and its data font. */
export function inkOf(element: HTMLElement, context: CanvasRenderingContext2D): FlameInk {
  const style = getComputedStyle(element)
  const font = `12px ${style.getPropertyValue('--font-data').trim() || 'monospace'}`
  context.font = font
  return {
    font,
    charPx: context.measureText('M').width,
    color: (name) => style.getPropertyValue(name).trim() || '#888',
  }
}

/** Top of a row, px from the top of the drawing. */
export function rowTop({ rows, isUpright }: Pick<FlameScene, 'rows' | 'isUpright'>, depth: number): number {
  return (isUpright ? rows - 1 - depth : depth) * FLAME_ROW_PX
}

/** The row at a height. */
export function rowAt({ rows, isUpright }: Pick<FlameScene, 'rows' | 'isUpright'>, y: number): number {
  const row = Math.floor(y / FLAME_ROW_PX)
  return isUpright ? rows - 1 - row : row
}

/** Part of a class's colour in a frame's area: light enough for text, the full colour stands at its edge. */
const TINT = 0.3
/** The same for frames of several classes, which are grey. */
const MIXED_TINT = 0.16
/** Frames narrower than this have the full colour: there is no text on them. */
const NARROW_PX = 6

/** Draws the rows between `top` and `top + height`. O(boxes). */
export function paintFlame(
  context: CanvasRenderingContext2D,
  scene: FlameScene,
  ink: FlameInk,
  { top, height, width }: { readonly top: number; readonly height: number; readonly width: number },
): void {
  context.fillStyle = ink.color('--surface')
  context.fillRect(0, 0, width, height)
  context.font = ink.font
  context.textBaseline = 'middle'
  scene.boxes.forEach((box, index) => {
    const y = rowTop(scene, box.depth) - top
    if (y <= height && y >= -FLAME_ROW_PX) paintBox(context, box, y, ink, index === scene.pointed)
    if (box.rest) paintRest(context, box.rest, rowTop(scene, box.depth + 1) - top, ink)
  })
  const marked = scene.boxes.filter(({ isMatch }) => isMatch)
  for (const box of marked) outline(context, box, rowTop(scene, box.depth) - top, ink.color('--ink'), 1.5, [3, 2])
  const selected = scene.boxes[scene.selected]
  if (selected) outline(context, selected, rowTop(scene, selected.depth) - top, ink.color('--accent'), 2, [])
}

function paintBox(
  context: CanvasRenderingContext2D,
  box: FlameBox,
  y: number,
  ink: FlameInk,
  isPointed: boolean,
): void {
  const { x, color } = box
  const width = Math.max(1, box.width - (box.width > 3 ? 1 : 0))
  const height = FLAME_ROW_PX - 1
  const isNarrow = width < NARROW_PX
  const tint = (color === '' ? MIXED_TINT : TINT) + (isPointed ? 0.15 : 0)
  context.fillStyle = ink.color(color === '' ? '--line-strong' : color)
  context.globalAlpha = isNarrow ? 1 : tint
  context.fillRect(x, y, width, height)
  context.globalAlpha = 1
  if (!isNarrow) {
    context.fillStyle = ink.color(color === '' ? '--line-strong' : color)
    context.fillRect(x, y, 3, height)
    const label = labelThatFits(box, width - 3, ink.charPx)
    context.fillStyle = ink.color('--ink')
    if (label !== '') context.fillText(label, x + 7, y + height / 2 + 0.5)
  }
}

/** What is narrower than a pixel: dotted, and said where there is room. */
function paintRest(
  context: CanvasRenderingContext2D,
  { x, width, frames }: { readonly x: number; readonly width: number; readonly frames: number },
  y: number,
  ink: FlameInk,
): void {
  if (width < 1) return
  const height = FLAME_ROW_PX - 1
  context.fillStyle = ink.color('--line-color')
  for (let at = x; at < x + width; at += 4)
    for (let dot = 2; dot < height; dot += 4) context.fillRect(at, y + dot, Math.min(1.5, x + width - at), 1.5)
  const label = `${frames} under 1 px`
  if (label.length * ink.charPx > width - 8) return
  context.fillStyle = ink.color('--surface')
  context.fillRect(x + 4, y + 2, label.length * ink.charPx + 6, height - 4)
  context.fillStyle = ink.color('--ink-dim')
  context.fillText(label, x + 7, y + height / 2 + 0.5)
}

function outline(
  context: CanvasRenderingContext2D,
  { x, width }: FlameBox,
  y: number,
  color: string,
  lineWidth: number,
  dashes: readonly number[],
): void {
  context.strokeStyle = color
  context.lineWidth = lineWidth
  context.setLineDash([...dashes])
  const inset = lineWidth / 2
  context.strokeRect(x + inset, y + inset, Math.max(1, width - 1 - lineWidth), FLAME_ROW_PX - 1 - lineWidth)
  context.setLineDash([])
}
