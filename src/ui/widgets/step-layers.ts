import { layerStyle, type LayerStyleId } from '../theme/class-style.ts'
import { excessHeight, heightOf, PIN_BIAS, type StepPoint } from './step-point.ts'

/**
 * Heights of a point's layers on the chart, where a pin is drawn as one. They add up to `heightOf(point)`: what the two
 * halves of a pin show too much while it is taken (mm/gup.c adds 1, then 1023) comes off the largest.
 */
export function layerHeights(point: StepPoint): readonly number[] {
  const heights = (point.units ?? []).map((units) => (point.pins > 0 ? heightOfUnits(units) : units))
  let surplus = heights.reduce((sum, height) => sum + height, 0) - Math.max(0, heightOf(point))
  while (surplus > 0) {
    const largest = heights.indexOf(Math.max(...heights))
    const taken = Math.min(surplus, heights[largest])
    if (taken <= 0) break
    heights[largest] -= taken
    surplus -= taken
  }
  return heights
}

function heightOfUnits(units: number): number {
  return Math.floor(units / PIN_BIAS) + (units % PIN_BIAS)
}

/** Bottom and top of each layer, stacked. */
export function layerBands(point: StepPoint): readonly (readonly [number, number])[] {
  let top = 0
  return layerHeights(point).map((height) => [top, (top += height)] as const)
}

/** Bottom and top of the excess: the uppermost part of the count. `undefined` where there is none, or none is known. */
export function excessBand(point: StepPoint): readonly [number, number] | undefined {
  if (!point.excess) return undefined
  const top = heightOf(point)
  return [Math.max(0, top - excessHeight(point.excess, point.pins)), top]
}

/** `mapping 1 + FOLL_PIN 1024; expected 1, excess 1024`; empty where the chart has no layers. */
export function madeOfText(point: StepPoint, layers: readonly LayerStyleId[]): string {
  const parts = layers.flatMap((id, at) => {
    const units = point.units?.[at] ?? 0
    return units === 0 ? [] : [`${layerStyle(id).label} ${units}`]
  })
  if (parts.length === 0) return judgedText(point)
  return `${parts.join(' + ')}; ${judgedText(point)}`
}

/** `expected 1, excess 1`, or that it is not known. */
export function judgedText({ expected, excess }: StepPoint): string {
  return expected === undefined ? 'expected not known' : `expected ${expected}, excess ${excess ?? 0}`
}
