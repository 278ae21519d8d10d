import { PIXELS } from './copy-chart.ts'

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg'
/** What is for hands only is left out of the picture. */
const LEFT_OUT = '[data-picture=none]'
/** Distance from the top of a line's box to its baseline, as a share of its height: that of the fonts of the page. */
const BASELINE = 0.76

/** Room for the title over the picture, px. */
const TITLE_PX = 22

/**
 * What is drawn in an element, under a title, from however many layers and labels, as one SVG. It stands off screen in that element, so that
 * its styles are those of the page, until the next picture of it is made.
 */
export function pictureOf(root: HTMLElement, title: string): SVGSVGElement {
  const holder = holderIn(root)
  const box = root.getBoundingClientRect()
  const [width, height] = [box.width, box.height + TITLE_PX]
  const picture = made('svg', { width, height, viewBox: `0 0 ${width} ${height}` })
  const heading = made('text', {
    x: 16,
    y: 15,
    fill: getComputedStyle(root).color,
    'font-size': 13,
    'font-weight': 600,
  })
  heading.textContent = title
  const drawing = made('svg', { y: TITLE_PX, width, height: box.height })
  picture.append(heading, drawing)
  drawChildren(root, drawing, box)
  holder.replaceChildren(picture)
  return picture
}

function holderIn(root: HTMLElement): HTMLElement {
  const known = root.querySelector<HTMLElement>(':scope > [data-picture-holder]')
  if (known) return known
  const holder = document.createElement('div')
  holder.dataset['pictureHolder'] = ''
  holder.dataset['picture'] = 'none'
  holder.ariaHidden = 'true'
  holder.style.cssText = 'position:absolute;left:-100000px;top:0'
  root.append(holder)
  return holder
}

function drawChildren(from: Element, into: SVGElement, origin: DOMRect): void {
  for (const child of from.childNodes) {
    if (child instanceof Text) drawText(child, into, origin)
    else if (child instanceof SVGSVGElement) drawSvg(child, into, origin)
    else if (child instanceof HTMLElement) drawElement(child, into, origin)
  }
}

function drawElement(element: HTMLElement, into: SVGElement, origin: DOMRect): void {
  const style = getComputedStyle(element)
  const box = element.getBoundingClientRect()
  const isSeen = style.display !== 'none' && style.visibility !== 'hidden' && style.clipPath === 'none'
  if (!isSeen || element.matches(LEFT_OUT)) return
  if (element instanceof HTMLCanvasElement) return drawCanvas(element, box, into, origin)
  drawBox(box, style, into, origin)
  // The glyph of a swatch stands on a chip, so that it is legible on every colour.
  if (element.parentElement?.dataset['pattern'] !== undefined) {
    const chip = { x: box.x - origin.x, y: box.y - origin.y, width: box.width, height: box.height }
    into.append(made('rect', { ...chip, fill: style.backgroundColor }))
  }
  if (element.dataset['pattern'] !== undefined) drawPattern(element.dataset['pattern'], box, into, origin)
  if (style.overflowX === 'visible' && style.overflowY === 'visible') drawChildren(element, into, origin)
  else {
    const place = { x: box.x - origin.x, y: box.y - origin.y, width: box.width, height: box.height }
    const clip = made('svg', { ...place, overflow: 'hidden' })
    into.append(clip)
    drawChildren(element, clip, box)
  }
}

/** The frame of a button or a badge, and lines at the sides of other elements. */
function drawBox(box: DOMRect, style: CSSStyleDeclaration, into: SVGElement, origin: DOMRect): void {
  const [x, y] = [box.x - origin.x, box.y - origin.y]
  const isFramed = px(style.borderTopWidth) > 0 && px(style.borderLeftWidth) > 0
  if (isFramed) {
    const place = { x: x + 0.5, y: y + 0.5, width: Math.max(0, box.width - 1), height: Math.max(0, box.height - 1) }
    const line = { stroke: style.borderTopColor, 'stroke-width': style.borderTopWidth, ...DASHES[style.borderTopStyle] }
    into.append(made('rect', { ...place, fill: style.backgroundColor, ...line }))
  } else if (px(style.borderLeftWidth) > 0) {
    into.append(made('line', { x1: x, x2: x, y1: y, y2: y + box.height, stroke: style.borderLeftColor }))
  } else if (px(style.borderRightWidth) > 0) {
    const right = x + box.width
    into.append(made('line', { x1: right, x2: right, y1: y, y2: y + box.height, stroke: style.borderRightColor }))
  }
}

const DASHES: Readonly<Record<string, { readonly 'stroke-dasharray': string }>> = {
  dashed: { 'stroke-dasharray': '4 2' },
  dotted: { 'stroke-dasharray': '1 2' },
}

/** As it is drawn now, with the pixels of the screen. */
function drawCanvas(canvas: HTMLCanvasElement, box: DOMRect, into: SVGElement, origin: DOMRect): void {
  if (canvas.width === 0 || canvas.height === 0) return
  const place = { x: box.x - origin.x, y: box.y - origin.y, width: box.width, height: box.height }
  into.append(made('image', { ...place, [PIXELS]: canvas.toDataURL('image/png') }))
}

/** Lines of a pattern: from and to, as shares of a square tile. */
const PATTERNS: Readonly<Record<string, readonly (readonly [number, number, number, number])[]>> = {
  hatch: [[0, 0, 1, 1]],
  stripes: [[0, 1, 1, 0]],
  cross: [
    [0, 0, 1, 1],
    [0, 1, 1, 0],
  ],
  lines: [[0, 0.5, 1, 0.5]],
  dots: [[0.4, 0.5, 0.6, 0.5]],
}
/** Side of a tile, px. */
const TILE_PX = 5

/** The pattern of a legend's swatch over its colour: whole tiles in its frame. */
function drawPattern(pattern: string, box: DOMRect, into: SVGElement, origin: DOMRect): void {
  for (let x = box.x + 0.5; x + TILE_PX <= box.right; x += TILE_PX)
    for (let y = box.y + 1; y + TILE_PX <= box.bottom; y += TILE_PX)
      for (const [x1, y1, x2, y2] of PATTERNS[pattern] ?? []) {
        const [left, top] = [x - origin.x, y - origin.y]
        const ends = {
          x1: left + x1 * TILE_PX,
          y1: top + y1 * TILE_PX,
          x2: left + x2 * TILE_PX,
          y2: top + y2 * TILE_PX,
        }
        into.append(made('line', { ...ends, stroke: '#5b616a', 'stroke-width': 0.8 }))
      }
}

/** Stretched as it is on the page. */
function drawSvg(svg: SVGSVGElement, into: SVGElement, origin: DOMRect): void {
  const box = svg.getBoundingClientRect()
  if (box.width === 0 || box.height === 0 || getComputedStyle(svg).display === 'none') return
  const copy = svg.cloneNode(true)
  if (!(copy instanceof SVGSVGElement)) return
  const own = { width: svg.clientWidth || box.width, height: svg.clientHeight || box.height }
  const place = { x: box.x - origin.x, y: box.y - origin.y, width: box.width, height: box.height }
  if (!copy.hasAttribute('viewBox')) copy.setAttribute('viewBox', `0 0 ${own.width} ${own.height}`)
  for (const [name, value] of Object.entries({ ...place, preserveAspectRatio: 'none' })) {
    copy.setAttribute(name, String(value))
  }
  copy.style.width = ''
  copy.style.height = ''
  copy.style.fontFamily = getComputedStyle(svg).fontFamily
  into.append(copy)
}

/** One text a line. */
function drawText(text: Text, into: SVGElement, origin: DOMRect): void {
  const parent = text.parentElement
  if (!parent || text.data.trim() === '') return
  const style = getComputedStyle(parent)
  for (const { words, box, widthPx } of linesOf(text)) {
    const line = made('text', {
      // Another font may stand in for that of the page: nothing is to run into what follows.
      textLength: widthPx,
      lengthAdjust: 'spacingAndGlyphs',
      x: box.x - origin.x,
      y: box.y - origin.y + box.height * BASELINE,
      fill: style.color,
      'font-size': style.fontSize,
      'font-weight': style.fontWeight,
      'xml:space': 'preserve',
    })
    line.style.fontFamily = style.fontFamily
    line.textContent = words
    into.append(line)
  }
}

interface TextLine {
  readonly words: string
  /** Of its first character. */
  readonly box: DOMRect
  readonly widthPx: number
}

/** The lines into which a text is broken on the page. */
function linesOf(text: Text): readonly TextLine[] {
  const range = document.createRange()
  const lines: { words: string; box: DOMRect; widthPx: number }[] = []
  for (let at = 0; at < text.length; at++) {
    range.setStart(text, at)
    range.setEnd(text, at + 1)
    const box = range.getBoundingClientRect()
    const last = lines.at(-1)
    if (box.width === 0) continue
    if (last && Math.abs(last.box.y - box.y) < 1) {
      last.words += text.data[at]
      last.widthPx = box.right - last.box.left
    } else lines.push({ words: text.data[at], box, widthPx: box.width })
  }
  return lines
}

function px(text: string): number {
  return Number.parseFloat(text) || 0
}

function made<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | number>>,
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(SVG_NAMESPACE, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
  return element
}
