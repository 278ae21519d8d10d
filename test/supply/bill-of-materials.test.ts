import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { billOfMaterials, licencesText, namesInLicences } from '../../src/cli/bill-of-materials.ts'
import { packagesOf } from '../../src/cli/shipped-packages.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const inPackage = (path: string): string => `${root}node_modules/${path}`
const MODULES = [
  '\0vite/preload-helper.js',
  `${root}src/main.tsx`,
  inPackage('react-dom/client.js'),
  inPackage('scheduler/index.js'),
  inPackage('react/index.js'),
  inPackage('@mantine/core/esm/index.mjs'),
  inPackage('react-remove-scroll-bar/dist/es2015/index.js'),
  inPackage('es-toolkit/dist/index.mjs'),
  inPackage('victory-vendor/es/d3-scale.js'),
]
const PACKAGES = packagesOf(MODULES, root)

interface Bill {
  readonly components: readonly { readonly purl: string; readonly 'bom-ref': string; readonly hashes: unknown }[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}
const BILL = JSON.parse(billOfMaterials(PACKAGES, root)) as Bill // what was just written

describe('what modules of a bundle are of', () => {
  test('is the packages, once each, and those whose helpers the bundler put in', () => {
    expect(PACKAGES.map(({ name }) => name)).toEqual([
      '@mantine/core',
      'es-toolkit',
      'react',
      'react-dom',
      'react-remove-scroll-bar',
      'scheduler',
      'victory-vendor',
      'vite',
    ])
  })

  test('is the inner one of two packages', () => {
    expect(() => packagesOf(['/x/node_modules/react/node_modules/inner/a.js'], root)).toThrow(
      /react.node_modules.inner/,
    )
  })

  test('is refused where nobody can tell', () => {
    expect(() => packagesOf(['\0somebody/helper.js'], root)).toThrow('nobody knows')
  })
})

describe('the file of licences', () => {
  const text = licencesText(PACKAGES, root)

  test('begins with pinscope’s own and has a text for each package', () => {
    expect(namesInLicences(text)).toEqual([
      'pinscope 0.1.0',
      ...PACKAGES.map(({ name, version }) => `${name} ${version}`),
    ])
    expect(text.split(/^## /m).filter((part) => part.length < 300)).toEqual([expect.stringMatching(/^# Licences/)])
  })

  test('has notices, and the texts of packages that have no file of it', () => {
    const notice = readFileSync(inPackage('es-toolkit/NOTICE'), 'utf8').trim()
    expect(text).toContain(notice.slice(0, 200))
    expect(text).toMatch(/react-remove-scroll-bar[^#]*Copyright \(c\) Anton Korzunov[^#]*Permission is hereby granted/)
  })

  test('leaves out what a bundler carries for itself', () => {
    expect(text).toContain('VoidZero Inc. and Vite contributors')
    expect(text).not.toContain('Licenses of bundled dependencies')
  })
})

describe('the bill of materials', () => {
  test('names each package by its purl, with the digest of the lockfile in hex', () => {
    expect(BILL.components.map(({ purl }) => purl)).toContain(`pkg:npm/%40mantine/core@${versionOf('@mantine/core')}`)
    const react = BILL.components.find(({ purl }) => purl.startsWith('pkg:npm/react@'))
    const { integrity } = PACKAGES.find(({ name }) => name === 'react') ?? { integrity: '' }
    const content = Buffer.from(integrity.slice('sha512-'.length), 'base64').toString('hex')
    expect(react?.hashes).toEqual([{ alg: 'SHA-512', content }])
    expect(content).toMatch(/^[0-9a-f]{128}$/)
  })

  test('tells what asks for what, among those that are there', () => {
    const asked = (name: string): readonly string[] =>
      BILL.dependencies.find(({ ref }) => ref.startsWith(`pkg:npm/${name}@`))?.dependsOn ?? []
    expect(asked('react-dom')).toEqual([refOf('react'), refOf('scheduler')])
    expect(asked('pinscope')).toEqual(['%40mantine/core', 'react', 'react-dom', 'vite'].map((name) => refOf(name)))
  })

  test('is the same when it is written again, and tells no time', () => {
    expect(billOfMaterials(packagesOf([...MODULES].toReversed(), root), root)).toBe(billOfMaterials(PACKAGES, root))
    expect(JSON.stringify(BILL)).not.toMatch(/timestamp|serialNumber|20\d\d-\d\d-\d\d/)
  })
})

function versionOf(name: string): string {
  return PACKAGES.find((one) => one.name === name)?.version ?? ''
}

function refOf(name: string): string {
  return `pkg:npm/${name}@${versionOf(name.replace('%40', '@'))}`
}
