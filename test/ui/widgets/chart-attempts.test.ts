import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type ChartAttempt, countWords } from '../../../src/ui/widgets/chart-attempt.ts'
import { clusterAttempts, layLanes } from '../../../src/ui/widgets/chart-attempts-layout.ts'
import { layBadges } from '../../../src/ui/widgets/chart-marks.tsx'
import { PLOT_INSETS, timeScale } from '../../../src/ui/widgets/chart-scale.ts'

const WIDTH = 1000
const scale = timeScale({ from: 0, to: 1000 }, WIDTH)
const right = WIDTH - PLOT_INSETS.right

function attempt(fromNs: number, toNs: number, task = 'sh-71', end: ChartAttempt['end'] = 'failed'): ChartAttempt {
  return { id: `${fromNs} ${toNs} ${task}`, fromNs, fromText: '', toNs, end, task, sentence: '' }
}

const many = fc
  .array(
    fc.record({
      from: fc.integer({ min: -200, max: 1200 }),
      span: fc.integer({ min: 0, max: 300 }),
      task: fc.constantFrom('a-1', 'b-2'),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((given) =>
    given.map(({ from, span, task }) => attempt(from, from + span, task)).toSorted((a, b) => a.fromNs - b.fromNs),
  )

describe('attempts as bars', () => {
  test.prop([many])('each is in exactly one bar, within the plot, wide enough for its mark', (attempts) => {
    const lanes = layLanes(clusterAttempts(attempts, scale), right)
    const clusters = lanes.flatMap((lane) => lane.clusters)
    expect(clusters.flatMap((one) => one.attempts).length).toBe(attempts.length)
    for (const { leftPx, rightPx } of clusters) {
      expect(leftPx).toBeGreaterThanOrEqual(PLOT_INSETS.left)
      expect(rightPx).toBeLessThanOrEqual(right)
      expect(rightPx - leftPx).toBeGreaterThan(15.99)
    }
    for (const lane of lanes)
      for (const { attempts: own } of lane.clusters) for (const one of own) expect(one.task).toBe(lane.task)
  })

  test('those that would lie over each other are one bar with the marks of all', () => {
    const [near, far] = clusterAttempts(
      [attempt(100, 101), attempt(103, 104, 'sh-71', 'skipped'), attempt(500, 600)],
      scale,
    )
    expect(near.attempts).toHaveLength(2)
    expect(near.glyphs).toBe('⨯○')
    expect(far.attempts).toHaveLength(1)
  })

  test('one row a task, with how many of each end', () => {
    const lanes = layLanes(
      clusterAttempts([attempt(100, 200), attempt(150, 250, 'kcompactd0-31', 'skipped'), attempt(300, 310)], scale),
      right,
    )
    expect(lanes.map(({ label }) => label)).toEqual(['sh-71  2 failed', 'kcompactd0-31  1 skipped'])
  })

  test('a name that has no room beside the bars is not written over them', () => {
    const [lane] = layLanes(clusterAttempts([attempt(0, 480), attempt(520, 1000)], scale), right)
    expect(lane.label).toBe('')
  })

  test('ends are counted in words, only those that occur', () => {
    expect(countWords([attempt(1, 2), attempt(3, 4, 'a', 'moved'), attempt(5, 6)])).toBe('2 failed, 1 moved')
  })
})

describe('numbers of facts over the chart', () => {
  const mark = (number: number, ns: number) => ({ number, ns, words: `${number}: a fact` })

  test.prop([fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 40 })])(
    'never lie over each other',
    (moments) => {
      const marks = moments.toSorted((a, b) => a - b).map((ns, at) => mark(at + 1, ns))
      const badges = layBadges(marks, scale, 100_000)
      expect(badges.flatMap((badge) => badge.marks)).toEqual(marks)
      badges.forEach(({ px }, at) => at > 0 && expect(px).toBeGreaterThan(badges[at - 1].rightPx))
    },
  )

  test('stay within the chart', () => {
    const [badge] = layBadges([mark(12, 1000)], scale, WIDTH)
    expect(badge.rightPx).toBeLessThanOrEqual(WIDTH)
  })
})
