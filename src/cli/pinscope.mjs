#!/usr/bin/env node
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

// `pinscope … | head` closes the pipe early; that is the reader's right, not a failure.
process.stdout.on('error', (error) => {
  if ('code' in error && error.code === 'EPIPE') process.exit()
  throw error
})

const source = fileURLToPath(new URL('./main.ts', import.meta.url))
// What npm installs has no sources: pack.mjs bundled them.
const cli = existsSync(source)
  ? await (await import('./load-ts.mjs')).loadTs(source)
  : await import(new URL('../../dist-cli/entry.mjs', import.meta.url).href)
const main = /** @type {(argv: readonly string[]) => Promise<number>} */ (cli['main'])
process.exitCode = await main(process.argv.slice(2))
