import { fc, test } from '@fast-check/vitest'
import { expect, test as plainTest } from 'vitest'
import { extremesOf } from '../../src/base/extremes.ts'
import { decimate, POINTS_PER_COLUMN } from '../../src/queries/decimate.ts'

const series = fc
  .array(fc.record({ step: fc.integer({ min: 0, max: 50 }), value: fc.integer({ min: -3, max: 3000 }) }), {
    minLength: 1,
    maxLength: 300,
  })
  .map((steps) => {
    let time = 0
    return steps.map(({ step, value }) => ({ time: (time += step), value }))
  })

function columnOf(time: number, from: number, to: number, columns: number): number {
  if (to <= from) return 0
  return Math.min(columns - 1, Math.floor((time - from) / ((to - from) / columns)))
}

function decimated(
  times: readonly number[],
  values: readonly (readonly number[])[],
  [from, to]: readonly [number, number],
  columns: number,
  exceptional: readonly number[] = [],
): readonly number[] {
  const exceptions = [{ positions: exceptional, weightAt: (at: number) => values[0][at] }]
  return decimate(
    times,
    { extremes: values.map((one) => extremesOf(one)), exceptions },
    { start: 0, end: times.length, from, to },
    columns,
  )
}

test.prop([series, fc.integer({ min: 1, max: 60 })])(
  'every column keeps its first, lowest, highest and last value, and at most four points',
  (points, columns) => {
    const from = points[0].time
    const to = points[points.length - 1].time
    const times = points.map((point) => point.time)
    const values = points.map((point) => point.value)
    const kept = decimated(times, [values], [from, to], columns)
    expect([...new Set(kept)].sort((a, b) => a - b)).toEqual(kept)
    for (let column = 0; column < columns; column++) {
      const isIn = (at: number): boolean => columnOf(times[at], from, to, columns) === column
      const all = values.map((_, at) => at).filter(isIn)
      const some = kept.filter(isIn)
      if (all.length === 0) continue
      expect(some[0]).toBe(all[0])
      expect(some.at(-1)).toBe(all.at(-1))
      const extremes = (rows: readonly number[]): readonly number[] => [
        Math.min(...rows.map((at) => values[at])),
        Math.max(...rows.map((at) => values[at])),
      ]
      expect(extremes(some)).toEqual(extremes(all))
      if (points.length > columns) expect(some.length).toBeLessThanOrEqual(POINTS_PER_COLUMN)
    }
  },
)

test.prop([series, fc.integer({ min: 1, max: 60 }), fc.nat(300), fc.nat(300)])(
  'a stretch is decimated as if there were nothing beside it',
  (points, columns, one, other) => {
    const [start, end] = [Math.min(one, other, points.length), Math.min(Math.max(one, other), points.length)]
    const times = points.map((point) => point.time)
    const values = points.map((point) => point.value)
    const [from, to] = [times[start] ?? 0, times[end - 1] ?? 0]
    const within = decimate(
      times,
      { extremes: [extremesOf(values)], exceptions: [] },
      { start, end, from, to },
      columns,
    )
    const alone = decimated(times.slice(start, end), [values.slice(start, end)], [from, to], columns)
    expect(within).toEqual(alone.map((at) => start + at))
  },
)

test.prop([series, fc.integer({ min: 1, max: 20 }), fc.array(fc.boolean(), { minLength: 300, maxLength: 300 })])(
  'a column with an exception keeps one, the weightiest',
  (points, columns, flags) => {
    const times = points.map((point) => point.time)
    const values = points.map((point) => point.value)
    const exceptional = times.flatMap((_, at) => (flags[at] ? [at] : []))
    const [from, to] = [times[0], times[times.length - 1]]
    const kept = decimated(times, [values], [from, to], columns, exceptional)
    for (const at of exceptional) {
      const rivals = exceptional.filter(
        (rival) => columnOf(times[rival], from, to, columns) === columnOf(times[at], from, to, columns),
      )
      const heaviest = Math.max(...rivals.map((rival) => values[rival]))
      expect(rivals.some((rival) => kept.includes(rival) && values[rival] === heaviest)).toBe(true)
    }
  },
)

plainTest('a series shorter than the plot is kept whole', () => {
  expect(decimated([0, 1, 1, 2], [[5, 5, 5, 5]], [0, 2], 4)).toEqual([0, 1, 2, 3])
})

plainTest('a window of no width is one column', () => {
  expect(decimated([7, 7, 7, 7, 7, 7], [[1, 2, 9, 0, 3, 4]], [7, 7], 2)).toEqual([0, 2, 3, 5])
})

plainTest('of two series neither loses its extremes', () => {
  const times = [0, 1, 2, 3, 4, 5, 6, 7]
  const one = [1, 1, 5, 1, 1, 0, 1, 1]
  const other = [0, 9, 0, 0, 0, 0, -1, 0]
  expect(decimated(times, [one, other], [0, 7], 1)).toEqual([0, 1, 2, 5, 6, 7])
})
