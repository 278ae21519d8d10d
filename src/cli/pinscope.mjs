#!/usr/bin/env node
import { fileURLToPath } from 'node:url'
import { loadTs } from './load-ts.mjs'

// `pinscope … | head` closes the pipe early; that is the reader's right, not a failure.
process.stdout.on('error', (error) => {
  if ('code' in error && error.code === 'EPIPE') process.exit()
  throw error
})

const cli = await loadTs(fileURLToPath(new URL('./main.ts', import.meta.url)))
const main = /** @type {(argv: readonly string[]) => Promise<number>} */ (cli['main'])
process.exitCode = await main(process.argv.slice(2))
