import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { baseAt, basesOf } from './bases.ts'
import { casesIn } from './found-cases.ts'
import { fileOf, type FuzzCase } from './fuzz-case.ts'

const caseOf = (name: string): FuzzCase => ({ target: 'load', files: [fileOf(name, name)] })
const nameOf = (given: FuzzCase | undefined): string => given?.files[0].name ?? '-'

test('what was found comes first, one after the other, then every third input is one to begin with', () => {
  const bases = { found: [caseOf('f0'), caseOf('f1')], others: [caseOf('o0'), caseOf('o1')] }
  const order = Array.from({ length: 10 }, (_, nth) => nameOf(baseAt(nth, bases)))
  expect(order).toEqual(['f0', 'f1', 'o0', '-', '-', 'o1', '-', '-', '-', '-'])
})

test('each folder of a found case is one', () => {
  const fixtures = fileURLToPath(new URL('../fixtures/', import.meta.url))
  const cases = casesIn(`${fixtures}fuzz`)
  expect(cases.length).toBeGreaterThan(0)
  expect(basesOf([fixtures]).found).toHaveLength(cases.length)
})
