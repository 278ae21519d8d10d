import { defineConfig } from '@playwright/test'
import { chromiumArgs, chromiumPath } from '../support/browser-path.ts'

// Not the port of `npm start`, so that a running pinscope is neither tested nor in the way.
const port = Number(process.env['PINSCOPE_E2E_PORT'] ?? 41_739)
/** The build under test, for one that stands beside the usual. */
const build = process.env['PINSCOPE_E2E_DIST'] ?? 'dist'
const address = `http://127.0.0.1:${port}`

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../node_modules/.cache/playwright',
  snapshotPathTemplate: '{testDir}/__screenshots__/{arg}{ext}',
  fullyParallel: false,
  // Files side by side, each test of one file after the other: the pages keep things per browser context only.
  workers: 2,
  // A machine that stalls must not give a commit two verdicts. What needs its second try is named in the total.
  retries: process.env['CI'] === undefined ? 0 : 1,
  // A slow machine is no fault of the page: these limits only end what hangs.
  timeout: 120_000,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_NAME'] === undefined ? 'list' : [['list'], ['json']],
  expect: { timeout: 30_000, toHaveScreenshot: { maxDiffPixelRatio: 0.01, animations: 'disabled' } },
  use: {
    baseURL: address,
    viewport: { width: 1280, height: 800 },
    launchOptions: { executablePath: chromiumPath, args: chromiumArgs },
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host 127.0.0.1 --port ${port} --strictPort --outDir ${build}`,
    cwd: '../..',
    url: address,
    reuseExistingServer: false,
  },
})
