import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { fail, ok, type Result } from '../base/result.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const PAGE = 'index.html'

/** What `page-build.mjs` exports: it loads the bundler, and so only when it is asked to build. */
interface PageBuild {
  readonly isStale: (root: string, name: string) => Promise<boolean>
  readonly buildPage: (root: string) => Promise<void>
}

/** The folder of the built page. In a checkout it is built when older than its sources, which `say` is told before. */
export async function builtPage(say: (words: string) => void): Promise<Result<string, string>> {
  const folder = join(ROOT, 'dist')
  try {
    // The module's own types are those of plain JavaScript.
    const building = (await import(pathToFileURL(join(import.meta.dirname, 'page-build.mjs')).href)) as PageBuild
    if (await building.isStale(ROOT, PAGE)) {
      say('building the page …')
      await building.buildPage(ROOT)
    }
  } catch (error) {
    return fail(`the page cannot be built: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`)
  }
  return existsSync(join(folder, PAGE)) ? ok(folder) : fail('the page is not built: npm run build makes it')
}
