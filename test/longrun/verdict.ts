import { type Allowed, isFlat, type Point, trendOf } from './flat.ts'
import { type Measured } from './measure.ts'

/** Measurements of a run, each with the cycle or step after which it was made. */
export type Series = readonly (readonly [at: number, measured: Measured])[]

/** One measure's verdict, as a line. */
export interface Judged {
  readonly name: keyof Measured
  readonly isFlat: boolean
  readonly words: string
}

/** What is judged, by how much it may seem to grow with each cycle or step, and what it may lie higher in the end. */
export type Limits = Readonly<Partial<Record<keyof Measured, Allowed>>>

/** Judges all measures that have limits. One that was never taken is not flat: nobody knows what it did. */
export function judge(series: Series, limits: Limits, each: string): readonly Judged[] {
  // Keys of the object are those of its type: it is written out in this folder.
  return (Object.keys(limits) as (keyof Measured)[]).flatMap((name) => {
    const allowed = limits[name]
    if (allowed === undefined) return []
    const points = series.flatMap(([at, { [name]: value }]): Point[] => (value === undefined ? [] : [[at, value]]))
    if (points.length === 0) return [{ name, isFlat: false, words: `not measured ${name}` }]
    const trend = trendOf(points)
    const flat = isFlat(trend, allowed)
    const slope = `${shown(trend.slope)} ± ${shown(2 * trend.error)} a ${each} (at most ${shown(allowed.slope)})`
    const medians = `median ${shown(trend.first)} at first, ${shown(trend.last)} at last (at most ${shown(allowed.rise)} more)`
    return [{ name, isFlat: flat, words: `${flat ? 'flat ' : 'GROWS'} ${name.padEnd(11)} ${slope}; ${medians}` }]
  })
}

const HEADS: readonly (readonly [keyof Measured, string])[] = [
  ['pageHeap', 'page KB'],
  ['objects', 'objects KB'],
  ['workerHeap', 'workers KB'],
  ['buffers', 'buffers KB'],
  ['blink', 'blink KB'],
  ['dom', 'dom KB'],
  ['workers', 'workers'],
  ['documents', 'docs'],
  ['nodes', 'nodes'],
  ['listeners', 'listeners'],
  ['detached', 'detached'],
  ['entries', 'entries'],
  ['stored', 'disk KB'],
  ['kept', 'kept'],
  ['renderers', 'tabs MB'],
  ['processes', 'all MB'],
  ['squeezed', 'squeezed MB'],
]

/** The head of a table of measurements. */
export function tableHead(each: string): string {
  return [each.padStart(6), ...HEADS.map(([, head]) => head.padStart(11))].join(' ')
}

/** A line of it. */
export function tableLine(at: number, measured: Measured): string {
  const cells = HEADS.map(([name, head]) => {
    const value = measured[name]
    if (value === undefined) return '-'.padStart(11)
    const unit = head.endsWith('KB') ? 1000 : head.endsWith('MB') ? 1e6 : 1
    return (value / unit).toFixed(unit === 1 ? 0 : 1).padStart(11)
  })
  return [String(at).padStart(6), ...cells].join(' ')
}

function shown(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(3)
}
