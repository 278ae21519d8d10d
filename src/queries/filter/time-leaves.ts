import { findAbove, findAtLeast } from '../../base/bisect.ts'
import { parseTime } from '../../base/clock.ts'
import { type Derived } from '../../derive/derived.ts'
import { type Trace } from '../../model/trace.ts'
import { type FilterTerm } from './filter-node.ts'
import { readDurationNs, readTimeRange } from './filter-number.ts'
import { cheapLeaf, FALSE, type FilterLeaf, TRUE, UNKNOWN } from './told.ts'

/** Rows `[start, end)`. Events are in time order, so that a stretch of time is one of rows. */
interface RowStretch {
  readonly start: number
  readonly end: number
}

/** The leaf of a term on `time`, whose values are times of this trace. */
export function timeLeaf(trace: Trace, { comparison, values }: FilterTerm): FilterLeaf {
  const ranges = values.flatMap(({ text }) => readTimeRange(text) ?? [])
  const [first] = ranges.map(({ from }) => timeOf(trace, from))
  const none = Number.POSITIVE_INFINITY
  switch (comparison) {
    case '>':
      return stretchLeaf([stretch(trace, afterPrinted(trace, first), none)], false)
    case '>=':
      return stretchLeaf([stretch(trace, first, none)], false)
    case '<':
      return stretchLeaf([stretch(trace, first, none)], true)
    case '<=':
      return stretchLeaf([stretch(trace, afterPrinted(trace, first), none)], true)
    default:
      return stretchLeaf(
        ranges.map(({ from, to }) => stretch(trace, timeOf(trace, from), afterPrinted(trace, timeOf(trace, to)) - 1)),
        comparison === '!=',
      )
  }
}

/** The leaf of a term on `near`: stretches of time around failures. */
export function nearLeaf(trace: Trace, derived: Derived, { comparison, values }: FilterTerm): FilterLeaf {
  const times = derived.ranges.flatMap(({ time }) => time ?? [])
  if (times.length === 0) return constantLeaf(UNKNOWN)
  const within = values.flatMap(({ text }) => readDurationNs(text) ?? [])[0]
  const isOutside = comparison === '>' || comparison === '>='
  const reach = comparison === '<' || comparison === '>=' ? within - 1 : within
  return stretchLeaf(
    times.map((time) => stretch(trace, time - reach, time + reach)),
    isOutside,
  )
}

/** The leaf of a term on `lost`: stretches in which the kernel lost events. */
export function lostLeaf(trace: Trace, { comparison, values }: FilterTerm): FilterLeaf {
  const words = new Set(values.map(({ text }) => text))
  const isBoth = words.size === 2
  if (isBoth) return constantLeaf(comparison === '!=' ? FALSE : TRUE)
  const losses = trace.losses.filter(({ kind, count }) => kind !== 'start' || count !== 0)
  const stretches = losses.map(({ from, to }) =>
    stretch(trace, from ?? Number.NEGATIVE_INFINITY, to ?? Number.POSITIVE_INFINITY),
  )
  return stretchLeaf(stretches, words.has('no') !== (comparison === '!='))
}

/** A term that says the same of all. */
export function constantLeaf(value: number): FilterLeaf {
  return cheapLeaf(({ length }, into) => into.fill(value, 0, length))
}

/** Rows inside of any stretch, or outside of all. */
function stretchLeaf(stretches: readonly RowStretch[], isOutside: boolean): FilterLeaf {
  const merged = mergeStretches(stretches)
  const [inside, outside] = isOutside ? [FALSE, TRUE] : [TRUE, FALSE]
  return cheapLeaf(({ rows, length }, into) => {
    let next = length === 0 ? 0 : merged.findIndex(({ end }) => end > rows[0])
    if (next < 0) next = merged.length
    for (let at = 0; at < length; at++) {
      const row = rows[at]
      while (next < merged.length && merged[next].end <= row) next++
      into[at] = next < merged.length && merged[next].start <= row ? inside : outside
    }
  })
}

function mergeStretches(stretches: readonly RowStretch[]): readonly RowStretch[] {
  const merged: RowStretch[] = []
  for (const next of stretches.filter(({ start, end }) => start < end).toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last === undefined || next.start > last.end) merged.push(next)
    else merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, next.end) }
  }
  return merged
}

function stretch({ events }: Trace, from: number, to: number): RowStretch {
  return { start: findAtLeast(events.time, from), end: findAbove(events.time, to) }
}

/** A time that was judged: what the parser let through, this clock can read. */
function timeOf(trace: Trace, text: string): number {
  const { clock } = trace
  return parseTime(clock.style.unit === 'seconds' ? text : text.replace(/\..*$/, ''), clock) ?? 0
}

/** The first moment that prints otherwise: `1.5` stands for all that prints 1.500000. */
function afterPrinted({ clock }: Trace, time: number): number {
  const { unit, digits } = clock.style
  if (unit === 'counts') return time + 1
  return time + (unit === 'microseconds' ? 1000 : 10 ** (9 - digits))
}
