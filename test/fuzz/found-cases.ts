import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type FuzzCase, TARGET_NAMES } from './fuzz-case.ts'

/** A found case as it is kept: a folder of its files, `target--what it broke`. */
export function readCase(folder: string): FuzzCase {
  const name = basename(folder).split('--')[0]
  const target = TARGET_NAMES.find((known) => known === name)
  if (target === undefined) throw new Error(`${folder}: no target ${name}`)
  const files = readdirSync(folder).toSorted()
  return {
    target,
    files: files.map((file) => ({ name: file, bytes: new Uint8Array(readFileSync(join(folder, file))) })),
  }
}

/** Names of the cases in a folder. */
export function casesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted()
}
