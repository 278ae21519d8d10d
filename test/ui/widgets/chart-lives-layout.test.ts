import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { busiestOf, type ChartLife, layLives } from '../../../src/ui/widgets/chart-lives-layout.ts'
import { linearScale } from '../../../src/ui/widgets/chart-scale.ts'

function livesAt(moments: readonly number[], events: readonly number[] = []): readonly ChartLife[] {
  const sorted = [...new Set(moments)].toSorted((one, other) => one - other)
  return Array.from({ length: Math.floor(sorted.length / 2) }, (_, at) => ({
    number: at + 1,
    fromNs: sorted[2 * at],
    toNs: sorted[2 * at + 1],
    hasBegin: true,
    hasEnd: true,
    events: events[at] ?? 1,
    words: `lifetime ${at + 1}`,
  }))
}

const x = linearScale(0, 1000, 0, 1000)

test.prop([fc.array(fc.nat(1000), { maxLength: 80 })])(
  'every life is in one band, and no band lies over another',
  (moments) => {
    const lives = livesAt(moments)
    const bands = layLives(lives, x, 1000)
    expect(bands.flatMap((band) => band.lives)).toEqual(lives)
    for (const [at, band] of bands.entries()) {
      expect(band.leftPx + band.widthPx).toBeLessThanOrEqual(bands[at + 1]?.leftPx ?? 1000)
      expect(band.widthPx).toBeGreaterThanOrEqual(6)
    }
  },
)

test('lives too short to be told apart are one band, which shows the busiest', () => {
  const [band] = layLives(livesAt([10, 11, 12, 13, 14, 15], [2, 9, 4]), x, 1000)
  expect(band.lives.map(({ number }) => number)).toEqual([1, 2, 3])
  expect(busiestOf(band).number).toBe(2)
})

test('a wide band says which life it is and how many events it has', () => {
  expect(layLives(livesAt([0, 400, 500, 520]), x, 1000).map(({ text }) => text)).toEqual(['life 1, 1 event', '2'])
})
