import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '../base/result.ts'

/** The files that paths stand for: a folder is the files in it, by name, without hidden ones and folders. */
export async function findInputs(paths: readonly string[]): Promise<Result<readonly string[], string>> {
  const files: string[] = []
  for (const path of paths) {
    const found = await stat(path).catch((error: unknown) => reasonOf(error))
    if (typeof found === 'string') return fail(`${path}: ${found}`)
    if (!found.isDirectory()) files.push(path)
    else {
      const inside = await filesIn(path)
      if (!inside.ok) return inside
      files.push(...inside.value)
    }
  }
  return ok([...new Set(files)])
}

async function filesIn(folder: string): Promise<Result<readonly string[], string>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => reasonOf(error))
  if (typeof entries === 'string') return fail(`${folder}: ${entries}`)
  const files: string[] = []
  for (const entry of entries) {
    const path = join(folder, entry.name)
    const isFile =
      entry.isFile() || (entry.isSymbolicLink() && (await stat(path).catch(() => undefined))?.isFile() === true)
    if (isFile && !entry.name.startsWith('.')) files.push(path)
  }
  return files.length === 0 ? fail(`${folder}: no files in this folder`) : ok(files.sort())
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'no such file or folder'
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied'
  return error instanceof Error ? error.message : String(error)
}
