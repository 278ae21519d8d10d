// Kept apart from load-ts.mjs so that a run from the cache never loads the bundler.
import { stat } from 'node:fs/promises'
import { dirname, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

const WORKER_URL = /new URL\(\s*(['"])(\.{1,2}\/[^'"]+\.ts)\1,\s*import\.meta\.url,?\s*\)/g

/**
 * Bundles one TypeScript entry for Node: its graph as `entry.mjs`, one more file per worker it names.
 *
 * @param {string} entry absolute path
 * @param {string} root folder of the checkout
 * @param {string} [movableTo] folder that the bundle is for: it finds its neighbours from there, wherever the whole is put
 * @returns {Promise<{ files: { name: string, code: string }[], inputs: { file: string, size: number, mtimeMs: number }[], modules: string[] }>}
 * `modules` are the ids of all that is in the files
 */
export async function bundle(entry, root, movableTo) {
  /** @type {Map<string, { file: string, size: number, mtimeMs: number }>} */
  const inputs = new Map()
  const build = await rolldown({
    input: { entry },
    cwd: root,
    platform: 'node',
    tsconfig: false,
    logLevel: 'warn',
    checks: { bundlerTimings: false }, // a busy machine is no news to whoever asked for a report
    transform: { target: 'node20' },
    plugins: [recordInputs(inputs), keepPlace(movableTo)],
  })
  try {
    const { output } = await build.generate({
      format: 'es',
      entryFileNames: '[name].mjs',
      chunkFileNames: '[name]-[hash].mjs',
      comments: false,
    })
    const files = output.map((made) => ({
      name: made.fileName,
      code: made.type === 'chunk' ? made.code : String(made.source),
    }))
    const modules = output.flatMap((made) => (made.type === 'chunk' ? made.moduleIds : []))
    return { files, inputs: [...inputs.values()], modules }
  } finally {
    await build.close()
  }
}

/**
 * Notes each file before it is read, so that an edit made meanwhile shows as a difference next time.
 * @param {Map<string, { file: string, size: number, mtimeMs: number }>} inputs
 * @returns {import('rolldown').Plugin}
 */
function recordInputs(inputs) {
  return {
    name: 'record-inputs',
    async load(id) {
      const found = await stat(id).catch(() => undefined)
      if (found !== undefined) inputs.set(id, { file: id, size: found.size, mtimeMs: found.mtimeMs })
      return null
    },
  }
}

/**
 * A bundled module still finds its neighbours: workers become files beside the bundle, and any other
 * `import.meta.url` stays the address of the source file; seen from `movableTo`, where that is given.
 * @param {string | undefined} movableTo
 * @returns {import('rolldown').Plugin}
 */
function keepPlace(movableTo) {
  const placeOf = movableTo === undefined ? placeHere : (/** @type {string} */ file) => placeFrom(movableTo, file)
  return {
    name: 'keep-place',
    transform(code, id) {
      if (!code.includes('import.meta') || !/\.m?[jt]s$/.test(id)) return null
      const withWorkers = code.replace(WORKER_URL, (_match, _quote, path) => {
        const worker = this.emitFile({ type: 'chunk', id: resolve(dirname(id), path) })
        return `new URL(import.meta.ROLLUP_FILE_URL_${worker})`
      })
      const place = placeOf(id)
      return withWorkers.replaceAll(/\bimport\.meta\.(url|dirname|filename)\b/g, (_match, part) => place[part])
    },
  }
}

/**
 * @param {string} file
 * @returns {Record<string, string>} code for what `import.meta` would have in the source file
 */
function placeHere(file) {
  return {
    url: JSON.stringify(pathToFileURL(file).href),
    dirname: JSON.stringify(dirname(file)),
    filename: JSON.stringify(file),
  }
}

/**
 * The same for code that lies in one folder, from which the file would be found by the same steps.
 * @param {string} folder
 * @param {string} file
 * @returns {Record<string, string>}
 */
function placeFrom(folder, file) {
  const steps = relative(folder, file).replaceAll('\\', '/')
  return {
    url: `new URL(${JSON.stringify(steps)}, import.meta.url).href`,
    dirname: `(import.meta.dirname + ${JSON.stringify(`/${dirname(steps)}`)})`,
    filename: `(import.meta.dirname + ${JSON.stringify(`/${steps}`)})`,
  }
}
