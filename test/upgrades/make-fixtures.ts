import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { storedThings } from './stored-things.ts'

/**
 * `npm run upgrade-fixtures`: what this version stores, for all later ones to open. A folder that is there stays as it is: what a
 * released version wrote cannot be written again.
 */
async function makeFixtures(): Promise<string> {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const fields: unknown = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  if (typeof fields !== 'object' || fields === null || !('version' in fields))
    throw new Error('package.json has no version')
  const folder = join(root, 'test/fixtures/upgrades', String(fields.version))
  if (existsSync(folder)) throw new Error(`${folder} is there: what was released is not written again`)
  const things = await storedThings()
  mkdirSync(folder, { recursive: true })
  for (const [name, content] of things) writeFileSync(join(folder, name), content)
  return `${folder}: ${things.size} files`
}

process.stdout.write(`${await makeFixtures()}\n`)
