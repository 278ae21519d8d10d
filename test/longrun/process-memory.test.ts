import { expect, test } from 'vitest'
import { ownBytes } from './process-memory.ts'

const rollup = (lines: Readonly<Record<string, number>>): string =>
  ['55d0c0000000-7ffd0f9fe000 ---p 00000000 00:00 0    [rollup]']
    .concat(Object.entries(lines).map(([name, kilobytes]) => `${name}:${String(kilobytes).padStart(16)} kB`))
    .join('\n')

test('the own memory of a process is without the files that it has mapped', () => {
  const own = { Pss_Anon: 149_706, Pss_Shmem: 9039 }
  const alone = rollup({ Rss: 316_012, Pss: 207_529, Pss_Dirty: 150_000, ...own, Pss_File: 48_783 })
  // Another browser runs, and bears half of what both have mapped.
  const beside = rollup({ Rss: 316_012, Pss: 175_330, Pss_Dirty: 150_000, ...own, Pss_File: 16_585 })
  expect(ownBytes(alone)).toBe((149_706 + 9039) * 1024)
  expect(ownBytes(beside)).toBe(ownBytes(alone))
})

test('a process that has ended holds nothing', () => {
  expect(ownBytes('')).toBe(0)
})
