import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { ONE_FILE } from '../base/one-file.ts'
import { fail, ok, type Result } from '../base/result.ts'

const ROOT = join(import.meta.dirname, '..', '..')

/** What `page-build.mjs` exports: it loads the bundler, and so only when it is asked to build. */
interface PageBuild {
  readonly isStale: (root: string, name: string) => Promise<boolean>
  readonly buildOneFile: (root: string) => Promise<void>
}

/**
 * The app in one file, out of `dist/`. In a checkout it is built when it is not there or older than its sources, which `say` is
 * told before. The failure is one line.
 */
export async function oneFileApp(say: (words: string) => void): Promise<Result<string, string>> {
  const path = join(ROOT, 'dist', ONE_FILE.name)
  try {
    // The module's own types are those of plain JavaScript.
    const building = (await import(pathToFileURL(join(import.meta.dirname, 'page-build.mjs')).href)) as PageBuild
    if (await building.isStale(ROOT, ONE_FILE.name)) {
      say(`building dist/${ONE_FILE.name} …`)
      await building.buildOneFile(ROOT)
    }
    return ok(await readFile(path, 'utf8'))
  } catch (error) {
    const words = error instanceof Error ? error.message.split('\n')[0] : String(error)
    return fail(`no dist/${ONE_FILE.name}, which a report is made of: ${words}`)
  }
}
