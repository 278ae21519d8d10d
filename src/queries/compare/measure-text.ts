import { formatDuration } from '../../base/clock.ts'
import { type Exposure, rateOf, rateUnit } from './compare-exposure.ts'
import { type CompareCounts } from './compare-digest.ts'
import { type CompareMeasure } from './compare-question.ts'
import { type CompareSide } from './compare-side.ts'
import { rateText, signedText } from './rate-text.ts'

/** One measure of a group in words: raw on each side, as a rate, and by how much B differs from A. */
export interface MeasureText {
  readonly a: string
  readonly b: string
  readonly rateA: string
  readonly rateB: string
  /** Of the rates, `+0.214/s`; of the raw numbers where there is no rate. */
  readonly difference: string
}

/** How a measure is called in a line of text. */
export const MEASURE_WORDS: Readonly<Record<CompareMeasure, string>> = {
  ranges: 'ranges blocked',
  longTerm: 'long-term holds',
  open: 'open holds',
  holds: 'holds',
  totalNs: 'total time',
  pages: 'PFNs',
}

/** How a measure is called in the heading of a column. */
export const MEASURE_NAMES: Readonly<Record<CompareMeasure, string>> = {
  ranges: 'ranges',
  longTerm: 'long',
  open: 'open',
  holds: 'holds',
  totalNs: 'total',
  pages: 'PFNs',
}

interface MeasureSetting {
  readonly exposure: Exposure
  /** Of the rates. */
  readonly difference: number
  readonly sides: { readonly a: CompareSide; readonly b: CompareSide }
}

/** Writes one measure of a group. */
export function measureTexts(
  { a, b }: { readonly a: CompareCounts; readonly b: CompareCounts },
  measure: CompareMeasure,
  { exposure, difference, sides }: MeasureSetting,
): MeasureText {
  if (measure === 'totalNs') return timeTexts(a.totalNs, b.totalNs, exposure, sides)
  const rate = (count: number, of: number): string =>
    exposure.per === 'none' ? '' : `${rateText(rateOf(count, exposure, of))}${rateUnit(exposure)}`
  return {
    a: String(a[measure]),
    b: String(b[measure]),
    rateA: rate(a[measure], exposure.a),
    rateB: rate(b[measure], exposure.b),
    difference: `${signedText(difference)}${rateUnit(exposure)}`,
  }
}

/** Time held in a second of trace is how many were held at once, on average: a number without a unit. */
function timeTexts(
  a: number,
  b: number,
  exposure: Exposure,
  { a: sideA, b: sideB }: MeasureSetting['sides'],
): MeasureText {
  const at = (total: number, span: number): number => (exposure.per === 'second' ? total / span : 0)
  const isRated = exposure.per === 'second'
  const atOnce = { a: at(a, exposure.a), b: at(b, exposure.b) }
  return {
    a: a === 0 ? '0' : formatDuration(a, sideA.hasDurations ? 'seconds' : 'counts'),
    b: b === 0 ? '0' : formatDuration(b, sideB.hasDurations ? 'seconds' : 'counts'),
    rateA: isRated ? `${rateText(atOnce.a)} at once` : '',
    rateB: isRated ? `${rateText(atOnce.b)} at once` : '',
    difference: isRated ? `${signedText(atOnce.b - atOnce.a)} at once` : '',
  }
}
