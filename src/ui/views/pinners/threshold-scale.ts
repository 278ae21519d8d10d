/** Steps in a decade of the threshold slider. */
export const STEPS_PER_DECADE = 10
/** 1 us at step 1, 100 s at the last; step 0 is no threshold at all. */
export const HIGHEST_STEP = 8 * STEPS_PER_DECADE + 1

/** Threshold at a step of the slider, in the unit that links have it in, us: 0, then logarithmic, in two significant digits. */
export function thresholdAt(step: number): number {
  if (step <= 0) return 0
  const exact = 10 ** ((step - 1) / STEPS_PER_DECADE)
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(exact)) - 1)
  return Math.round(exact / unit) * unit
}

/** The step nearest to a threshold. */
export function stepOf(thresholdUs: number): number {
  if (thresholdUs <= 0) return 0
  return Math.min(HIGHEST_STEP, Math.max(1, Math.round(Math.log10(thresholdUs) * STEPS_PER_DECADE) + 1))
}

/** Threshold of each step, ns. */
export const THRESHOLDS_NS: readonly number[] = Array.from(
  { length: HIGHEST_STEP + 1 },
  (_, step) => thresholdAt(step) * 1000,
)

/** Microseconds in a unit that may be typed. */
const UNITS_US: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['us', 1],
  ['µs', 1],
  ['ms', 1_000],
  ['s', 1_000_000],
])
/** Of what links can hold exactly as thousandths. */
const MOST_US = 1e12

/** A typed threshold, us: `300 ms`, `1.5s`, `250 us`, `250`; undefined for anything else. To whole nanoseconds. */
export function parseThreshold(text: string): number | undefined {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)\s*([a-zµ]*)$/.exec(text.trim().toLowerCase()) ?? []
  const factor = number === '' ? undefined : UNITS_US.get(unit)
  if (factor === undefined) return undefined
  const us = Math.round(Number(number) * factor * 1000) / 1000
  return us <= MOST_US ? us : undefined
}

/** A threshold as it is typed, in the largest unit that needs no more than three digits behind the point: `300 ms`. */
export function thresholdText(thresholdUs: number): string {
  if (thresholdUs === 0) return '0'
  const unit = ['s', 'ms'].find((name) => {
    const factor = UNITS_US.get(name) ?? 1
    return thresholdUs >= factor && parseThreshold(`${thresholdUs / factor}${name}`) === thresholdUs
  })
  return unit === undefined ? `${thresholdUs} us` : `${thresholdUs / (UNITS_US.get(unit) ?? 1)} ${unit}`
}
