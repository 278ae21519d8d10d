import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { BILL_NAME, LICENCES_NAME, namesInLicences } from '../../src/cli/bill-of-materials.ts'

// The built files as text: what they may do is said in them.

const BUILD = process.env['PINSCOPE_E2E_DIST'] ?? 'dist'
const read = (name: string): string => readFileSync(join(BUILD, name), 'utf8')
const SCRIPTS = readdirSync(join(BUILD, 'assets')).filter((name) => name.endsWith('.js'))
const WORKERS = SCRIPTS.filter((name) => /\.worker-/.test(name))

/** Directives of the policy that a page states for itself. */
function policyOf(html: string): Readonly<Record<string, string>> {
  return directives(/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '')
}

function directives(policy: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    policy.split('; ').map((one) => {
      const [name, ...values] = one.split(' ')
      return [name, values.join(' ')]
    }),
  )
}

const SERVED = {
  'default-src': "'none'",
  'script-src': "'self'",
  'worker-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'img-src': "'self' blob:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'default',
}

test('the served page states this policy, before all else, and runs no inline script', () => {
  const html = read('index.html')
  expect(policyOf(html)).toEqual(SERVED)
  expect(html.indexOf('http-equiv')).toBeLessThan(html.search(/<(?:script|link|style)/))
  const scripts = [...html.matchAll(/<script\b([^>]*)>([^<]*)/g)]
  expect(scripts.length).toBeGreaterThan(0)
  expect(scripts.filter(([, attributes, text]) => !/ src="\.\//.test(attributes ?? '') || text !== '')).toEqual([])
  expect(html).not.toMatch(/\son\w+=|javascript:|(?:href|src)="(?:https?:)?\/\//)
})

test('the server says the same of the page, its workers and all else, and who may embed it', async ({ request }) => {
  for (const address of ['/', '/index.html', ...WORKERS.map((name) => `/assets/${name}`), `/${LICENCES_NAME}`]) {
    const headers = (await request.get(address)).headers()
    expect(directives(headers['content-security-policy'] ?? ''), address).toEqual({
      ...SERVED,
      'frame-ancestors': "'self'",
    })
    expect(headers, address).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'permissions-policy': expect.stringContaining('camera=()'),
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    })
  }
  expect(WORKERS.length).toBeGreaterThanOrEqual(4)
})

test('the app in one file may connect to nobody, and runs one script, known by its hash', () => {
  const html = read('pinscope-app.html')
  const scripts = [...html.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/g)]
  const run = scripts.filter(([, attributes]) => !/type="(?:text\/plain|application\/json)"/.test(attributes ?? ''))
  expect(run).toHaveLength(1)
  const hash = createHash('sha256')
    .update(run[0]?.[2] ?? '')
    .digest('base64')
  expect(policyOf(html)).toEqual({
    'default-src': "'none'",
    'script-src': `'sha256-${hash}'`,
    'worker-src': 'blob:',
    'style-src': "'unsafe-inline'",
    'img-src': 'data: blob:',
    'font-src': 'data:',
    'connect-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': 'default',
  })
})

test('no built script evaluates a text, and no worker asks for anything', () => {
  // decimal.js-light would, where a browser had no `self`.
  const unreached = /typeof self<`u`&&self&&self\.self==self\?self:Function\(`return this`\)/g
  const evaluating = SCRIPTS.filter((name) =>
    /\beval\(|new Function\(|[^.\w]Function\(["'`]/.test(read(`assets/${name}`).replaceAll(unreached, '')),
  )
  expect(evaluating).toEqual([])
  const asking = WORKERS.filter((name) =>
    /\b(?:fetch|importScripts|XMLHttpRequest|WebSocket|EventSource)\b\s*\(/.test(read(`assets/${name}`)),
  )
  expect(asking).toEqual([])
  expect(SCRIPTS.filter((name) => /sourceMappingURL/.test(read(`assets/${name}`)))).toEqual([])
})

test('licences and the bill of materials tell the same packages, which the app in one file has with it', () => {
  const names = namesInLicences(read(LICENCES_NAME)).slice(1)
  const bill = JSON.parse(read(BILL_NAME)) as Bill // held against the rules of its schema below
  expect(
    bill.components.map(({ group, name, version }) => `${group === undefined ? '' : `${group}/`}${name} ${version}`),
  ).toEqual(names)
  // Of the page, of workers alone, of fonts, and of the bundler.
  for (const name of ['react', 'fflate', 'fzstd', '@noble/hashes', '@fontsource-variable/inter', 'vite'])
    expect(names.map((one) => one.split(' ')[0])).toContain(name)
  const carried = new RegExp(`data-file="${LICENCES_NAME}">([^<]*)<`).exec(read('pinscope-app.html'))?.[1] ?? ''
  const inOneFile = namesInLicences(Buffer.from(carried, 'base64').toString()).slice(1)
  // It has no parts to load, and so none of the bundlers' lines for that.
  expect(names.filter((name) => !inOneFile.includes(name) && !/^(?:vite|rolldown) /.test(name))).toEqual([])
  expect(inOneFile.filter((name) => !names.includes(name))).toEqual([])
})

test('the table of README says of the same packages that they are passed on', () => {
  const table = readFileSync(new URL('../../README.md', import.meta.url), 'utf8').split('\n## Dependencies\n')[1] ?? ''
  const rows = [...table.split('\n## ')[0].matchAll(/^\| ([^|]+) \| yes \|/gm)].flatMap(
    ([, names]) => names?.split(', ') ?? [],
  )
  const shipped = namesInLicences(read(LICENCES_NAME))
    .slice(1)
    .map((name) => name.split(' ')[0])
  expect(rows.toSorted()).toEqual(shipped.toSorted())
})

interface Bill {
  readonly [field: string]: unknown
  readonly components: readonly Component[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[]
}

interface Component {
  readonly [field: string]: unknown
  readonly group?: string
  readonly name: string
  readonly version: string
  readonly 'bom-ref': string
}

test('the bill of materials keeps the rules of CycloneDX 1.6', () => {
  const bill = JSON.parse(read(BILL_NAME)) as Bill // each field that is read is compared
  expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 })
  expect(bill.metadata).toMatchObject({ component: { type: 'application', name: 'pinscope' } })
  for (const component of bill.components) {
    expect(component).toMatchObject({
      type: 'library',
      scope: 'required',
      purl: expect.stringMatching(/^pkg:npm\/(?:%40[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+$/),
      hashes: [{ alg: 'SHA-512', content: expect.stringMatching(/^[0-9a-f]{128}$/) as unknown }],
      licenses: [expect.anything() as unknown],
    })
  }
  const refs = bill.components.map((one) => one['bom-ref'])
  expect(new Set(refs).size).toBe(refs.length)
  const told = bill.dependencies.map(({ ref }) => ref)
  expect(told.slice(1)).toEqual(refs)
  expect(bill.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.includes(ref))).toEqual([])
})
