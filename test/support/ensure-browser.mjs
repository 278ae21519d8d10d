#!/usr/bin/env node
// Makes sure the browser tests have their browsers, installing Debian's where that is possible without asking.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { findBrowser } from './find-browser.mjs'

/** @typedef {import('./find-browser.mjs').BrowserName} BrowserName */

// A font is named too: without any, a browser draws boxes and text has no width.
const PACKAGES = {
  chromium: ['chromium', 'fonts-liberation'],
  firefox: ['firefox-esr', 'fonts-liberation'],
}

const ADVICE = {
  chromium:
    'The browser tests need Chromium. Install it (Debian: apt-get install chromium), or set CHROMIUM to its path.',
  firefox:
    'The browser tests need Firefox. Install it (Debian: apt-get install firefox-esr), or set FIREFOX to its path.',
}

/**
 * Returns the path of a browser, installing one if need be; throws with what to do when it cannot.
 * @param {BrowserName} browser
 */
export function ensureBrowser(browser) {
  const found = findBrowser(browser)
  if (found !== undefined) return found
  const advice = ADVICE[browser]
  const asRoot = rootPrefix()
  if (asRoot === undefined || !runs('apt-get', ['--version'])) throw new Error(advice)
  process.stdout.write(`no ${browser} found, installing ${PACKAGES[browser].join(' ')} with apt-get\n`)
  apt(asRoot, ['update', '-q'], advice)
  apt(asRoot, ['install', '-y', '-q', '--no-install-recommends', ...PACKAGES[browser]], advice)
  const installed = findBrowser(browser)
  if (installed === undefined) throw new Error(advice)
  return installed
}

/** @returns {readonly string[] | undefined} what to put before a command that needs root */
function rootPrefix() {
  if (process.getuid?.() === 0) return []
  return runs('sudo', ['-n', 'true']) ? ['sudo', '-n'] : undefined
}

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
function runs(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0
}

/**
 * @param {readonly string[]} prefix
 * @param {readonly string[]} args
 * @param {string} advice
 */
function apt(prefix, args, advice) {
  const [command = '', ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args]
  const { status } = spawnSync(command, rest, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) throw new Error(`apt-get ${args[0]} failed. ${advice}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.stdout.write(`${ensureBrowser('chromium')}\n${ensureBrowser('firefox')}\n`)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
