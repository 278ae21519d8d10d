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
  refusal: { by: 'migration', symbol: 'folio_migrate_mapping', times: 3, expected: 2, found: 3 },
  firstPlace: { file: 0, fileName: 'trace.txt', line: 7 },
  lastPlace: { file: 0, fileName: 'trace.txt', line: 19 },
}

test('an attempt says how it ended, when, by whom, how often it was tried again, and what the kernel met', () => {
  expect(attemptBarOf(attempt).sentence).toBe(
    'failed 1.000010 … 1.000040, 30.000 us by sh-71 in do_migrate_range: unmapped 3 times, 2 retries, ' +
      '6 put and 6 taken again, migration in folio_migrate_mapping refused 3 times: expected 2 references, found 3, ' +
      '1 too many, put back',
  )
})

test('a refusal without a stack says that who tried is not known, and a count that had changed by then is no excess', () => {
  const refusal = { by: 'a freeze of the count', symbol: '', times: 1, expected: 1, found: 1 }
  expect(attemptBarOf({ ...attempt, excess: undefined, refusal }).sentence).toContain(
    'a freeze of the count refused (who tried is not in the trace): expected 1 reference, found 1, put back',
  )
})

test('one that only looked says so and claims no retry', () => {
  const looked = {
    ...attempt,
    excess: undefined,
    refusal: undefined,
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
  const tried = { ...attempt, excess: undefined, refusal: undefined, rounds: 0, unmapped: 0, remapped: 0, holder: '' }
  expect(attemptBarOf(tried).sentence).toContain('by sh-71: isolated, no unmapping seen, put back')
})

test('a task that was not recorded is not named', () => {
  const bar = attemptBarOf({ ...attempt, task: { comm: '', pid: -1 } })
  expect(bar.task).toBe('task not recorded')
  expect(bar.sentence).toContain('by an unrecorded task')
})
