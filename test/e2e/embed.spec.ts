import { readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { EXAMPLE_TEXT, failedRanges, otherTrace, statusLine } from './capture-page.ts'

const HOST = readFileSync(new URL('../fixtures/embed/host.html', import.meta.url))
const BUILD = process.env['PINSCOPE_E2E_DIST'] ?? 'dist'
const TRACE = otherTrace('from-ci.txt', 'a trace of another page').bytes.toString()
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/** The build as a plain web server has it, without headers of its own, and with some traces beside it. */
function serveBuild(extra: Readonly<Record<string, Buffer>> = {}): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    const name = path === '/' ? '/index.html' : path
    if (name === '/elsewhere.txt') return response.writeHead(302, { location: '/trace.txt' }).end()
    const given = extra[name]
    const isThere = given !== undefined || (readdirSync(BUILD).length > 0 && isFile(join(BUILD, name)))
    if (!isThere && name.startsWith('/spa'))
      return response.setHeader('content-type', 'text/html').end('<!doctype html>')
    if (!isThere) return response.writeHead(404).end('nothing here')
    response.setHeader('content-type', TYPES[extname(name)] ?? 'application/octet-stream')
    return response.end(given ?? readFileSync(join(BUILD, name)))
  })
  return listening(server)
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
}

function listening(server: Server): Promise<Server> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)))
}

function originOf(server: Server): string {
  const address = server.address() as AddressInfo // it listens on a port
  return `http://127.0.0.1:${address.port}`
}

let host: Server
let app: Server
test.beforeAll(async () => {
  host = await listening(createServer((_, response) => response.setHeader('content-type', 'text/html').end(HOST)))
  app = await serveBuild({ '/trace.txt': Buffer.from(EXAMPLE_TEXT), '/traces/small.txt': Buffer.from(TRACE) })
})
test.afterAll(() => {
  host.close()
  app.close()
})

/** Allows the host, as a person would. */
async function allowHost(page: Page): Promise<void> {
  await page.goto(originOf(app))
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('textbox', { name: 'Pages that may open captures here' }).fill(originOf(host))
  await expect(page.getByText('1 allowed.')).toBeVisible()
}

function toldTo(page: Page): Promise<readonly Record<string, unknown>[]> {
  return page.evaluate(() => (globalThis as unknown as { answers: Record<string, unknown>[] }).answers)
}

/** Runs a line of the host's own script. */
function tell(page: Page, line: string): Promise<unknown> {
  return page.evaluate(line)
}

/** Says hello until it is answered. */
async function awaitPong(page: Page): Promise<void> {
  await expect
    .poll(async () => {
      await tell(page, "say({ pinscope: 'ping' })")
      return (await toldTo(page)).some(({ pinscope }) => pinscope === 'pong')
    })
    .toBe(true)
}

test('a page that is allowed opens a trace in a frame, goes to a place, and gets a permalink', async ({ page }) => {
  await allowHost(page)
  await page.goto(`${originOf(host)}/?pinscope=${originOf(app)}/`)
  await tell(page, 'embed()')
  await awaitPong(page)
  await tell(page, `openTrace(1, 'from-ci.txt', ${JSON.stringify(TRACE)}, '#/triage?v=2&threshold=100000&end')`)
  await expect
    .poll(async () => (await toldTo(page)).find(({ id }) => id === 1))
    .toMatchObject({
      pinscope: 'opened',
      ok: true,
      permalink: expect.stringContaining(`${originOf(app)}/#/triage?v=2&f=from-ci.txt~`),
    })
  const frame = page.frameLocator('iframe')
  await expect(frame.getByRole('heading', { name: /^Failed ranges \d+$/ })).toBeVisible()
  await expect(frame.getByRole('textbox', { name: /long-term from/ })).toHaveValue('100000')
  await tell(page, "say({ pinscope: 'go', id: 2, link: '/files?v=2&end' })")
  await expect.poll(async () => (await toldTo(page)).find(({ id }) => id === 2)).toMatchObject({ ok: true })
  await expect(frame.getByText('from-ci.txt').first()).toBeVisible()
})

test('a page that is allowed opens a trace in a window of its own', async ({ page }) => {
  await allowHost(page)
  await page.goto(`${originOf(host)}/?pinscope=${originOf(app)}/`)
  const [opened] = await Promise.all([page.waitForEvent('popup'), page.getByRole('button', { name: 'Open' }).click()])
  await awaitPong(page)
  await tell(page, `openTrace('w', 'from-ci.txt', ${JSON.stringify(TRACE)})`)
  await expect(failedRanges(opened)).toBeVisible()
  await expect.poll(async () => (await toldTo(page)).find(({ id }) => id === 'w')).toMatchObject({ ok: true })
})

test('a page that nobody allowed gets no answer, and Settings say so', async ({ page }) => {
  await page.goto(`${originOf(host)}/?pinscope=${originOf(app)}/`)
  const [opened] = await Promise.all([page.waitForEvent('popup'), page.getByRole('button', { name: 'Open' }).click()])
  await expect(opened.getByRole('button', { name: 'Choose files' })).toBeVisible()
  await tell(page, "say({ pinscope: 'ping' })")
  await tell(page, `openTrace(1, 'from-ci.txt', ${JSON.stringify(TRACE)})`)
  await opened.getByRole('button', { name: 'Settings' }).click()
  await expect(opened.getByText(`2 messages from ${originOf(host)} were refused`)).toBeVisible()
  expect(await toldTo(page)).toEqual([])
  await expect(failedRanges(opened)).toBeHidden()
})

test('files that ?src= names are opened, at the place of the link', async ({ page }) => {
  await page.goto(`${originOf(app)}/?src=traces/small.txt#/triage?v=2&threshold=100000&end`)
  await expect(failedRanges(page)).toBeVisible()
  await expect(page.getByRole('textbox', { name: /long-term from/ })).toHaveValue('100000')
  await expect(statusLine(page)).toContainText('1 file')
})

test('a file of ?src= that is not what the link is about is refused', async ({ page }) => {
  await page.goto(`${originOf(app)}/?src=traces/small.txt#/triage?v=2&f=a.txt~0123456789abcdef~5&end`)
  await expect(page.getByRole('heading', { name: 'This is not the file that the link is about' })).toBeVisible()
})

for (const [src, words] of [
  ['gone.txt', /gone\.txt answered 404/],
  ['spa.txt', /a web page instead of the file/],
  ['elsewhere.txt', /leads elsewhere, which is not followed/],
  ['https://evil.example/a.txt', /only files at http:\/\/127\.0\.0\.1:\d+ are fetched/],
] as const) {
  test(`?src=${src} says why it is not opened`, async ({ page }) => {
    await page.goto(`${originOf(app)}/?src=${encodeURIComponent(src)}`)
    await expect(page.getByText(words).first()).toBeVisible()
  })
}
