import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import type { ConfigEnv, Plugin, ViteUserConfig } from 'vitest/config'
import { oneFilePage } from './src/cli/one-file-plugin.ts'
import { ISOLATION, PAGE_POLICY, pageHeaders } from './src/cli/page-headers.ts'
import { shippedPackages } from './src/cli/shipped-packages-plugin.ts'
import { chromiumArgs, chromiumPath } from './test/support/browser-path.ts'

// Pages that may embed this server's pages, or open them in a window and speak to them: none, as usual.
const embedders = (process.env['PINSCOPE_EMBED_ORIGINS'] ?? '')
  .split(/[\s,]+/)
  .filter((origin) => /^https?:\/\/[\w.:[\]-]+$/.test(origin))

const contentSecurityPolicy: Plugin = {
  name: 'content-security-policy',
  apply: 'build', // the development server needs inline scripts and a web socket
  transformIndexHtml: {
    order: 'post',
    // First in the head, so that it governs everything after it; written out, because Vite would escape the quotes.
    handler: (html) =>
      html.replace('<head>', `<head>\n    <meta http-equiv="Content-Security-Policy" content="${PAGE_POLICY}" />`),
  },
}

/** What reads and judges, and writes down what was read: another state of it never uses an index that this one wrote. */
const READER = ['base', 'model', 'formats', 'snapshot', 'derive', 'queries', 'bridge']

/** A build may be begun anywhere: `pinscope` begins one from wherever it is called. */
function inRoot(path: string): string {
  return join(import.meta.dirname, path)
}

function readerBuild(): string {
  const hash = createHash('sha256').update(readFileSync(inRoot('package.json')))
  for (const room of READER) {
    for (const path of readdirSync(inRoot(`src/${room}`), { recursive: true, encoding: 'utf8' }).toSorted()) {
      if (path.endsWith('.ts')) hash.update(`${room}/${path}\n`).update(readFileSync(inRoot(`src/${room}/${path}`)))
    }
  }
  return hash.digest('hex').slice(0, 16)
}

const readerBuildName: Plugin = {
  name: 'reader-build',
  apply: 'build', // the source changes under a development server, which therefore keeps no indexes
  config: () => ({
    define: { PINSCOPE_READER_BUILD: JSON.stringify(readerBuild()), PINSCOPE_VERSION: JSON.stringify(version()) },
  }),
}

/** What `pinscope --version` prints. */
function version(): string {
  const fields: unknown = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))
  const told = typeof fields === 'object' && fields !== null && 'version' in fields ? fields.version : undefined
  return typeof told === 'string' ? told : 'unknown'
}

/** The tests' tools are loaded only when Vitest asks, so that a build needs no development package. */
async function testOptions(): Promise<ViteUserConfig['test']> {
  const { playwright } = await import('@vitest/browser-playwright')
  return {
    // A slow machine is no fault of the code: these limits only end what hangs.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Vitest leaves one core free, which is half of a machine with two.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          setupFiles: ['test/support/property-seed.ts'],
          environment: 'node',
          // Loading the engine anew for each of 300 files takes longer than all of their tests.
          isolate: false,
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.browser.test.ts', 'test/e2e/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          setupFiles: ['test/support/property-seed.ts'],
          environment: 'happy-dom',
          isolate: false, // the same: each test clears away what it rendered
          include: ['test/**/*.test.tsx'],
          exclude: ['test/**/*.browser.test.tsx', 'test/e2e/**'],
        },
      },
      {
        extends: true,
        // Named here because a dependency found during the run would reload the page under a running test.
        optimizeDeps: { include: ['comlink', 'fflate', 'fzstd', 'valibot', '@noble/hashes/sha2.js'] },
        test: {
          name: 'browser',
          include: ['test/**/*.browser.test.{ts,tsx}'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath: chromiumPath, args: chromiumArgs } }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  }
}

const shipped = shippedPackages(import.meta.dirname)

const FIRST_LOAD = { name: 'first', tags: ['$initial' as const] }

/** `--mode one-file` makes the app that is one file, beside the served page. */
export default async ({ mode }: ConfigEnv): Promise<ViteUserConfig> => ({
  base: './', // with the hash router, dist/ can be put under any path
  plugins: [
    react(),
    ...(mode === 'one-file' ? [oneFilePage()] : [contentSecurityPolicy, shipped.ofPage]),
    readerBuildName,
  ],
  server: { headers: ISOLATION },
  preview: { headers: pageHeaders(embedders) },
  worker: { format: 'es', plugins: () => [shipped.ofWorkers()] },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0, // data: addresses have no place in the policy above
    chunkSizeWarningLimit: 1000,
    modulePreload: { polyfill: false }, // it would fetch, for browsers that are too old for the target anyway
    // What the first load needs is one file: sixty small ones pack 34 kB worse.
    ...(mode === 'one-file' ? {} : { rolldownOptions: { output: { codeSplitting: { groups: [FIRST_LOAD] } } } }),
  },
  ...(process.env['VITEST'] === undefined ? {} : { test: await testOptions() }),
})
