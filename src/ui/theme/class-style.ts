import { type CulpritAnswer } from '../../queries/wire.ts'

/** Id of a reference class, as answers carry it. */
export type ReferenceClassId = CulpritAnswer['class']

/** How a reference class looks everywhere: chart area, hold bar, chip, table dot. Three marks, so that colour is never alone. */
export interface ClassStyle {
  readonly label: string
  /** CSS colour of areas, bars and dots, right in both schemes. */
  readonly color: string
  /** One character that stands for the class beside its colour. */
  readonly glyph: string
  /** `id` of the SVG pattern in `ClassPatterns`: use as `fill={`url(#${patternId})`}` over the colour. */
  readonly patternId: string
}

/** One entry per class; a class without one is a type error. Colours are in `tokens.css`. */
export const CLASS_STYLES: Readonly<Record<ReferenceClassId, ClassStyle>> = {
  allocation: style('allocation', 'allocation', '■'),
  mapping: style('mapping', 'mapping', '▦'),
  page_cache: style('page_cache', 'page cache / swap cache', '▤'),
  lru: style('lru', 'LRU and batches', '≡'),
  migration: style('migration', 'migration’s own', '→'),
  gup_get: style('gup_get', 'GUP get', '◇'),
  gup_pin: style('gup_pin', 'FOLL_PIN', '◆'),
  driver: style('driver', 'driver / DMA', '▲'),
  io: style('io', 'file, pipe, zero-copy, async I/O', '◎'),
  unknown: style('unknown', 'unknown', '?'),
}

/** References above what migration expects: the one thing that is red. */
export const EXCESS_STYLE = {
  label: 'excess',
  color: 'var(--excess)',
  glyph: '!',
  patternId: 'pattern-excess',
  /** The same stripes with nothing between them, to lie over the class that is in excess. */
  stripesId: 'pattern-excess-stripes',
} as const

/** References of the count that no traced get explains: grey and hatched, because what they are for is not known. */
export const UNTOLD_STYLE: ClassStyle = {
  label: 'no get in the trace',
  color: 'var(--loss)',
  glyph: '╲',
  patternId: 'pattern-untold',
}

/** A part of a count: a reference class, or what no traced get explains. */
export type LayerStyleId = ReferenceClassId | 'untold'

/** How a part of a count looks. */
export function layerStyle(id: LayerStyleId): ClassStyle {
  return id === 'untold' ? UNTOLD_STYLE : CLASS_STYLES[id]
}

/** Where events were lost: a grey hatch, never blank. */
export const LOSS_STYLE = { label: 'lost events', color: 'var(--loss)', glyph: '╱', patternId: 'pattern-loss' } as const

function style(id: string, label: string, glyph: string): ClassStyle {
  const name = id.replace('_', '-')
  return { label, color: `var(--class-${name})`, glyph, patternId: `pattern-${name}` }
}
