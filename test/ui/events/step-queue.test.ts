import { expect, test } from 'vitest'
import { type Steps, stepQueue } from '../../../src/ui/events/step-queue.ts'

type Kind = 'event' | 'failure'

/** A queue whose steps are taken when the test says so. */
function told(): { press: (kind: Kind, by: number) => void; taken: Steps<Kind>[]; finish: () => Promise<void> } {
  const taken: Steps<Kind>[] = []
  const gates: (() => void)[] = []
  const press = stepQueue<Kind>(async (steps) => {
    taken.push(steps)
    await new Promise<void>((resolve) => gates.push(resolve))
  })
  const finish = async () => {
    gates.shift()?.()
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { press: (kind, by) => press({ kind, by }), taken, finish }
}

test('a press is taken at once', () => {
  const { press, taken } = told()
  press('event', 1)
  expect(taken).toEqual([{ kind: 'event', by: 1 }])
})

test('presses that come meanwhile wait, and are taken together where they go the same way', async () => {
  const { press, taken, finish } = told()
  for (let count = 0; count < 5; count++) press('event', 1)
  press('event', -1)
  press('failure', -1)
  press('failure', -1)
  expect(taken).toHaveLength(1)
  for (let count = 0; count < 4; count++) await finish()
  expect(taken).toEqual([
    { kind: 'event', by: 1 },
    { kind: 'event', by: 4 },
    { kind: 'event', by: -1 },
    { kind: 'failure', by: -2 },
  ])
})

test('it goes on after it has run empty', async () => {
  const { press, taken, finish } = told()
  press('event', 1)
  await finish()
  press('event', -1)
  expect(taken).toHaveLength(2)
})
