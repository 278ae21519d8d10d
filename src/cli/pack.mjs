// `npm pack` and `npm publish`: what is installed from the registry has no sources, and so nothing to build them with. The page
// is built, and the command line is bundled with all that it needs into dist-cli/.
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
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
const { files } = await bundle(main, root, target)
const draft = await mkdtemp(`${target}-`)
try {
  await Promise.all(files.map((made) => writeFile(join(draft, made.name), made.code)))
  await writeFile(join(draft, 'pinscope.1'), await manualPage())
  await rm(target, { recursive: true, force: true })
  await rename(draft, target)
} finally {
  await rm(draft, { recursive: true, force: true })
}

/** @returns {Promise<string>} what `pinscope help --man` prints */
async function manualPage() {
  const help = await loadTs(join(root, 'src', 'cli', 'help-text.ts'))
  const helpText = /** @type {(asked: { kind: 'help', isMan: true }) => Promise<string>} */ (help['helpText'])
  return await helpText({ kind: 'help', isMan: true })
}
