import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')

interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly integrity?: string
  readonly hasInstallScript?: boolean
  readonly link?: boolean
  readonly license?: string
  readonly devDependencies?: Readonly<Record<string, string>>
}

// Both are written by npm, and every field that is read is compared below.
const lock = JSON.parse(read('package-lock.json')) as { lockfileVersion: number; packages: Record<string, Locked> }
const asked = JSON.parse(read('package.json')) as {
  readonly dependencies?: unknown
  readonly optionalDependencies?: unknown
  readonly devDependencies: Readonly<Record<string, string>>
  readonly scripts: Readonly<Record<string, string>>
}
const { '': own, ...packages } = lock.packages

/** Packages of the lockfile that are not as they should be. */
const others = (isFine: (one: Locked) => boolean): readonly string[] =>
  Object.entries(packages).flatMap(([place, one]) => (isFine(one) ? [] : [place]))

describe('what is installed', () => {
  test('is of one exact version each, and nothing is asked for when pinscope itself is installed', () => {
    const loose = Object.entries(asked.devDependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))
    expect(loose).toEqual([])
    expect([asked.dependencies, asked.optionalDependencies]).toEqual([undefined, undefined])
    expect(own.devDependencies).toEqual(asked.devDependencies)
  })

  test('is known by the SHA-512 of its archive, and by no address that could lead elsewhere', () => {
    expect(lock.lockfileVersion).toBe(3)
    expect(Object.keys(packages).length).toBeGreaterThan(100)
    expect(others(({ integrity }) => /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''))).toEqual([])
    expect(others(({ resolved, link }) => resolved === undefined && link === undefined)).toEqual([])
  })

  test('has no script that runs at the installation, and none would be run', () => {
    expect(others(({ hasInstallScript }) => hasInstallScript === undefined)).toEqual([])
    expect(read('.npmrc').split('\n')).toEqual(
      expect.arrayContaining(['ignore-scripts=true', 'save-exact=true', 'audit=false', 'fund=false']),
    )
    const names = Object.keys(asked.scripts)
    const around = names.filter((name) => /^(pre|post)(?!pack$)|^(install|prepare)$/.test(name))
    expect(around).toEqual([])
  })

  test('is of licences that let it be passed on', () => {
    const fine =
      /^(MIT|ISC|Apache-2\.0|BSD-[23]-Clause|0BSD|Unlicense|MPL-2\.0|OFL-1\.1|\(MIT OR CC0-1\.0\)|MIT AND ISC AND BSD-3-Clause)$/
    expect(others(({ license }) => fine.test(license ?? ''))).toEqual([])
  })

  test('is installed from the lockfile alone, by people and by the checks', () => {
    for (const text of [read('README.md'), read('.ci/run')]) {
      expect(text).toMatch(/^npm ci\b/m)
      expect(text).not.toMatch(/^\s*npm (install|i|update)\b/m)
    }
  })
})
