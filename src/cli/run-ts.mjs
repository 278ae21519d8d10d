#!/usr/bin/env node
// node src/cli/run-ts.mjs <file.ts> [arguments…]: the module sees the same process.argv as if Node had run it.
import { loadTs } from './load-ts.mjs'

const [file, ...rest] = process.argv.slice(2)
if (file === undefined) {
  console.error('usage: node src/cli/run-ts.mjs <file.ts> [arguments…]')
  process.exit(2)
}
process.argv = [process.execPath, file, ...rest]
await loadTs(file)
