import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runCommand } from '../bench/run-command.ts'
import { chromiumPath, firefoxPath } from '../support/browser-path.ts'
import { openBrowser } from './browser-host.ts'
import { type Host, type Reading } from './case.ts'
import { type HostDigest } from './host-digest.ts'
import { digestInNode, endNodeThreads } from './node-host.ts'
import { servePages } from './page-server.ts'

type DigestFolder = (folder: string, reading: Reading) => Promise<HostDigest>

/** All that captures are read in: each host reads one at a time, in the order in which it was asked. */
export interface Hosts {
  /** With their versions. */
  readonly names: readonly string[]
  /** Undefined for a host that is not there. */
  readonly digest: Readonly<Record<Host, DigestFolder | undefined>>
  readonly close: () => Promise<void>
}

const VITE = fileURLToPath(new URL('../../node_modules/vite/bin/vite.js', import.meta.url))
const CONFIG = fileURLToPath(new URL('./browser/vite.config.ts', import.meta.url))

/** Node and, where they are wanted, both browsers. `into` is a folder for their page and for files of their own. */
export async function openHosts(into: string, withBrowsers: boolean): Promise<Hosts> {
  const node = `Node ${process.version.slice(1)}`
  if (!withBrowsers) {
    const digest = { node: inTurn(digestInNode), chromium: undefined, firefox: undefined }
    return { names: [node], digest, close: async () => endNodeThreads() }
  }
  const out = join(into, 'page')
  await runCommand(process.execPath, [VITE, 'build', '--config', CONFIG, '--outDir', out, '--logLevel', 'warn'])
  const server = await servePages(out)
  const chromium = openBrowser('chromium', server, join(into, 'chromium'))
  const firefox = openBrowser('firefox', server, join(into, 'firefox'))
  return {
    names: [node, versionOf(chromiumPath), versionOf(firefoxPath)],
    digest: { node: inTurn(digestInNode), chromium: inTurn(chromium.digest), firefox: inTurn(firefox.digest) },
    close: async () => {
      await Promise.all([chromium.close(), firefox.close()])
      await server.close()
      endNodeThreads()
    },
  }
}

function inTurn(digest: DigestFolder): DigestFolder {
  let last: Promise<unknown> = Promise.resolve()
  return (folder, reading) => {
    const mine = last.then(() => digest(folder, reading))
    last = mine.catch(() => undefined) // told to who asked
    return mine
  }
}

/** `Mozilla Firefox 153.7.0esr`. */
function versionOf(path: string): string {
  return execFileSync(path, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}
