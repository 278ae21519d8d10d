import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import { failedRanges } from './capture-page.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const capture = join(root, 'test', 'fixtures', 'captures', 'leaky-driver-61')

/** What is passed on by mail and mirrors; far above what it is. */
const MOST_BYTES = 6 << 20

let folder = ''
let served: ChildProcess | undefined

test.describe.configure({ mode: 'serial' })

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pinscope-package-'))
})

test.afterAll(() => {
  served?.kill()
  rmSync(folder, { recursive: true, force: true })
})

/** npm without a network, as in an air-gapped lab. */
function run(command: string, words: readonly string[], cwd = folder): string {
  const env = { ...process.env, npm_config_offline: 'true', npm_config_audit: 'false', npm_config_fund: 'false' }
  return execFileSync(command, words, {
    cwd,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 1 << 28,
  })
}

test('the package installs without a network and prints what the checkout prints', () => {
  const printed = run('npm', ['run', '--silent', 'package', '--', '--json', '--pack-destination', folder], root)
  const name = /"filename": "([^"]+\.tgz)"/.exec(printed)?.[1] ?? ''
  expect(statSync(join(folder, name)).size).toBeLessThan(MOST_BYTES)
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  run('npm', ['install', join(folder, name)])
  const here = run(process.execPath, [join(root, 'src', 'cli', 'pinscope.mjs'), 'report', capture])
  expect(run('npx', ['pinscope', 'report', capture])).toBe(here)
  expect(run('npx', ['pinscope', 'report', '--json', capture])).toContain('"schema": "pinscope.report/1"')
  expect(run('npx', ['pinscope', '--version'])).toMatch(/^\d+\.\d+\.\d+\n$/)
  expect(run('npx', ['pinscope', 'report', '--format', 'html', capture])).toContain('id="pinscope-embedded"')
})

test('its dashboard opens with the files loaded, under the permalink that it prints', async ({ page }) => {
  const [address, permalink] = await openFiles()
  await page.goto(address)
  await expect(failedRanges(page)).toBeVisible()
  await expect(page.getByText('leaky_grab').first()).toBeVisible()
  const shown = new URL(page.url())
  expect(shown.hash).toContain(new URLSearchParams(new URL(permalink).hash.split('?')[1]).get('f')?.split('~')[1])
  // The link alone has no data: a page that lacks the files asks for them.
  expect(permalink.length).toBeLessThanOrEqual(200)
  expect(permalink).not.toContain('src=')
})

test('it ends when it is asked to', async () => {
  const ended = new Promise<number | null>((resolve) => served?.once('exit', resolve))
  served?.kill('SIGINT')
  expect(await ended).toBe(0)
})

/** Starts `pinscope open` of the installed package; its address and permalink. */
function openFiles(): Promise<readonly [string, string]> {
  const launcher = join(folder, 'node_modules', 'pinscope', 'src', 'cli', 'pinscope.mjs')
  const child = spawn(process.execPath, [launcher, 'open', '--port', '0', capture], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  served = child
  return new Promise((resolve, reject) => {
    let printed = ''
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${printed}`)))
    child.stdout.on('data', (part: Buffer) => {
      printed += part.toString()
      const found = printed.match(/http:\/\/127\.0\.0\.1:\S+/g) ?? []
      if (printed.includes('Ctrl+C')) resolve([found[0] ?? '', found[1] ?? ''])
    })
  })
}
