import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { type StepPoint } from '../../../src/ui/widgets/step-point.ts'
import { areaPath, stepPath } from '../../../src/ui/widgets/step-area-path.ts'
import { type Row, rowsAround, rowsOf } from '../../../src/ui/widgets/step-rows.ts'

function point(ns: number, more: Partial<StepPoint> = {}): StepPoint {
  const plain = {
    text: '',
    count: 2,
    isExact: true,
    kind: '',
    operation: '',
    gap: 0,
    gapKind: 'none',
    pins: 0,
  } as const
  return { ns, ...plain, units: [2], ...more }
}

test('an excess is drawn up to the moment it is over', () => {
  const rows = rowsOf([point(1, { expected: 1, excess: 1 }), point(5, { expected: 2, excess: 0 })], 9)
  expect(rows.map(({ ns, excess }) => [ns, excess])).toEqual([
    [1, [1, 2]],
    [5, [2, 2]],
    [9, [2, 2]],
  ])
})

test('a line whose value is not known from a point on is drawn up to that point', () => {
  const rows = rowsOf([point(1, { expected: 1, mapcount: 1 }), point(5, { mapcount: 1 }), point(7)], 9)
  expect(rows.map(({ ns, expected }) => [ns, expected])).toEqual([
    [1, 1],
    [5, 1],
    [5, undefined],
    [7, undefined],
    [7, undefined],
    [9, undefined],
  ])
  expect(rows.map(({ mapcount }) => mapcount)).toEqual([1, 1, 1, 1, undefined, undefined])
})

test('the last count is drawn to the end, and a page that is free ends there', () => {
  expect(rowsOf([point(1)], 9).map(({ ns }) => ns)).toEqual([1, 9])
  expect(rowsOf([point(1)], 1).map(({ ns }) => ns)).toEqual([1])
  expect(rowsOf([], 9)).toEqual([])
})

const plain = { toPx: (value: number) => value, toValue: (px: number) => px }
const scales = { x: plain, y: plain }

/** Area of what a path of M, H, V and Z encloses. */
function enclosed(path: string): number {
  let area = 0
  for (const part of path.split('Z').filter((one) => one !== '')) {
    const corners: (readonly [number, number])[] = []
    for (const [, letter, numbers] of part.matchAll(/([MHV])([-\d. ]+)/g)) {
      const [x, y] = corners.at(-1) ?? [0, 0]
      const given = numbers.split(' ').map(Number)
      corners.push(letter === 'M' ? [given[0], given[1]] : letter === 'H' ? [given[0], y] : [x, given[0]])
    }
    const turned = corners.map(([x, y], at) => {
      const [nextX, nextY] = corners[(at + 1) % corners.length]
      return x * nextY - nextX * y
    })
    area += Math.abs(turned.reduce((sum, one) => sum + one, 0)) / 2
  }
  return area
}

const manyRows = fc
  .array(fc.record({ step: fc.integer({ min: 1, max: 9 }), low: fc.nat(5), high: fc.nat(5), isGap: fc.boolean() }), {
    minLength: 1,
    maxLength: 40,
  })
  .map((given) => {
    let ns = 0
    return given.map(({ step, low, high, isGap }): Row => {
      ns += step
      const band: [number, number] = [low, low + (isGap ? 0 : high)]
      return {
        ns,
        height: band[1],
        mapcount: isGap ? undefined : low,
        expected: undefined,
        excess: band,
        bands: [band],
      }
    })
  })

test.prop([manyRows])('an area covers each row’s band up to the next row, and nothing else', (rows) => {
  const wanted = rows
    .slice(0, -1)
    .reduce((sum, { ns, excess: [low, high] }, at) => sum + (high - low) * (rows[at + 1].ns - ns), 0)
  expect(enclosed(areaPath(rows, (row) => row.excess, scales))).toBeCloseTo(wanted, 6)
})

test('a stepped line goes on to the next row and ends where its value does', () => {
  const at = (ns: number, mapcount?: number): Row => ({
    ns,
    height: 0,
    mapcount,
    expected: undefined,
    excess: [0, 0],
    bands: [],
  })
  const path = stepPath([at(0, 1), at(5, 1), at(7, 3), at(9), at(12, 2), at(15, 2)], (row) => row.mapcount, scales)
  expect(path).toBe('M0 1H7V3H9M12 2H15')
})

test('only what a window shows is drawn, with what leads into it and out of it', () => {
  const rows = rowsOf(
    [1, 3, 5, 7, 9].map((ns) => point(ns)),
    20,
  )
  const shown = (from: number, to: number) => rowsAround(rows, { from, to }).map(({ ns }) => ns)
  expect(shown(4, 6)).toEqual([3, 5, 7])
  expect(shown(3, 7)).toEqual([3, 5, 7])
  expect(shown(-5, 2)).toEqual([1, 3])
  expect(shown(10, 30)).toEqual([9, 20])
})
