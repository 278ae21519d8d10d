import { labelThatFits } from './flame-box.ts'
import { FLAME_ROW_PX, type FlameScene, rowTop } from './flame-paint.ts'

const SVG = 'http://www.w3.org/2000/svg'
/** Of the data font at 12 px. */
const CHAR_PX = 7.2

/**
 * The flame graph as an SVG, put into `host` so that styles apply to it: what is drawn on a canvas cannot be opened in
 * another program. Each frame has its whole name as a title.
 */
export function flamePicture(host: HTMLElement, scene: FlameScene, widthPx: number): SVGSVGElement {
  const picture = document.createElementNS(SVG, 'svg')
  const heightPx = scene.rows * FLAME_ROW_PX
  for (const [name, value] of Object.entries({
    width: widthPx,
    height: heightPx,
    viewBox: `0 0 ${widthPx} ${heightPx}`,
  }))
    picture.setAttribute(name, String(value))
  picture.style.fontFamily = 'var(--font-data)'
  picture.style.fontSize = '12px'
  for (const box of scene.boxes) {
    const y = rowTop(scene, box.depth)
    const group = part('g', {})
    const title = part('title', {})
    title.textContent = `${box.name || 'all stacks'}: ${box.text}`
    const color = box.color === '' ? 'var(--line-color)' : `var(${box.color})`
    const area = { x: box.x, y, width: Math.max(0.5, box.width - 0.5), height: FLAME_ROW_PX - 1 }
    group.append(title, part('rect', area, { fill: color, fillOpacity: '0.35' }))
    group.append(part('rect', { ...area, width: Math.min(3, area.width) }, { fill: color }))
    const label = labelThatFits(box, box.width - 3, CHAR_PX)
    if (label !== '') {
      const text = part('text', { x: box.x + 7, y: y + 14 }, { fill: 'var(--ink)' })
      text.textContent = label
      group.append(text)
    }
    picture.append(group)
  }
  host.replaceChildren(picture)
  return picture
}

function part(
  name: string,
  attributes: Readonly<Record<string, number>>,
  style: Readonly<{ fill?: string; fillOpacity?: string }> = {},
): SVGElement {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(Math.round(value * 100) / 100))
  if (!(made instanceof SVGElement)) throw new Error('broken promise: what is made in the SVG namespace is of it')
  Object.assign(made.style, style)
  return made
}
