import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { columnPath, type Picture, thinnedRows } from '../../../src/ui/widgets/step-columns.ts'
import { type Row } from '../../../src/ui/widgets/step-rows.ts'

const WIDTH = 20
/** Five rows share a pixel. */
const picture: Picture = {
  x: { toPx: (ns) => ns / 5, toValue: (px) => px * 5 },
  y: { toPx: (value) => -value, toValue: (px) => -px },
  width: WIDTH,
}

function row(ns: number, height: number, excess = 0): Row {
  return {
    ns,
    height,
    mapcount: height < 0 ? undefined : height,
    expected: undefined,
    excess: [height - excess, height],
    bands: [[0, height]],
  }
}

/** Boxes of a path: `[left, right, low, high]`, the latter in values. */
function boxesOf(path: string): readonly (readonly number[])[] {
  const all = [...path.matchAll(/M(-?[\d.]+) (-?[\d.]+)H(-?[\d.]+)V(-?[\d.]+)H(-?[\d.]+)Z/g)]
  expect(all.map(([text]) => text).join('')).toBe(path)
  return all.map(([, left, top, right, bottom]) => [Number(left), Number(right), -Number(bottom), -Number(top)])
}

const manyRows = fc
  .array(fc.record({ step: fc.integer({ min: 0, max: 9 }), height: fc.nat(8), excess: fc.nat(3) }), { minLength: 1 })
  .map((given) => {
    let ns = 0
    return given.map(({ step, height, excess }) => row((ns += step), height, Math.min(excess, height)))
  })

test.prop([manyRows])('a line of columns passes each value at its pixel, however short it stood', (rows) => {
  const boxes = boxesOf(columnPath(rows, ({ height }) => height, picture, { thickness: 1 }))
  for (const { ns, height } of rows) {
    const px = Math.min(Math.floor(ns / 5), WIDTH)
    const over = boxes.filter(([left, right]) => left <= px && right > px)
    expect(over.some(([, , low, high]) => low <= height && high >= height)).toBe(true)
  }
})

test.prop([manyRows])(
  'areas are drawn from two rows a pixel at most, the largest excess of each among them',
  (rows) => {
    const thinned = thinnedRows(rows, picture)
    const excessAt = (all: readonly Row[], px: number): number =>
      Math.max(-1, ...all.filter(({ ns }) => Math.floor(ns / 5) === px).map(({ excess: [low, high] }) => high - low))
    expect(thinned.map(({ ns }) => ns)).toEqual(thinned.map(({ ns }) => ns).toSorted((a, b) => a - b))
    for (let px = 0; px < WIDTH; px++) {
      expect(thinned.filter(({ ns }) => Math.floor(ns / 5) === px).length).toBeLessThanOrEqual(2)
      expect(excessAt(thinned, px)).toBeGreaterThanOrEqual(excessAt(rows, px))
    }
  },
)

test('a line goes on level to the next column, and ends where its value does', () => {
  const rows = [row(0, 1), row(1, 3), row(50, 2), row(75, -1), row(90, -1)]
  expect(boxesOf(columnPath(rows, ({ mapcount }) => mapcount, picture, { thickness: 1 }))).toEqual([
    [0, 1, 0.5, 3.5],
    [1, 10, 2.5, 3.5],
    [10, 11, 1.5, 3.5],
    [11, 15, 1.5, 2.5],
    [15, 16, 1.5, 2.5],
  ])
})

test('a broken line has its dashes at the same places wherever it begins, and none far outside of the picture', () => {
  const rows = [row(-1e12, 4), row(1e12, 4)]
  const path = columnPath(rows, ({ height }) => height, picture, { thickness: 1, dash: [5, 3] })
  expect(boxesOf(path).map(([left, right]) => [left, right])).toEqual([
    [0, 5],
    [8, 13],
    [16, 20],
    [20, 21],
  ])
})

test('what is drawn is bounded by the pixels and not by the rows', () => {
  const rows = Array.from({ length: 10_000 }, (_, at) => row(at / 100, at % 7))
  expect(boxesOf(columnPath(rows, ({ height }) => height, picture, { thickness: 1 })).length).toBeLessThanOrEqual(42)
  expect(thinnedRows(rows, picture).length).toBeLessThanOrEqual(42)
})
