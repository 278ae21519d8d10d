import { findBrowser } from './find-browser.mjs'

/** Path of the Chromium all browser tests use; Debian's usual place when none is found, so that the error names it. */
export const chromiumPath: string = findBrowser('chromium') ?? '/usr/bin/chromium'

/** Path of the Firefox that the page is tried in too; Debian's usual place when none is found. */
export const firefoxPath: string = findBrowser('firefox') ?? '/usr/bin/firefox-esr'

/**
 * Parts of Chromium that are of no use here. The list that comes last on a command line is the one that counts, so what
 * Playwright switches off by itself is in it too.
 */
const UNUSED_FEATURES = [
  // The list under the address bar, which nobody sees: a page of its own for each window, as costly as one of ours.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  // Playwright's own.
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'TcpPortRandomizationWin',
  'ThirdPartyStoragePartitioning',
]

/** Flags for a headless, software-rendered Chromium that starts no traffic of its own. */
export const chromiumArgs: string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${UNUSED_FEATURES.join(',')}`,
]
