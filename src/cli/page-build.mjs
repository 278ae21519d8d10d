// The page as it is built, and whether it is older than what it is built from.
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

const SOURCES = ['src', 'public', 'index.html', 'vite.config.ts', 'package-lock.json']

/** The served page, and the app that is one file. */
export const BUILT = { page: 'index.html', oneFile: 'pinscope-app.html' }

/**
 * True when a built file is missing or older than a source. A package without sources is never.
 * @param {string} root folder of the checkout or package
 * @param {string} name one of `BUILT`
 */
export async function isStale(root, name) {
  const built = await stat(join(root, 'dist', name)).catch(() => undefined)
  if ((await stat(join(root, 'src', 'main.tsx')).catch(() => undefined)) === undefined) return false
  if (built === undefined) return true
  for (const source of SOURCES) if ((await newestIn(join(root, source))) > built.mtimeMs) return true
  return false
}

/**
 * Builds the served page, without the app in one file: it empties the folder.
 * @param {string} root
 */
export async function buildPage(root) {
  const { build } = await import('vite')
  await build({ root, logLevel: 'warn' })
}

/**
 * Builds the app in one file. It appears by one rename, whoever else builds it meanwhile.
 * @param {string} root
 */
export async function buildOneFile(root) {
  const { build } = await import('vite')
  const cache = join(root, 'node_modules', '.cache')
  await mkdir(cache, { recursive: true })
  const draft = await mkdtemp(join(cache, 'one-file-'))
  try {
    await build({ root, mode: 'one-file', logLevel: 'error', build: { outDir: draft } })
    await mkdir(join(root, 'dist'), { recursive: true })
    await rename(join(draft, BUILT.oneFile), join(root, 'dist', BUILT.oneFile))
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
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
