import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

// npm and the packages' makers write these; what is read of them is compared.
const asked = JSON.parse(read('package.json')) as { readonly devDependencies: Readonly<Record<string, string>> }
const locked = JSON.parse(read('package-lock.json')) as { packages: Record<string, { license?: string }> }

interface Row {
  readonly packages: readonly string[]
  readonly why: string
  readonly licence: string
  readonly isShipped: boolean
}

/** The one table of README. */
const ROWS: readonly Row[] = sectionOf('Dependencies')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (package|---)/.test(line))
  .map((line) => {
    const [packages, shipped, why, licence] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    return { packages: packages.split(', '), isShipped: shipped === 'yes', why, licence }
  })

function sectionOf(title: string): string {
  return read('README.md').split(`\n## ${title}\n`)[1].split('\n## ')[0]
}

test('the table of README has every package that is asked for once, and none that is not', () => {
  const named = ROWS.flatMap(({ packages }) => packages)
  expect(named.filter((name) => Object.hasOwn(asked.devDependencies, name)).toSorted()).toEqual(
    Object.keys(asked.devDependencies).toSorted(),
  )
  expect(named).toHaveLength(new Set(named).size)
  expect(named.filter((name) => !Object.hasOwn(locked.packages, `node_modules/${name}`))).toEqual([])
})

test('each row has a reason, and the licence that its packages state', () => {
  expect(ROWS.filter(({ why }) => why.length < 6)).toEqual([])
  const stated = ROWS.map(({ packages, licence }) => ({
    packages,
    licence,
    is: [...new Set(packages.map((name) => locked.packages[`node_modules/${name}`]?.license))],
  }))
  expect(stated.filter(({ licence, is }) => is.length !== 1 || is[0] !== licence)).toEqual([])
})
