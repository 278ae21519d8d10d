import { expect, test } from 'vitest'
import { failureFlags, mergedFlags } from '../../../src/ui/timeline/failure-flags.ts'

function failure(id: string, ns?: number) {
  const time = ns === undefined ? {} : { time: { ns, text: String(ns) } }
  return { id, label: `failed ${id}`, isBlocking: true, ...time }
}

test('only failures in the trace’s own clock are flagged, in time order', () => {
  const flags = failureFlags({ failures: [failure('late', 9), failure('log only'), failure('early', 3)] })
  expect(flags.map(({ id }) => id)).toEqual(['early', 'late'])
})

test('failures of one moment are one flag, named after the selected one, and say how many they are', () => {
  const flags = failureFlags({ failures: [failure('a', 3), failure('b', 3), failure('c', 3), failure('d', 5)] })
  expect(mergedFlags(flags, 'b').map(({ id, label }) => [id, label])).toEqual([
    ['b', 'failed b and 2 more'],
    ['d', 'failed d'],
  ])
  expect(mergedFlags(flags, undefined)[0].id).toBe('a')
})
