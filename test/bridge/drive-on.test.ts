import { expect, test } from 'vitest'
import { driveOn, type Driven } from '../../src/bridge/drive-on.ts'
import { TraceSession } from '../../src/bridge/session.ts'
import { tracedText } from '../support/tell.ts'

/** Work that takes `steps` milliseconds. */
function busyRun(steps: number): Driven & { readonly taken: () => number } {
  let taken = 0
  return {
    get isDone() {
      return taken >= steps
    },
    step() {
      const until = performance.now() + 1
      while (performance.now() < until);
      taken++
    },
    taken: () => taken,
  }
}

test('long work is left for the next question, and goes on where it was', async () => {
  const run = busyRun(2000)
  await driveOn([run])
  const first = run.taken()
  expect(first).toBeGreaterThan(0)
  expect(run.isDone).toBe(false)
  await driveOn([run])
  expect(run.taken()).toBeGreaterThan(first)
})

test('who asks again until all is looked at gets the whole, and the same in every answer', async () => {
  const story = Array.from({ length: 500 }, (_, at) => `t-${at % 5} 0 ${at + 1}.0 +1 count=2`).join('\n')
  const session = new TraceSession()
  await session.load([new File([tracedText(story)], 'trace.txt')], false, () => undefined)
  let round = 0
  for (;;) {
    const result = await session.ask('events', { filter: 'pid:3', offset: 0, limit: 5, round: round++ })
    if (!result.ok) throw new Error(result.problem.message)
    const { lookedAt, toLookAt, total, rows } = result.answer
    expect(lookedAt).toBeLessThanOrEqual(toLookAt)
    if (lookedAt < toLookAt) continue
    expect([total, rows.length]).toEqual([100, 5])
    return
  }
})
