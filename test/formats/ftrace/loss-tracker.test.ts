import { expect, test } from 'vitest'
import { type TimeNs } from '../../../src/base/clock.ts'
import { LossTracker } from '../../../src/formats/ftrace/loss-tracker.ts'
import { type LineId } from '../../../src/model/ids.ts'

/** Entries and marks, in order: `[cpu, time]`, or `[cpu]` for events lost there. */
type Story = readonly (readonly [cpu: number, time?: number])[]

function told(story: Story, into = new LossTracker()): LossTracker {
  for (const [at, [cpu, time]] of story.entries()) {
    if (time === undefined) into.mark('lost', cpu, 1, at as LineId)
    else into.entry(cpu, time as TimeNs)
  }
  return into
}

const STORIES: readonly Story[] = [
  [[3, 10], [3], [3, 20]],
  [[99_999, 10], [1, 12], [99_999], [1, 15], [99_999, 20]],
  [[5], [5, 0], [5], [5, 7]],
  [[-1, 4], [-1], [70, 6], [71], [70, 8]],
]

test('a loss is from the last entry of its CPU to the next, whatever its number', () => {
  expect(told(STORIES[1]).losses()).toMatchObject([{ cpu: 99_999, from: 10, to: 20 }])
  expect(told(STORIES[2]).losses()).toMatchObject([{ to: 0 }, { from: 0, to: 7 }])
})

test('losses are the same when a text is told in two parts', () => {
  for (const story of STORIES) {
    const whole = told(story).losses()
    for (let cut = 0; cut <= story.length; cut++) {
      const first = told(story.slice(0, cut))
      first.take(told(story.slice(cut)).rows(), cut as LineId)
      expect(first.losses()).toEqual(whole)
    }
  }
})
