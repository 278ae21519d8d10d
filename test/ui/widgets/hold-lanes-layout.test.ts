import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { linearScale } from '../../../src/ui/widgets/chart-scale.ts'
import { packHolds } from '../../../src/ui/widgets/hold-lanes-layout.ts'

const plot = { leftPx: 0, rightPx: 100 }
const hold = fc.record({
  fromNs: fc.option(fc.nat(100), { nil: undefined }),
  toNs: fc.option(fc.nat(100), { nil: undefined }),
})

test.prop([fc.array(hold, { maxLength: 30 }), fc.integer({ min: 1, max: 4 })])(
  'bars of one lane never lie over each other, none is lost uncounted, and all lie in the plot',
  (holds, most) => {
    const sane = holds.filter(({ fromNs = 0, toNs = 100 }) => fromNs <= toNs)
    const { bars, hidden } = packHolds(sane, linearScale(0, 100, 0, 100), plot, most)
    expect(bars.length + hidden).toBe(sane.length)
    for (const [at, bar] of bars.entries()) {
      expect(bar.lane).toBeLessThan(most)
      expect(bar.leftPx).toBeGreaterThanOrEqual(0)
      expect(bar.leftPx + bar.widthPx).toBeLessThanOrEqual(100)
      for (const other of bars.slice(at + 1)) {
        const isApart = bar.leftPx + bar.widthPx <= other.leftPx || other.leftPx + other.widthPx <= bar.leftPx
        expect(bar.lane !== other.lane || isApart).toBe(true)
      }
    }
  },
)

test('holds outside of the plot have no bar and are not counted', () => {
  const holds = [{ fromNs: -20, toNs: -10 }, { fromNs: 110 }, { fromNs: 10, toNs: 20 }]
  expect(packHolds(holds, linearScale(0, 100, 0, 100), plot, 3)).toEqual({
    bars: [{ hold: holds[2], lane: 0, leftPx: 10, widthPx: 10 }],
    hidden: 0,
  })
})
