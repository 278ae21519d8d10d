import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { EXAMPLE } from '../../src/state/example.ts'

const ONE_MB = 1_000_000
const bytesOf = (address: string): Buffer => readFileSync(new URL(`../../public/${address}`, import.meta.url))

test('every file of the example is there and small', () => {
  for (const { address } of EXAMPLE.files) {
    expect(bytesOf(address).length).toBeGreaterThan(0)
    expect(bytesOf(address).length).toBeLessThan(ONE_MB)
  }
})

test('a link to the example is known by the hash of its trace', () => {
  const { address } = EXAMPLE.files[0]
  expect(createHash('sha256').update(bytesOf(address)).digest('hex').slice(0, 16)).toBe(EXAMPLE.mainHash)
})

test('no name of the example makes a server unpack it', () => {
  for (const { address } of EXAMPLE.files) expect(address).not.toMatch(/\.(gz|br|zst)$/)
})
