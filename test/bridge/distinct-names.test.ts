import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { distinctNames, withDistinctNames } from '../../src/bridge/distinct-names.ts'

function namesOf(paths: readonly string[]): readonly string[] {
  return distinctNames(
    paths.map((path) => path.slice(path.lastIndexOf('/') + 1)),
    paths,
  )
}

describe('names to cite files by', () => {
  test('stay as they are when no other file has them', () => {
    expect(namesOf(['run/a/trace.txt', 'run/a/dmesg.txt'])).toEqual(['trace.txt', 'dmesg.txt'])
  })

  test('get as much of the path as tells them apart', () => {
    expect(namesOf(['run/a/trace.txt', 'run/b/trace.txt', 'run/b/dmesg.txt'])).toEqual([
      'a/trace.txt',
      'b/trace.txt',
      'dmesg.txt',
    ])
    expect(namesOf(['a/x/trace.txt', 'b/x/trace.txt'])).toEqual(['a/x/trace.txt', 'b/x/trace.txt'])
  })

  test('get a number when there is no path, or the same', () => {
    expect(namesOf(['trace.txt', 'trace.txt', 'trace.txt'])).toEqual(['trace.txt', 'trace.txt (2)', 'trace.txt (3)'])
  })

  test.prop([fc.array(fc.array(fc.constantFrom('a', 'b', 'trace.txt', 'a (2)'), { minLength: 1, maxLength: 4 }))])(
    'are never the same for two files',
    (paths) => {
      const names = namesOf(paths.map((parts) => parts.join('/')))
      expect(new Set(names).size).toBe(paths.length)
    },
  )
})

test('a file is renamed without its bytes or its time being touched', async () => {
  const one = new File(['one'], 'trace.txt', { lastModified: 5 })
  const two = Object.assign(new File(['two'], 'trace.txt', { lastModified: 7 }), { path: './b/trace.txt' })
  const [first, second] = withDistinctNames([one, two])
  expect(first).toBe(one)
  expect([second.name, second.lastModified, await second.text()]).toEqual(['b/trace.txt', 7, 'two'])
})
