#!/usr/bin/env node
// Makes sure the browser tests have a Chromium, installing Debian's where that is possible without asking.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { findChromium } from './find-chromium.mjs'

// A font is named too: without any, Chromium draws boxes and text has no width.
const PACKAGES = ['chromium', 'fonts-liberation']

/** Returns the path of a Chromium, installing one if need be; throws with what to do when it cannot. */
export function ensureChromium() {
  const found = findChromium()
  if (found !== undefined) return found
  const asRoot = rootPrefix()
  if (asRoot === undefined || !runs('apt-get', ['--version'])) throw new Error(ADVICE)
  process.stdout.write(`no Chromium found, installing ${PACKAGES.join(' ')} with apt-get\n`)
  apt(asRoot, ['update', '-q'])
  apt(asRoot, ['install', '-y', '-q', '--no-install-recommends', ...PACKAGES])
  const installed = findChromium()
  if (installed === undefined) throw new Error(ADVICE)
  return installed
}

const ADVICE =
  'The browser tests need Chromium. Install it (Debian: apt-get install chromium), or set CHROMIUM to its path.'

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
 */
function apt(prefix, args) {
  const [command = '', ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args]
  const { status } = spawnSync(command, rest, { stdio: ['ignore', 'inherit', 'inherit'] })
  if (status !== 0) throw new Error(`apt-get ${args[0]} failed. ${ADVICE}`)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.stdout.write(`${ensureChromium()}\n`)
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
