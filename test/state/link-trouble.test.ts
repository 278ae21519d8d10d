import { expect, test } from 'vitest'
import { troubleOf } from '../../src/state/use-link-trouble.ts'

test('a link that is understood whole has nothing told of it, and each trouble is told', () => {
  expect(troubleOf('/triage', '?v=2&end')).toBeUndefined()
  expect(troubleOf('/', '')).toBeUndefined()
  expect(troubleOf('/triage', '?v=2')).toMatchObject({ trouble: { isCut: true } })
  expect(troubleOf('/triage', '?v=3')).toMatchObject({ trouble: { laterVersion: 3, isCut: false } })
  expect(troubleOf('/triage', '?v=2&pfn=7&end')).toMatchObject({ trouble: { unread: ['pfn=7'] } })
})
