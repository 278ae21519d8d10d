import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromiumArgs, chromiumPath } from '../../support/browser-path.ts'
import { type Bench, type BrowserBench, type PageChoice } from '../row.ts'
import { BenchPage } from './bench-page.ts'
import { buildAndServe } from './built-page.ts'
import { installProbe } from './probe.ts'

// Not an import: the bundler that runs this file would take all of Playwright in.
const { chromium }: typeof import('playwright') = createRequire(import.meta.url)('playwright')

const ONE_WORKER = `Object.defineProperty(WorkerNavigator.prototype, 'hardwareConcurrency', { get: () => 1 });\n`

/** A bench in Chromium, to be closed. */
export interface OpenedBench {
  readonly bench: BrowserBench
  /** Of the browser. */
  readonly version: string
  readonly close: () => Promise<void>
}

/** Opens pages of a served build; builds and serves one when no address is given. */
export async function openBrowserBench(bench: Bench, address?: string): Promise<OpenedBench> {
  const served = address === undefined ? await buildAndServe() : { address, close: async () => undefined }
  const withPage: BrowserBench['withPage'] = (act, how) => inBrowser(served.address, act, how)
  const version = await inBrowser(served.address, async ({ page }) => page.evaluate(() => navigator.userAgent), {})
  return {
    bench: { ...bench, withPage },
    version: /Chrome\/(\S+)/.exec(version)?.[1] ?? version,
    close: served.close,
  }
}

/**
 * A browser with a profile on disk, as a person's: a private window would keep files of the page in memory. Nothing of it
 * is left.
 */
async function inBrowser<T>(
  address: string,
  act: (page: BenchPage) => Promise<T>,
  { isOneWorker = false, hasFreeFrames = false }: PageChoice = {},
): Promise<T> {
  const profile = mkdtempSync(join(tmpdir(), 'pinscope-bench-profile-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    args: [...chromiumArgs, ...(hasFreeFrames ? ['--disable-frame-rate-limit', '--disable-gpu-vsync'] : [])],
    viewport: { width: 1280, height: 800 },
  })
  try {
    const page = context.pages()[0] ?? (await context.newPage())
    page.setDefaultTimeout(600_000)
    await page.addInitScript(installProbe)
    if (isOneWorker) {
      await context.route(/worker[^/]*\.js$/, async (route) => {
        const response = await route.fetch()
        await route.fulfill({ response, body: `${ONE_WORKER}${await response.text()}` })
      })
    }
    return await act(new BenchPage(page, address))
  } finally {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
}
