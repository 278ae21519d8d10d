import { expect, test } from 'vitest'
import { lanes } from '../../src/cli/eval/lanes.ts'

test('no more work is begun than there are lanes, in the order asked for, and a failure frees its lane', async () => {
  const inLane = lanes(2)
  const begun: number[] = []
  const ends: (() => void)[] = []
  const results = [0, 1, 2, 3].map((at) =>
    inLane(async () => {
      begun.push(at)
      await new Promise<void>((end) => ends.push(end))
      if (at === 0) throw new Error('failed')
      return at
    }).catch(() => 'failed'),
  )
  await Promise.resolve()
  expect(begun).toEqual([0, 1])
  ends[0]()
  expect(await results[0]).toBe('failed')
  expect(begun).toEqual([0, 1, 2])
  ends[1]()
  await results[1]
  expect(begun).toEqual([0, 1, 2, 3])
  for (const end of ends) end()
  expect(await Promise.all(results)).toEqual(['failed', 1, 2, 3])
})
