import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** @typedef {'chromium' | 'firefox'} BrowserName */

/** Commands that start a browser, and the variable that names another. */
const BROWSERS = {
  chromium: { variable: 'CHROMIUM', names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'] },
  firefox: { variable: 'FIREFOX', names: ['firefox-esr', 'firefox'] },
}

/**
 * A browser that the tests drive: the one that `$CHROMIUM` or `$FIREFOX` names, else the first on the PATH, else
 * `undefined`. A variable that names nothing is an error rather than a reason to take another browser.
 *
 * @param {BrowserName} browser
 * @param {Readonly<Record<string, string | undefined>>} [env]
 * @returns {string | undefined}
 */
export function findBrowser(browser, env = process.env) {
  const { variable, names } = BROWSERS[browser]
  const wanted = env[variable]
  if (wanted !== undefined && wanted !== '') {
    if (!existsSync(wanted)) throw new Error(`${variable} names ${wanted}, which does not exist`)
    return wanted
  }
  const folders = [...(env['PATH'] ?? '').split(delimiter), '/usr/bin'].filter((folder) => folder !== '')
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
