import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { chromiumArgs } from './browser-path.ts'

const PLAYWRIGHT = new URL('../../node_modules/playwright-core/lib/coreBundle.js', import.meta.url)

test('what Playwright switches off in Chromium is in our list, which takes the place of its own', () => {
  const [, list] = /disabledFeatures = \[([^\]]*)\]/.exec(readFileSync(PLAYWRIGHT, 'utf8')) ?? []
  const theirs = [...(list ?? '').matchAll(/^\s*"(\w+)"/gm)].map(([, name]) => name)
  expect(theirs.length).toBeGreaterThan(5)
  const ours = chromiumArgs.find((flag) => flag.startsWith('--disable-features='))?.split(/[=,]/) ?? []
  // Those of Edge mean nothing here.
  expect(theirs.filter((name) => !name.startsWith('ms') && !ours.includes(name))).toEqual([])
})
