import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import { expect, test } from '@playwright/test'
import { openExample, screenOf } from './capture-page.ts'
import { TOUR } from './screen-keys.ts'

test('no request leaves the origin while every screen is used', async ({ page, context, baseURL }) => {
  const elsewhere: string[] = []
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (origin !== baseURL && protocol !== 'blob:') elsewhere.push(request.url())
  })
  await openExample(page)
  await page.getByRole('link', { name: /^0x/ }).first().click()
  for (const [key, screen] of TOUR) {
    await page.keyboard.press(key)
    await expect.poll(() => screenOf(page)).toBe(screen)
    await page.waitForLoadState('networkidle')
  }
  expect(elsewhere).toEqual([])
})

test('the page is forbidden to talk to any other place', async ({ page }) => {
  const reached: string[] = []
  const server = createServer((request, response) => {
    reached.push(request.url ?? '')
    response.setHeader('access-control-allow-origin', '*')
    response.end('here')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A TCP server's address is never a path.
  const { port } = server.address() as AddressInfo
  try {
    await page.goto('/')
    const violated = await page.evaluate(async (address) => {
      const violations: string[] = []
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.effectiveDirective))
      const refused = await fetch(address).then(
        () => 'reached',
        () => 'refused',
      )
      new Image().src = `${address}image.png`
      await new Promise((resolve) => setTimeout(resolve, 200))
      return { refused, violations }
    }, `http://127.0.0.1:${port}/`)
    expect(violated.refused).toBe('refused')
    expect(violated.violations).toEqual(expect.arrayContaining(['connect-src', 'img-src']))
    expect(reached).toEqual([])
  } finally {
    server.close()
  }
})

// What it keeps, and how that goes, is in kept-indexes.spec.ts.
test('the page keeps an index of a small capture, and nothing else of it', async ({ page }) => {
  await openExample(page)
  // It is kept when nothing else is asked for.
  const folders = (): Promise<string[]> =>
    page.evaluate(async () => {
      const names: string[] = []
      for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name)
      return names
    })
  await expect.poll(folders).toEqual(['kept-indexes'])
  const kept = await page.evaluate(async () => {
    const files: string[] = []
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name)
    return {
      local: Object.keys(localStorage).filter((key) => !/^(mantine-color-scheme|pinscope\.session\.)/.test(key)),
      session: Object.keys(sessionStorage).filter((key) => !key.startsWith('tsr-')),
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
      cookies: document.cookie,
      files,
    }
  })
  expect(kept).toEqual({ local: [], session: [], databases: [], caches: [], cookies: '', files: ['kept-indexes'] })
})
