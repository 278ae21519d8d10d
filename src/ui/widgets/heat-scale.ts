/** What lies over a colour, so that it is never alone. */
export type SwatchPattern = 'none' | 'hatch' | 'dots' | 'stripes' | 'lines' | 'cross'

/** One step of a scale: how a cell looks, and what that means. */
export interface Swatch {
  /** A CSS custom property, `--heat-3`. */
  readonly color: string
  readonly pattern: SwatchPattern
  /** One character for cells that have room for it; empty where the step is quiet. */
  readonly glyph: string
  /** With its unit, `16 to 31`. */
  readonly label: string
}

/** A scale with its steps, mildest first. `stepOf` gives the step of a value that is told. */
export interface HeatScale {
  /** What is measured, with its unit. */
  readonly title: string
  readonly steps: readonly Swatch[]
  readonly stepOf: (value: number) => number
  /** What a cell with room for text says beside its glyph; empty for nothing. */
  readonly textOf: (value: number) => string
}

/** No file knows of the memory at all. */
export const HOLE_SWATCH: Swatch = {
  color: '--heat-hole',
  pattern: 'hatch',
  glyph: '',
  label: 'no file knows of it',
}

/** The memory is known, what is asked of it is not told. */
export const UNTOLD_SWATCH: Swatch = { color: '--heat-untold', pattern: 'dots', glyph: '', label: 'not told' }

/** Colours of steps that count: lightness rises evenly, one hue, so that order shows without colour vision. */
const RAMP = ['--heat-1', '--heat-2', '--heat-3', '--heat-4', '--heat-5', '--heat-6']
/** The same in red, for excess alone. */
const EXCESS_RAMP = ['--heat-excess-1', '--heat-excess-2', '--heat-excess-3', '--heat-excess-4', '--heat-excess-5']

/** A scale of counts: zero, then a step from each of `bounds` on, with a glyph. `isExcess`: in red, striped. */
export function countScale(title: string, bounds: readonly number[], glyph: string, isExcess = false): HeatScale {
  const ramp = isExcess ? EXCESS_RAMP : RAMP
  const shift = Math.max(0, ramp.length - bounds.length)
  const steps = bounds.map((from, at): Swatch => ({
    color: ramp[Math.min(ramp.length - 1, at + shift)],
    pattern: isExcess ? 'stripes' : 'none',
    glyph,
    label: rangeLabel(from, bounds.at(at + 1)),
  }))
  const zero: Swatch = { color: '--heat-zero', pattern: 'none', glyph: '', label: '0' }
  return {
    title,
    steps: [zero, ...steps],
    stepOf: (value) => bounds.filter((bound) => value >= bound).length,
    textOf: (value) => (value > 0 ? String(value) : ''),
  }
}

function rangeLabel(from: number, next: number | undefined): string {
  if (next === undefined) return `${from} and more`
  return next === from + 1 ? String(from) : `${from} to ${next - 1}`
}
