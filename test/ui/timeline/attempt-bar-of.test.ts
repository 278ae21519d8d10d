import { expect, test } from 'vitest'
import { type AttemptAnswer } from '../../../src/queries/timeline.ts'
import { attemptBarOf } from '../../../src/ui/timeline/attempt-bar-of.ts'

const attempt: AttemptAnswer = {
  id: 'trace.txt:7',
  from: { ns: 10, text: '1.000010' },
  to: { ns: 40, text: '1.000040' },
  durationText: '30.000 us',
  outcome: 'failed',
  task: { comm: 'sh', pid: 71 },
  holder: 'do_migrate_range',
  rounds: 3,
  unmapped: 6,
  remapped: 6,
  excess: 1,
  firstPlace: { file: 0, fileName: 'trace.txt', line: 7 },
  lastPlace: { file: 0, fileName: 'trace.txt', line: 19 },
}

test('an attempt says how it ended, when, by whom, how often it was tried again, and what the kernel met', () => {
  expect(attemptBarOf(attempt).sentence).toBe(
    'failed 1.000010 … 1.000040, 30.000 us by sh-71 in do_migrate_range: unmapped 3 times, 2 retries, ' +
      '6 put and 6 taken again, its count was 1 above what the kernel expected, put back',
  )
})

test('one that only looked says so and claims no retry', () => {
  const looked = {
    ...attempt,
    excess: undefined,
    outcome: 'skipped',
    rounds: 0,
    unmapped: 0,
    remapped: 0,
    to: attempt.from,
    holder: '',
  } as const
  expect(attemptBarOf(looked).sentence).toBe('skipped 1.000010 by sh-71: looked at, let go')
})

test('one that was isolated and put back without being unmapped failed, and is not said to be let go', () => {
  const tried = { ...attempt, excess: undefined, rounds: 0, unmapped: 0, remapped: 0, holder: '' }
  expect(attemptBarOf(tried).sentence).toContain('by sh-71: isolated, no unmapping seen, put back')
})

test('a task that was not recorded is not named', () => {
  const bar = attemptBarOf({ ...attempt, task: { comm: '', pid: -1 } })
  expect(bar.task).toBe('task not recorded')
  expect(bar.sentence).toContain('by an unrecorded task')
})
