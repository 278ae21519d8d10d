// Kept apart from load-ts.mjs so that a run from the cache never loads the bundler.
import { stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'

const WORKER_URL = /new URL\(\s*(['"])(\.{1,2}\/[^'"]+\.ts)\1,\s*import\.meta\.url,?\s*\)/g

/**
 * Bundles one TypeScript entry for Node: its graph as `entry.mjs`, one more file per worker it names.
 *
 * @param {string} entry absolute path
 * @param {string} root folder of the checkout
 * @returns {Promise<{ files: { name: string, code: string }[], inputs: { file: string, size: number, mtimeMs: number }[] }>}
 */
export async function bundle(entry, root) {
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
    plugins: [recordInputs(inputs), keepPlace()],
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
    return { files, inputs: [...inputs.values()] }
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
 * `import.meta.url` stays the address of the source file.
 * @returns {import('rolldown').Plugin}
 */
function keepPlace() {
  return {
    name: 'keep-place',
    transform(code, id) {
      if (!code.includes('import.meta') || !/\.m?[jt]s$/.test(id)) return null
      const withWorkers = code.replace(WORKER_URL, (_match, _quote, path) => {
        const worker = this.emitFile({ type: 'chunk', id: resolve(dirname(id), path) })
        return `new URL(import.meta.ROLLUP_FILE_URL_${worker})`
      })
      return withWorkers
        .replaceAll(/\bimport\.meta\.url\b/g, JSON.stringify(pathToFileURL(id).href))
        .replaceAll(/\bimport\.meta\.dirname\b/g, JSON.stringify(dirname(id)))
        .replaceAll(/\bimport\.meta\.filename\b/g, JSON.stringify(id))
    },
  }
}
