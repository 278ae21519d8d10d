import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { Coverage } from './engine/coverage.ts'
import { runCase } from './engine/run-case.ts'
import { casesIn, readCase } from './found-cases.ts'

const FOLDER = fileURLToPath(new URL('../fixtures/fuzz/', import.meta.url))

test.each(casesIn(FOLDER))('what the fuzzer found once is kept: %s', async (name) => {
  const { fault } = await runCase(readCase(`${FOLDER}${name}`), new Coverage())
  expect(fault).toBeUndefined()
})
