#!/usr/bin/env node
// `npm start`: builds the page when its sources are newer than the last build, then serves it on this machine only.
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, preview } from 'vite'

const root = fileURLToPath(new URL('../..', import.meta.url))
const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json']
const DEFAULT_PORT = 4173

const port = readPort(process.argv.slice(2))
if (await isStale()) {
  process.stdout.write('building the page…\n')
  await build({ root, logLevel: 'warn' })
}
const server = await preview({
  root,
  logLevel: 'warn',
  preview: { host: '127.0.0.1', port, strictPort: false, open: false },
})
process.stdout.write(`pinscope is at ${server.resolvedUrls?.local[0] ?? 'an unknown address'} (Ctrl+C stops it)\n`)

/** @param {readonly string[]} args `--port N` */
function readPort(args) {
  const at = args.indexOf('--port')
  const wanted = at === -1 ? DEFAULT_PORT : Number(args[at + 1])
  if (Number.isInteger(wanted) && wanted >= 0 && wanted < 65_536) return wanted
  process.stderr.write('usage: npm start -- [--port N]\n')
  return process.exit(2)
}

async function isStale() {
  const built = await stat(join(root, 'dist', 'index.html')).catch(() => undefined)
  if (built === undefined) return true
  for (const source of SOURCES) if ((await newestIn(join(root, source))) > built.mtimeMs) return true
  return false
}

/**
 * The latest change in a file or folder; folders count too, so that a removed file is seen.
 * @param {string} path
 * @returns {Promise<number>}
 */
async function newestIn(path) {
  const found = await stat(path).catch(() => undefined)
  if (found === undefined) return 0
  if (!found.isDirectory()) return found.mtimeMs
  const inside = await Promise.all((await readdir(path)).map((name) => newestIn(join(path, name))))
  return Math.max(found.mtimeMs, ...inside)
}
