/** One point of the step line: what the page's counts are from this moment on. */
export interface StepPoint {
  readonly ns: number
  readonly text: string
  readonly count: number
  readonly mapcount?: number
  /** False when the count was re-read after the operation and another CPU may have changed it. */
  readonly isExact: boolean
  /** Tracepoint that told. */
  readonly kind: string
  readonly operation: string
  /** References missing between the point before and this one. */
  readonly gap: number
  readonly gapKind: 'none' | 'race' | 'missing'
  /** FOLL_PIN pins within the count, 1024 references each. */
  readonly pins: number
  /** What the count is made of: references of each layer of the chart, bottom first. They add up to the count. */
  readonly units?: readonly number[]
  /** References that migration would accept, and those above: absent where nothing tells. */
  readonly expected?: number
  readonly excess?: number
}

/** References one FOLL_PIN pin adds to a small folio: GUP_PIN_COUNTING_BIAS in include/linux/mm.h. */
export const PIN_BIAS = 1024

/** References that are no pins: what is left of the count when each pin's 1024 are taken off. */
export function restOf(point: StepPoint): number {
  return point.count - point.pins * PIN_BIAS
}

/** Height of a point on the chart: the rest, and on it each pin as one. Drawn to scale, one pin would flatten all else. */
export function heightOf(point: StepPoint): number {
  return restOf(point) + point.pins
}

/** References of an excess on the same scale: each 1024 of them is a pin when the page has pins, drawn as one. */
export function excessHeight(excess: number, pins: number): number {
  const inPins = Math.min(pins, Math.floor(excess / PIN_BIAS))
  return excess - inPins * PIN_BIAS + inPins
}

/** `excess 2`, or `excess 1025 = 1 pin + 1` when the page has pins: the kernel counts 1024 for each. */
export function excessText(excess: number, pins: number): string {
  const inPins = Math.min(pins, Math.floor(excess / PIN_BIAS))
  if (inPins === 0) return `excess ${excess}`
  const rest = excess - inPins * PIN_BIAS
  return `excess ${excess} = ${inPins} ${inPins === 1 ? 'pin' : 'pins'}${rest === 0 ? '' : ` + ${rest}`}`
}

/** `3`, or `1027 = 1 × 1024 + 3` when pins are among them. */
export function countText(point: StepPoint): string {
  if (point.pins === 0) return String(point.count)
  return `${point.count} = ${point.pins} × ${PIN_BIAS} + ${restOf(point)}`
}

/** `⚡ +2`: a contradiction with its sign, because a missing get and a missing put are different news. */
export function gapText(gap: number): string {
  return `⚡ ${gap > 0 ? '+' : '−'}${Math.abs(gap)}`
}

/** What a contradiction means, in words. */
export function gapWords(point: StepPoint): string {
  const size = Math.abs(point.gap)
  const references = size === 1 ? 'reference' : 'references'
  if (point.gapKind === 'race') return `${size} ${references} off: another CPU changed the sampled count meanwhile`
  return point.gap > 0
    ? `${size} ${references} more than the events add up to: a get is not in the trace`
    : `${size} ${references} fewer than the events add up to: a put is not in the trace`
}

/** Position of the last point at or before `ns`; -1 before the first. Points ascend in time. */
export function pointAt(points: readonly StepPoint[], ns: number): number {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (points[middle].ns <= ns) low = middle + 1
    else high = middle
  }
  return low - 1
}
