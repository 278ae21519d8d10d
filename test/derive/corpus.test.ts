import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { readCapture } from '../eval/read-capture.ts'
import { scoreOf } from '../eval/score.ts'
import { readTruth } from '../eval/truth.ts'

// Recorded captures whose holders are known; not part of the product, so absent on most machines.
const CORPUS = fileURLToPath(new URL('../../../shared/corpus', import.meta.url))
const ABSENT = '../shared/corpus is absent'
const captures = existsSync(CORPUS)
  ? readdirSync(CORPUS).filter((name) => existsSync(join(CORPUS, name, 'truth.json')))
  : [ABSENT]

describe.skipIf(captures[0] === ABSENT)('recorded captures', () => {
  test.each(captures)(
    '%s: the range, its holders and how long they held',
    async (name) => {
      const folder = join(CORPUS, name)
      const score = scoreOf(readTruth(join(folder, 'truth.json')), derive(await readCapture(folder)).findings)
      expect(score).toEqual({
        ...score,
        rangesFound: score.ranges,
        falseRanges: 0,
        pagesFound: score.pages,
        pagesExtra: 0,
        top1: score.pages,
        kindRight: score.pages,
        misses: [],
      })
    },
    60_000,
  )
})
