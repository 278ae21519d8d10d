import { findBrowser } from './find-browser.mjs'

/** Path of the Chromium all browser tests use; Debian's usual place when none is found, so that the error names it. */
export const chromiumPath: string = findBrowser('chromium') ?? '/usr/bin/chromium'

/** Path of the Firefox that the page is tried in too; Debian's usual place when none is found. */
export const firefoxPath: string = findBrowser('firefox') ?? '/usr/bin/firefox-esr'

/** Flags for a headless, software-rendered Chromium that starts no traffic of its own. */
export const chromiumArgs: string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
