import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fail, ok, type Result } from '../base/result.ts'
import { fileErrorText } from './file-error.ts'

/** The files that paths stand for: a folder is the files in it and in its folders, by name, without hidden ones. */
export async function findInputs(paths: readonly string[]): Promise<Result<readonly string[], string>> {
  const files: string[] = []
  for (const path of paths) {
    const found = await stat(path).catch((error: unknown) => fileErrorText(error))
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
  const files = await walk(folder).catch((error: unknown) => fileErrorText(error))
  if (typeof files === 'string') return fail(`${folder}: ${files}`)
  return files.length === 0 ? fail(`${folder}: no files in this folder`) : ok([...files].sort())
}

/** All files of a folder and of the folders in it, as a browser hands a dropped folder over. Links to folders end here. */
async function walk(folder: string): Promise<readonly string[]> {
  const files: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) files.push(...(await walk(path)))
    else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path)))) files.push(path)
  }
  return files
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true
}
