/** Steps in a decade of the threshold slider. */
const STEPS_PER_DECADE = 10
/** 1 us at step 1, 100 s at the last; step 0 is no threshold at all. */
export const HIGHEST_STEP = 8 * STEPS_PER_DECADE + 1

/** Threshold at a step of the slider, in the unit that it is typed in: 0, then logarithmic, in two significant digits. */
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
