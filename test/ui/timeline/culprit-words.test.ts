import { expect, test } from 'vitest'
import { kindAbout, kindWord } from '../../../src/ui/timeline/culprit-words.ts'

test('a leak that has outlived its task is told from one whose task may still let go', () => {
  expect(kindWord({ kind: 'leak' })).toBe('leak')
  expect(kindWord({ kind: 'leak', taskGone: true })).toBe('leak, its task is gone')
  expect(kindAbout({ kind: 'leak' })).not.toContain('exited')
  expect(kindAbout({ kind: 'leak', taskGone: true })).toMatch(/^No put before the trace ends; its process exited/)
})

test('private data that migration expects is no leak, whoever is gone', () => {
  expect(kindWord({ kind: 'leak', isPrivateData: true, taskGone: true })).toBe('expected')
})
