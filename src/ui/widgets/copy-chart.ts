/** What a chart that is drawn in the page is: an SVG, or a canvas. */
export type ChartElement = SVGSVGElement | HTMLCanvasElement

/** What a picture says beside its drawing. */
export interface PictureWords {
  readonly title: string
  readonly description?: string
}

const SVG_NAMESPACE = 'http://www.w3.org/2000/svg'

/** What style sheets may say of a drawing; written into it, because they stay behind. */
const DRAWN_PROPERTIES = [
  'clip-path',
  'clip-rule',
  'color',
  'display',
  'dominant-baseline',
  'fill',
  'fill-opacity',
  'fill-rule',
  'font-size',
  'font-style',
  'font-variant-ligatures',
  'font-variant-numeric',
  'font-weight',
  'letter-spacing',
  'mask',
  'mix-blend-mode',
  'opacity',
  'paint-order',
  'shape-rendering',
  'stop-color',
  'stop-opacity',
  'stroke',
  'stroke-dasharray',
  'stroke-dashoffset',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-opacity',
  'stroke-width',
  'text-anchor',
  'transform',
  'vector-effect',
  'visibility',
  'white-space',
] as const

/** The same in both: usual values are not written. */
const USUAL = new Map([
  ['clip-path', 'none'],
  ['clip-rule', 'nonzero'],
  ['display', 'inline'],
  ['dominant-baseline', 'auto'],
  ['fill-opacity', '1'],
  ['fill-rule', 'nonzero'],
  ['font-style', 'normal'],
  ['font-weight', '400'],
  ['letter-spacing', 'normal'],
  ['mask', 'none'],
  ['mix-blend-mode', 'normal'],
  ['opacity', '1'],
  ['paint-order', 'normal'],
  ['shape-rendering', 'auto'],
  ['stop-opacity', '1'],
  ['stroke', 'none'],
  ['stroke-dasharray', 'none'],
  ['stroke-dashoffset', '0px'],
  ['stroke-linecap', 'butt'],
  ['stroke-linejoin', 'miter'],
  ['stroke-opacity', '1'],
  ['stroke-width', '1px'],
  ['text-anchor', 'start'],
  ['transform', 'none'],
  ['vector-effect', 'none'],
  ['visibility', 'visible'],
  ['white-space', 'normal'],
])

/** A chart as an SVG that stands alone: colours and fonts written out, what it refers to brought along, a title and a text. */
export function svgTextOf(chart: ChartElement, words: PictureWords): string {
  const { width, height } = sizeOf(chart)
  const drawing = chart instanceof HTMLCanvasElement ? imageOf(chart, width, height) : standalone(chart)
  drawing.setAttribute('xmlns', SVG_NAMESPACE)
  drawing.setAttribute('width', String(width))
  drawing.setAttribute('height', String(height))
  if (!drawing.hasAttribute('viewBox')) drawing.setAttribute('viewBox', `0 0 ${width} ${height}`)
  drawing.setAttribute('role', 'img')
  const box = drawing.getAttribute('viewBox')?.split(/[\s,]+/) ?? []
  drawing.prepend(
    element('title', {}, words.title),
    element('desc', {}, words.description ?? `${words.title}. Made by pinscope.`),
    element('rect', { x: box[0], y: box[1], width: '100%', height: '100%', fill: surfaceOf(chart) }),
  )
  const text = new XMLSerializer().serializeToString(drawing).replaceAll(` ${PIXELS}="data:`, ' href="data:')
  return `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`
}

/**
 * Attribute of an `image` that becomes its `href` in the text: the page itself may show no `data:` address, and an element
 * of the page asks for it as soon as it has it.
 */
export const PIXELS = 'data-pixels'

/** A chart as a PNG, twice as many pixels each way as on the page. */
export async function pngOf(chart: ChartElement, words: PictureWords): Promise<Blob> {
  const { width, height } = sizeOf(chart)
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * PNG_SCALE)
  canvas.height = Math.round(height * PNG_SCALE)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('this browser gives no canvas to draw the picture on')
  if (chart instanceof HTMLCanvasElement) {
    context.fillStyle = surfaceOf(chart)
    context.fillRect(0, 0, canvas.width, canvas.height)
    context.drawImage(chart, 0, 0, canvas.width, canvas.height)
  } else {
    context.drawImage(await imageOfSvg(svgTextOf(chart, words)), 0, 0, canvas.width, canvas.height)
  }
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be written'))), 'image/png')
  })
}

const PNG_SCALE = 2

async function imageOfSvg(text: string): Promise<HTMLImageElement> {
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    return image
  } finally {
    URL.revokeObjectURL(address)
  }
}

function sizeOf(chart: ChartElement): { readonly width: number; readonly height: number } {
  const { width, height } = chart.getBoundingClientRect()
  return { width: Math.max(1, Math.ceil(width)), height: Math.max(1, Math.ceil(height)) }
}

/** The colour that the chart stands on. */
function surfaceOf(chart: ChartElement): string {
  return getComputedStyle(chart).getPropertyValue('--surface').trim() || '#ffffff'
}

function imageOf(canvas: HTMLCanvasElement, width: number, height: number): Element {
  const drawing = element('svg', {})
  drawing.append(
    element('image', { [PIXELS]: canvas.toDataURL('image/png'), width: String(width), height: String(height) }),
  )
  return drawing
}

function standalone(chart: SVGSVGElement): Element {
  const drawing = copyOf(chart)
  const defs = element('defs', {})
  const brought = new Set<string>()
  // What is brought may itself refer to something.
  for (let missing = missingIn(drawing, brought); missing.length > 0; missing = missingIn(defs, brought)) {
    for (const id of missing) {
      brought.add(id)
      const meant = document.getElementById(id)
      if (meant) defs.append(copyOf(meant))
    }
  }
  if (defs.childElementCount > 0) drawing.prepend(defs)
  return drawing
}

/** Ids that something in `root` refers to and that are neither in it nor brought already. */
function missingIn(root: Element, brought: ReadonlySet<string>): readonly string[] {
  const meant = [
    ...root.outerHTML.matchAll(/url\((?:&quot;|["'])?#([^"')&]+)/g),
    ...root.outerHTML.matchAll(/href="#([^"]+)"/g),
  ]
  const ids = new Set(meant.map((match) => match[1]))
  return [...ids].filter((id) => !brought.has(id) && root.querySelector(`[id="${CSS.escape(id)}"]`) === null)
}

/** A copy with its styles written out; what is not drawn, and what is for hands only, is left out. */
function copyOf(from: Element): Element {
  const copy = from.cloneNode(true)
  if (!(copy instanceof Element)) throw new Error('broken promise: the copy of an element is one')
  writeStyles(from, copy)
  return copy
}

const NAMING_TAGS: ReadonlySet<string> = new Set(['title', 'desc'])

function writeStyles(from: Element, to: Element): void {
  const style = getComputedStyle(from)
  const children = [...from.children]
  const copies = [...to.children]
  children.forEach((child, at) => {
    const isDrawn = child.namespaceURI === SVG_NAMESPACE && getComputedStyle(child).display !== 'none'
    // What names a part is not drawn, and is shown where the picture is opened.
    if (child.namespaceURI === SVG_NAMESPACE && NAMING_TAGS.has(child.tagName)) copies[at].removeAttribute('class')
    else if (isDrawn || child.closest('defs')) writeStyles(child, copies[at])
    else copies[at].remove()
  })
  for (const name of to.getAttributeNames()) {
    if (/^(class|style|tabindex|data-|aria-|role|on)/.test(name)) to.removeAttribute(name)
  }
  for (const property of DRAWN_PROPERTIES) writeProperty(to, property, style.getPropertyValue(property))
  if (from.tagName === 'text' || from.tagName === 'svg') to.setAttribute('font-family', fontsOf(style))
}

function writeProperty(to: Element, property: string, value: string): void {
  if (value === '') return
  if (USUAL.get(property) === value) {
    to.removeAttribute(property)
    return
  }
  to.setAttribute(property, value.replace(/url\("?[^"#)]*#([^")]+)"?\)/g, 'url(#$1)'))
}

/** The fonts of the page, and what stands in for them where they are not installed. */
function fontsOf(style: CSSStyleDeclaration): string {
  const isData = /mono/i.test(style.fontFamily)
  return isData
    ? "'JetBrains Mono', 'JetBrains Mono Variable', 'DejaVu Sans Mono', Menlo, Consolas, monospace"
    : "Inter, 'Inter Variable', 'DejaVu Sans', system-ui, sans-serif"
}

function element(name: string, attributes: Readonly<Record<string, string | undefined>>, text = ''): Element {
  const made = document.createElementNS(SVG_NAMESPACE, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value ?? '0')
  if (text !== '') made.textContent = text
  return made
}
