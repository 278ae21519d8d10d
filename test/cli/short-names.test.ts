import { expect, test } from 'vitest'
import { shortNames } from '../../src/cli/short-names.ts'

test.each([
  [['/a/b/trace.txt'], ['trace.txt']],
  [
    ['/a/b/trace.txt', '/a/b/dmesg.txt'],
    ['trace.txt', 'dmesg.txt'],
  ],
  [
    ['/a/one/trace.txt', '/a/two/trace.txt'],
    ['one/trace.txt', 'two/trace.txt'],
  ],
  [
    ['/a/trace.txt', '/b/trace.txt'],
    ['/a/trace.txt', '/b/trace.txt'],
  ],
  [
    ['/a/ab/t', '/a/a/t'],
    ['ab/t', 'a/t'],
  ],
  [[], []],
])('%j are cited as %j', (paths, names) => {
  expect(shortNames(paths)).toEqual(names)
})
