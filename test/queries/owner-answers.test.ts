import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { findPageFacts, type OwnerAnswer } from '../../src/queries/page-facts.ts'
import { tellCapture } from '../support/tell-capture.ts'

async function ownerOf(text: string, pfn: number): Promise<OwnerAnswer> {
  const trace = await tellCapture({ 'po.txt': text })
  return findPageFacts(trace, derive(trace), { pfn }).owners[0]
}

const V49 = readFileSync(new URL('../fixtures/page-owner/linux-4.9.txt', import.meta.url), 'utf8')

test('frames that take the stack allocate nothing, as 4.9 prints them', async () => {
  expect(await ownerOf(V49, 97001)).toMatchObject({ holder: 'leaky_fault [leaky]', notRecorded: '' })
})

test('stand-ins of 4.9 are told as stacks that are not recorded', async () => {
  expect(await ownerOf(V49, 97002)).toMatchObject({ holder: '', notRecorded: expect.stringContaining('before') })
  expect(await ownerOf(V49, 97007)).toMatchObject({ holder: '', notRecorded: expect.stringContaining('within itself') })
})

function recordOf(frames: number, address = ''): string {
  const lines = Array.from({ length: frames }, (_, at) => ` ${address}f${at}+0x1/0x2\n`).join('')
  return `Page allocated via order 0, mask 0xcc0\nPFN 7 type Movable Block 0 type Movable Flags 0x0()\n${lines}\n`
}

test.each([
  [15, '', false],
  [16, '', true],
  [17, '', false],
  [8, '', false],
  [8, '[<ffffffff8116147e>] ', true],
])('a stack of %i frames behind "%s" is said to lack callers: %s', async (frames, address, isSaid) => {
  const { depthNote } = await ownerOf(recordOf(frames, address), 7)
  expect(depthNote.includes('may be missing')).toBe(isSaid)
})
