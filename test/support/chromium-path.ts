import { findChromium } from './find-chromium.mjs'

/** Path of the Chromium all browser tests use; Debian's usual place when none is found, so that the error names it. */
export const chromiumPath: string = findChromium() ?? '/usr/bin/chromium'

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
