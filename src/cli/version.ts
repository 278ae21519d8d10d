import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The version that package.json states; `unknown` when it states none. */
export async function readVersion(): Promise<string> {
  const text = await readFile(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')
  const fields: unknown = JSON.parse(text)
  const version = typeof fields === 'object' && fields !== null && 'version' in fields ? fields.version : undefined
  return typeof version === 'string' ? version : 'unknown'
}
