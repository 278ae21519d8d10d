import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Files that are opened together. */
export interface OpenedCapture {
  readonly name: string
  readonly paths: readonly string[]
}

const FOLDER = new URL('../fixtures/captures/', import.meta.url)
const BUNDLED = ['socket-holds-file', 'leaky-driver-61', 'longterm-driver', 'pinner-vmsplice', 'leaky-tracecmd']

/** Real captures that come with the source, all of different kinds: traces, dumps, a file of trace-cmd. */
export const BUNDLED_CAPTURES: readonly OpenedCapture[] = BUNDLED.map((name) => {
  const folder = new URL(`${name}/`, FOLDER)
  const files = readdirSync(folder).filter((file) => !/^(?:truth\.json|window\.txt)$/.test(file))
  return { name, paths: files.map((file) => fileURLToPath(new URL(file, folder))) }
})
