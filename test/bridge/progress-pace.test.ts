import { expect, test } from 'vitest'
import { pacedProgress } from '../../src/bridge/progress-pace.ts'
import { type LoadProgress } from '../../src/bridge/protocol.ts'

const progress: LoadProgress = {
  phase: 'reading',
  fileName: 'trace.txt',
  fileIndex: 0,
  fileCount: 1,
  bytesRead: 0,
  bytesTotal: 1,
  events: 0,
}

test('progress is told at most ten times a second, and a new phase at once', () => {
  const told: string[] = []
  let now = 0
  const tell = pacedProgress(
    ({ phase, bytesRead }) => told.push(`${phase} ${bytesRead}`),
    () => now,
  )
  for (now = 0; now < 250; now += 10) tell({ ...progress, bytesRead: now })
  tell({ ...progress, phase: 'deriving' })
  expect(told).toEqual(['reading 0', 'reading 100', 'reading 200', 'deriving 0'])
})
