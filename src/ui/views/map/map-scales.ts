import { formatDuration } from '../../../base/clock.ts'
import { type HeatMode } from '../../../queries/map/map-heat.ts'
import { type MapMode, type MapPlacement } from '../../../queries/map/map-modes.ts'
import { countScale, type HeatScale, type Swatch } from '../../widgets/heat-scale.ts'

/** How a colouring is named and what it means. */
interface ModeWords {
  readonly id: MapMode
  readonly label: string
  readonly about: string
}

/** The colourings, in the order of their control. */
export const MODE_WORDS: readonly ModeWords[] = [
  { id: 'blocked', label: 'blocked', about: 'how often pages of the cell blocked a range' },
  {
    id: 'holds',
    label: 'holds',
    about: 'references that migration does not expect: open as the trace ends, or held at the selected failure (e)',
  },
  { id: 'excess', label: 'excess', about: 'references above what migration expected, of pages that blocked a range' },
  { id: 'migratetype', label: 'migratetype', about: 'what page_owner allocated against what the pageblock is for' },
  { id: 'order', label: 'order', about: 'the largest allocation that page_owner tells' },
  { id: 'age', label: 'age', about: 'the oldest allocation, against the newest one in the page_owner dumps' },
  { id: 'events', label: 'events', about: 'traced events' },
]

/** Positions are those of `MAP_PLACEMENTS`, the mildest first. */
const PLACEMENT_STEPS: readonly (Swatch & { readonly id: MapPlacement })[] = [
  { id: 'none', color: '--heat-untold', pattern: 'dots', glyph: '', label: 'not told' },
  { id: 'alike', color: '--heat-1', pattern: 'none', glyph: '', label: 'as the block' },
  { id: 'isolated', color: '--heat-2', pattern: 'lines', glyph: 'I', label: 'in isolated block' },
  { id: 'other', color: '--heat-2', pattern: 'none', glyph: 'o', label: 'another type' },
  { id: 'movable_elsewhere', color: '--heat-3', pattern: 'dots', glyph: 'm', label: 'movable elsewhere' },
  { id: 'reclaimable_in_movable', color: '--heat-4', pattern: 'lines', glyph: 'R', label: 'reclaimable in movable' },
  { id: 'unmovable_in_movable', color: '--heat-5', pattern: 'stripes', glyph: 'U', label: 'unmovable in movable' },
  { id: 'unmovable_in_cma', color: '--heat-6', pattern: 'cross', glyph: 'C', label: 'not movable in CMA' },
]

const SECOND = 1e9
/** From each on, ns, the oldest last. */
const AGES: readonly (readonly [number, string])[] = [
  [0, 'below 10 ms'],
  [SECOND / 100, '10 ms to 1 s'],
  [SECOND, '1 s to 10 s'],
  [10 * SECOND, '10 s to 1 min'],
  [60 * SECOND, '1 min to 1 h'],
  [3600 * SECOND, '1 h and more'],
]
/** Orders from each on: single pages, up to PAGE_ALLOC_COSTLY_ORDER, above it, a huge page, more. */
const ORDERS: readonly (readonly [number, string])[] = [
  [0, 'order 0'],
  [1, '1 to 3'],
  [4, '4 to 8'],
  [9, '9'],
  [10, '10 and more'],
]

const SCALES: Readonly<Record<MapMode, HeatScale>> = {
  blocked: countScale('times a page blocked', [1, 2, 4, 16], '×'),
  holds: countScale('holds open as the trace ends', [1, 2, 4, 16], '◦'),
  excess: countScale('excess, references (a FOLL_PIN is 1024)', [1, 2, 4, 1024, 2048], '!', true),
  migratetype: {
    title: 'gravest type in its block',
    steps: PLACEMENT_STEPS,
    stepOf: (value) => value,
    textOf: () => '',
  },
  order: {
    title: 'largest allocation',
    steps: ORDERS.map(([, label], at) => ({ ...step(at + 1), label, glyph: '' })),
    stepOf: (value) => ORDERS.filter(([from]) => value >= from).length - 1,
    textOf: () => '',
  },
  age: {
    title: 'oldest allocation, before the newest one',
    steps: AGES.map(([, label], at) => ({ ...step(at + 1), label, glyph: '' })),
    stepOf: (value) => AGES.filter(([from]) => value >= from).length - 1,
    textOf: (value) => formatDuration(value),
  },
  events: countScale('events', [1, 10, 100, 1000, 10_000], ''),
}

/** Steps and legend of a colouring. `heldAt`: the moment, as printed, at which holds are counted; else as the trace ends. */
export function scaleOf(mode: MapMode, heldAt?: string): HeatScale {
  const scale = SCALES[mode]
  return mode === 'holds' && heldAt !== undefined ? { ...scale, title: `held at the failure at ${heldAt}` } : scale
}

const HEAT_SCALES: Readonly<Record<HeatMode, HeatScale>> = {
  events: countScale('events', [1, 5, 20, 100, 1000], ''),
  holds: countScale('holds that migration does not expect, in that time', [1, 2, 4, 16], ''),
  excess: countScale('most excess of a page (a FOLL_PIN is 1024)', [1, 2, 4, 1024, 2048], '!', true),
}

/** Steps and legend of what PFN × time counts. */
export function heatScaleOf(mode: HeatMode): HeatScale {
  return HEAT_SCALES[mode]
}

function step(at: number): Swatch {
  return { color: `--heat-${at}`, pattern: 'none', glyph: '', label: '' }
}
