// `npm run package`, as prepack (a plain `npm pack` runs nothing, see .npmrc): what is installed from the registry has no
// sources, and so nothing to build them with. The page is built, and the command line is bundled with all that it needs into
// dist-cli/.
import { chmod, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundle } from './bundle-ts.mjs'
import { loadTs } from './load-ts.mjs'
import { BUILT, buildOneFile, buildPage, isStale } from './page-build.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const main = join(root, 'src', 'cli', 'main.ts')
const target = join(root, 'dist-cli')

if (await isStale(root, BUILT.page)) await buildPage(root)
if (await isStale(root, BUILT.oneFile)) await buildOneFile(root)
const { files, modules } = await bundle(main, root, target)
const bill = await materials(modules)
const draft = await mkdtemp(`${target}-`)
try {
  await Promise.all(files.map((made) => writeFile(join(draft, made.name), made.code)))
  await writeFile(join(draft, 'pinscope.1'), await manualPage())
  await writeFile(join(draft, bill.name), bill.text)
  await rm(target, { recursive: true, force: true })
  await rename(draft, target)
} finally {
  await rm(draft, { recursive: true, force: true })
}
await giveUsualModes()

/**
 * An archive has the modes of its files in it, and those come of the umask of whoever checked out and built. Git knows two.
 */
async function giveUsualModes() {
  const { files: packed } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
  for (const name of ['package.json', 'README.md', 'LICENSE', ...packed]) await giveMode(join(root, name))
}

/** @param {string} path a file, or a folder with all that is in it */
async function giveMode(path) {
  const found = await stat(path)
  if (found.isDirectory()) {
    for (const name of await readdir(path)) await giveMode(join(path, name))
  } else await chmod(path, (found.mode & 0o100) === 0 ? 0o644 : 0o755)
}

/** @returns {Promise<string>} what `pinscope help --man` prints */
async function manualPage() {
  const help = await loadTs(join(root, 'src', 'cli', 'help-text.ts'))
  const helpText = /** @type {(asked: { kind: 'help', isMan: true }) => Promise<string>} */ (help['helpText'])
  return await helpText({ kind: 'help', isMan: true })
}

/**
 * The bill of materials of the bundle. Its licences are those of the page, in one file of both; what the page does not have would be
 * passed on without, and so is not.
 * @param {readonly string[]} moduleIds
 */
async function materials(moduleIds) {
  const cli = join(root, 'src', 'cli')
  /** @type {typeof import('./shipped-packages.ts')} */
  const { packagesOf } = Object(await loadTs(join(cli, 'shipped-packages.ts')))
  /** @type {typeof import('./bill-of-materials.ts')} */
  const { BILL_NAME, billOfMaterials, LICENCES_NAME, namesInLicences } = Object(
    await loadTs(join(cli, 'bill-of-materials.ts')),
  )
  const packages = packagesOf(moduleIds, root)
  const known = namesInLicences(await readFile(join(root, 'dist', LICENCES_NAME), 'utf8'))
  const missing = packages.filter(({ name, version }) => !known.includes(`${name} ${version}`))
  if (missing.length > 0) throw new Error(`without a licence text: ${missing.map(({ name }) => name).join(', ')}`)
  return { name: BILL_NAME, text: billOfMaterials(packages, root) }
}
