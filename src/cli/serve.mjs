#!/usr/bin/env node
// `npm start`: builds the page when its sources are newer than the last build, then serves it on this machine only.
import { fileURLToPath } from 'node:url'
import { preview } from 'vite'
import { BUILT, buildOneFile, buildPage, isStale } from './page-build.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const DEFAULT_PORT = 4173

const port = readPort(process.argv.slice(2))
if (await isStale(root, BUILT.page)) {
  process.stdout.write('building the page…\n')
  await buildPage(root)
}
if (await isStale(root, BUILT.oneFile)) {
  process.stdout.write('building the page as one file, for reports…\n')
  await buildOneFile(root)
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
