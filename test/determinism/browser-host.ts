import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromiumArgs, chromiumPath, firefoxPath } from '../support/browser-path.ts'
import { type Host, type Reading } from './case.ts'
import { type HostDigest } from './host-digest.ts'
import { type PageServer } from './page-server.ts'

type BrowserName = Exclude<Host, 'node'>

/** A browser with one page, which reads one capture after the other. */
export interface BrowserHost {
  /** Digests the files of a folder. */
  readonly digest: (folder: string, reading: Reading) => Promise<HostDigest>
  readonly close: () => Promise<void>
}

/**
 * Opens the page in a browser as a person has it, driven by nothing: under WebDriver BiDi Firefox 153 loses workers that a
 * worker starts many of at once, and whoever waits for them waits for ever. The page asks for its work instead. `profile` is
 * a folder for its own files, which is there until whoever named it removes it.
 */
export function openBrowser(host: BrowserName, server: PageServer, profile: string): BrowserHost {
  mkdirSync(profile, { recursive: true })
  const [command, args] = commandOf(host, profile, `${server.address}?${host}`)
  // A group of its own, so that all of its processes end with it.
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  const kill = (): void => {
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null)
      process.kill(-child.pid, 'SIGKILL')
  }
  process.once('exit', kill)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const died = ended.then((): never => {
    throw new Error(`${host} ended`)
  })
  died.catch(() => undefined) // told to whoever waits for a digest
  return {
    digest: async (folder, reading) => {
      const outcome = await Promise.race([server.give(host, folder, { names: readdirSync(folder), reading }), died])
      if ('problem' in outcome) throw new Error(`${host}: ${outcome.problem}`)
      return outcome.digest
    },
    close: async () => {
      kill()
      await ended
    },
  }
}

function commandOf(host: BrowserName, profile: string, address: string): readonly [string, string[]] {
  if (host === 'chromium')
    return [chromiumPath, [...chromiumArgs, '--headless=new', `--user-data-dir=${profile}`, address]]
  writeFileSync(join(profile, 'user.js'), FIREFOX_PREFERENCES.map((line) => `user_pref(${line});\n`).join(''))
  return [firefoxPath, ['--headless', '--no-remote', '--profile', profile, address]]
}

/** No page of its own beside ours, and no traffic. */
const FIREFOX_PREFERENCES = [
  '"browser.startup.homepage_override.mstone", "ignore"',
  '"browser.shell.checkDefaultBrowser", false',
  '"datareporting.policy.dataSubmissionEnabled", false',
  '"toolkit.telemetry.enabled", false',
  '"app.normandy.enabled", false',
  '"app.update.enabled", false',
  '"extensions.update.enabled", false',
  '"network.captive-portal-service.enabled", false',
  '"network.connectivity-service.enabled", false',
  '"services.settings.server", "data:,"',
]
