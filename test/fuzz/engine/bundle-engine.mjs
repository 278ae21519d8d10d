// Apart from the rest, which never loads the bundler.
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { countBlocks, MOST_BLOCKS } from './count-blocks.mjs'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/**
 * Bundles the thread that runs inputs, with the engine counting its blocks, into a folder of its own.
 *
 * @param {string} name of the run, so that two may go on at once
 * @returns {Promise<{ readonly file: string, readonly blocks: number, readonly end: () => Promise<void> }>}
 */
export async function bundleEngine(name) {
  const dir = join(root, 'node_modules', '.cache', 'fuzz', name)
  await mkdir(dir, { recursive: true })
  const counting = countBlocks((id) => id.startsWith(join(root, 'src')) && id.endsWith('.ts'))
  const build = await rolldown({
    input: { 'engine-thread': join(root, 'test/fuzz/engine/engine-thread.ts') },
    cwd: root,
    platform: 'node',
    tsconfig: false,
    logLevel: 'warn',
    checks: { bundlerTimings: false },
    transform: { target: 'node20' },
    plugins: [seeded, counting],
  })
  await build.write({
    format: 'es',
    dir,
    entryFileNames: '[name].mjs',
    codeSplitting: false,
    sourcemap: true,
    banner: `globalThis.pinscopeBlocks = new Uint32Array(${MOST_BLOCKS});`,
  })
  await build.close()
  const end = () => rm(dir, { recursive: true, force: true })
  return { file: join(dir, 'engine-thread.mjs'), blocks: counting.api.blocks, end }
}

/**
 * Hash tables begin with the same number in each run: the same seed tries the same inputs, and work is the same number.
 * @type {import('rolldown').Plugin}
 */
const seeded = {
  name: 'seeded',
  load: (id) => (id.endsWith('/base/hash-seed.ts') ? 'export const HASH_SEED = 0x2545f491' : null),
}
