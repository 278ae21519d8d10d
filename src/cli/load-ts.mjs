// Runs the TypeScript sources under plain Node 20, which cannot: the module graph of an entry is bundled once
// into node_modules/.cache and reused until one of its files changes. Nothing generated is ever committed.
import { createHash } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const cacheDir = join(root, 'node_modules', '.cache', 'pinscope')
const KEEP_MS = 24 * 60 * 60 * 1000

/**
 * @typedef {{ readonly file: string, readonly size: number, readonly mtimeMs: number }} Input  one source file as it was read
 * @typedef {{ readonly dir: string, readonly inputs: readonly Input[] }} Manifest  where a bundle is, and what it was made from
 */

/**
 * Imports a TypeScript module and everything it imports, workers named by `new URL('./x.ts', import.meta.url)` included.
 * Costs a few `stat` calls when nothing changed since the last run, else one bundling (about a quarter of a second).
 * Safe to call from many processes at once: a finished bundle appears by one rename and is never changed after.
 *
 * @param {string} entry path of the module, absolute or relative to the working directory
 * @returns {Promise<Record<string, unknown>>} the module's exports
 */
export async function loadTs(entry) {
  const file = resolve(entry)
  if (!existsSync(file)) throw new Error(`no such file: ${file}`)
  const manifestFile = join(cacheDir, `${hash([root, file, process.version])}.json`)
  const known = await readManifest(manifestFile)
  if (known !== undefined && (await isFresh(known))) return await import(entryUrl(join(cacheDir, known.dir)))
  const dir = await buildInto(file, manifestFile)
  return await import(entryUrl(dir))
}

/** @param {string} dir */
function entryUrl(dir) {
  return pathToFileURL(join(dir, 'entry.mjs')).href
}

/** @param {readonly string[]} parts */
function hash(parts) {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16)
}

/**
 * @param {string} manifestFile
 * @returns {Promise<Manifest | undefined>}
 */
async function readManifest(manifestFile) {
  try {
    return JSON.parse(await readFile(manifestFile, 'utf8'))
  } catch {
    return undefined // never built, or cut short by a full disk: building again is always right
  }
}

/** @param {Manifest} manifest */
async function isFresh(manifest) {
  if (!existsSync(join(cacheDir, manifest.dir, 'entry.mjs'))) return false
  const same = await Promise.all(
    manifest.inputs.map(async (input) => {
      const now = await stat(input.file).catch(() => undefined)
      return now !== undefined && now.size === input.size && now.mtimeMs === input.mtimeMs
    }),
  )
  return same.every(Boolean)
}

/**
 * @param {string} file
 * @param {string} manifestFile
 * @returns {Promise<string>} the folder that holds `entry.mjs`
 */
async function buildInto(file, manifestFile) {
  const { bundle } = await import('./bundle-ts.mjs')
  const { files, inputs } = await bundle(file, root)
  const name = hash(files.flatMap((made) => [made.name, made.code]))
  const target = join(cacheDir, name)
  const draft = await makeDraftDir(name)
  await Promise.all(files.map((made) => writeFile(join(draft, made.name), made.code)))
  if (!draft.startsWith(cacheDir)) {
    // The checkout is read-only for this user: run from a private temporary folder and leave nothing behind.
    process.on('exit', () => rmSyncQuietly(draft))
    return draft
  }
  await publish(draft, target)
  await writeFile(`${draft}.json`, JSON.stringify({ dir: name, inputs }))
  await rename(`${draft}.json`, manifestFile)
  await prune(name)
  return target
}

/** @param {string} name */
async function makeDraftDir(name) {
  try {
    await mkdir(cacheDir, { recursive: true })
    return await mkdtemp(join(cacheDir, `${name}.draft-`))
  } catch {
    return await mkdtemp(join(tmpdir(), 'pinscope-'))
  }
}

/**
 * @param {string} draft
 * @param {string} target
 */
async function publish(draft, target) {
  try {
    await rename(draft, target)
  } catch (error) {
    if (!existsSync(join(target, 'entry.mjs'))) throw error
    // Same content, made before or by a process that was faster.
    await rm(draft, { recursive: true, force: true })
    const now = new Date()
    await utimes(target, now, now)
  }
}

/**
 * Drops bundles no process can still be starting from.
 * @param {string} current
 */
async function prune(current) {
  for (const name of await readdir(cacheDir)) {
    if (name === current) continue
    const path = join(cacheDir, name)
    const made = await stat(path).catch(() => undefined)
    if (made !== undefined && Date.now() - made.mtimeMs > KEEP_MS) await rm(path, { recursive: true, force: true })
  }
}

/** @param {string} dir */
function rmSyncQuietly(dir) {
  try {
    rmSync(dir, { recursive: true, force: true })
  } catch {
    // The system's own cleaning of its temporary folder is the fallback.
  }
}
