import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const text =
  readFileSync(join(root, 'README.md'), 'utf8').split('\n## Promises, and what proves them\n')[1]?.split('\n## ')[0] ??
  ''
const scripts = Object.keys(
  // npm reads it too.
  (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Readonly<Record<string, string>> })
    .scripts,
)

/** Files of tests that a text names, `test/e2e/network.spec.ts`. */
function filesIn(words: string): readonly string[] {
  return [...words.matchAll(/`((?:test|src)\/[\w./-]+)`/g)].map(([, path]) => path)
}

/** Files of tests that a text names without their folders: which of several of one name is meant, nobody can tell. */
function bareNamesIn(words: string): readonly string[] {
  return [...words.matchAll(/`((?!test\/|src\/)[^`\s]*\.(?:test|spec)\.tsx?)`/g)].map(([, path]) => path)
}

/** Rows of tables with a column of proofs that name none there. */
function rowsWithoutProof(words: string): readonly string[] {
  const tables = words.split('\n\n').filter((block) => /^\|.*\| proved by \|\n/.test(block))
  const rows = tables.flatMap((table) => table.trimEnd().split('\n').slice(2))
  return rows.filter((row) => filesIn(row.split(' | ').at(-1) ?? '').length === 0)
}

/** Titles of tests that a text quotes behind the name of a file: `file`: “title”, “title”. */
function titlesIn(words: string): readonly { readonly file: string; readonly title: string }[] {
  return [...words.matchAll(/`(test\/[\w./-]+)`:?((?:[\s,;]+(?:and\s+)?“[^”]+”)+)/g)].flatMap(([, file, titles]) =>
    [...titles.matchAll(/“([^”]+)”/g)].map(([, title]) => ({ file, title: title.replaceAll(/\s+/g, ' ') })),
  )
}

/** True when a file has a test of this title, or a part of it is one where the title is made while it runs. */
function hasTitle(file: string, title: string): boolean {
  const path = join(root, file)
  if (!existsSync(path) || !statSync(path).isFile()) return false
  return readFileSync(path, 'utf8')
    .replaceAll(/\\(['"`])/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .includes(title)
}

describe('what README names as proof of a promise', () => {
  test('is there: each file and folder', () => {
    expect(filesIn(text).length).toBeGreaterThan(10)
    expect(filesIn(text).filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  test('is named with its folders', () => {
    expect(bareNamesIn(text)).toEqual([])
    expect(text.match(/\| proved by \|\n/g)?.length).toBeGreaterThan(1)
    expect(rowsWithoutProof(text)).toEqual([])
  })

  test('is there: each title of a test, in the file that it is said of', () => {
    expect(titlesIn(text).length).toBeGreaterThan(10)
    expect(titlesIn(text).filter(({ file, title }) => !hasTitle(file, title))).toEqual([])
  })

  test('is run: each file of tests is one that a runner finds', () => {
    const tests = filesIn(text).filter((path) => /\.tsx?$/.test(path) && path.startsWith('test/'))
    expect(tests.filter((path) => !/\.(test|spec)\.tsx?$/.test(basename(path)))).toEqual([])
  })

  test('is there: each npm command', () => {
    const commands = [...text.matchAll(/`npm run ([\w:-]+)/g)].map(([, name]) => name)
    expect(commands.length).toBeGreaterThan(0)
    expect(commands.filter((name) => !scripts.includes(name))).toEqual([])
  })

  test('is there for each of the five promises', () => {
    const [list] = text.split('\n### ')
    const promises = list.split('\n- **').slice(1)
    expect(promises).toHaveLength(5)
    expect(promises.filter((promise) => titlesIn(promise).length === 0).map((promise) => promise.slice(0, 40))).toEqual(
      [],
    )
  })
})

describe('the search for what is named', () => {
  test('finds a file without its folders, and a row that names none', () => {
    expect(bareNamesIn('see `test/a/b.test.ts`, `b.test.ts`, `a/c.spec.tsx` and `npm run b`')).toEqual([
      'b.test.ts',
      'a/c.spec.tsx',
    ])
    const table = '| what | proved by |\n| --- | --- |\n| one | `test/a/b.test.ts` |\n| `test/two` | same |\n'
    expect(rowsWithoutProof(`of these:\n\n${table}\nand so on`)).toEqual(['| `test/two` | same |'])
  })

  test('finds a title that is not there, in a file or at all', () => {
    const [file] = readdirSync(join(root, 'test/supply')).filter((name) => name.startsWith('readme-'))
    const told = `see \`test/supply/${file}\`: “is run: each file of tests is one that a runner finds”, “there is none\nof this name”; \`npm run x\``
    expect(titlesIn(told).map(({ title }) => hasTitle(`test/supply/${file}`, title))).toEqual(
      [true, false].map((_, at) => at === 0),
    )
  })
})
