import { describe, expect, test } from 'vitest'
import { timeScale } from '../../../src/ui/widgets/chart-scale.ts'
import { layHold } from '../../../src/ui/widgets/hold-layout.ts'

const WIDTH = 872 // 800 px between the insets
const scale = timeScale({ from: 0, to: 800 }, WIDTH)
const plot = { leftPx: 56, rightPx: 856 }
const place = { scale, plot }
const words = { label: 'do_tee  ts-mux-64', duration: '836.865 ms' }

/** Leftmost and rightmost x of a path. */
function ends(path: string): readonly [number, number] {
  const numbers = [...path.matchAll(/[MLH](-?[\d.]+)/g)].map((match) => Number(match[1]))
  return [Math.min(...numbers), Math.max(...numbers)]
}

/** Points towards where a bar goes on. */
function isOpen(path: string): { readonly left: boolean; readonly right: boolean } {
  const [left, right] = ends(path)
  return { left: path.includes(`L${left} 10`), right: path.includes(`L${right} 10`) }
}

describe('a hold bar', () => {
  test('goes from get to put on the chart’s own scale', () => {
    const { path } = layHold({ fromNs: 100, toNs: 300, ...words }, '', place)
    expect(ends(path)).toEqual([156, 356])
    expect(isOpen(path)).toEqual({ left: false, right: false })
  })

  test('is open where its end was not seen', () => {
    expect(isOpen(layHold({ fromNs: 100, ...words }, '', place).path)).toEqual({ left: false, right: true })
    expect(isOpen(layHold({ toNs: 300, ...words }, '', place).path)).toEqual({ left: true, right: false })
  })

  test('is open where it goes on beyond the window, and stays in the plot', () => {
    const { path } = layHold({ fromNs: -500, toNs: 5000, ...words }, '', place)
    expect(ends(path)).toEqual([56, 856])
    expect(isOpen(path)).toEqual({ left: true, right: true })
  })

  test('of no length can still be seen', () => {
    const [left, right] = ends(layHold({ fromNs: 400, toNs: 400, ...words }, '', place).path)
    expect(right - left).toBe(2)
  })
})

describe('its label', () => {
  test('stands right of it, else left of it, else on it', () => {
    expect(layHold({ fromNs: 0, toNs: 100, ...words }, '', place).side).toBe('right')
    expect(layHold({ fromNs: 600, toNs: 780, ...words }, '', place).side).toBe('left')
    expect(layHold({ fromNs: 10, toNs: 790, ...words }, '', place).side).toBe('inside')
  })

  test('never begins left of the plot', () => {
    const long = { label: 'x'.repeat(300), duration: '1 ns' }
    expect(layHold({ fromNs: 10, toNs: 790, ...long }, '', place).labelStyle.left).toBe(56)
  })

  test('says less where all of it has no room, rather than lie across an end of the bar', () => {
    const bar = { fromNs: 200, toNs: 600, label: 'x'.repeat(36), duration: '836.865 ms' }
    const laid = layHold(bar, ' · driver / DMA', place)
    expect(laid).toMatchObject({ told: '836.865 ms', side: 'inside', labelStyle: { left: 264 } })
    const shorter = { ...bar, toNs: 520 }
    expect(layHold(shorter, ' · driver / DMA', place).told).toBe('')
    expect(layHold({ ...bar, toNs: 300 }, ' · driver / DMA', place)).toMatchObject({
      told: '836.865 ms · driver / DMA',
      side: 'right',
    })
  })
})
