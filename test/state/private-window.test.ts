import { expect, test } from 'vitest'
import { isPrivateWindow } from '../../src/state/private-window.ts'

const directory = (answer: () => Promise<unknown>) => ({
  getDirectory: async () => (await answer()) as FileSystemDirectoryHandle,
})
const refusing = (name: string) => directory(() => Promise.reject(new DOMException('no', name)))
const local = () => ({})
const protocol = 'https:'

test('a window is private where the browser refuses its private storage, and keeps all else', async () => {
  expect(await isPrivateWindow({ protocol, storage: refusing('SecurityError'), local })).toBe(true)
})

test.each([
  ['gives it', directory(async () => ({}))],
  ['has none', undefined],
  ['is in trouble with it', refusing('UnknownError')],
])('it is not told to be where the browser %s', async (_, storage) => {
  expect(await isPrivateWindow({ protocol, storage, local })).toBe(false)
})

test('a page of a disk is not told to be in one: Chromium refuses its private storage in every window', async () => {
  expect(await isPrivateWindow({ protocol: 'file:', storage: refusing('SecurityError'), local })).toBe(false)
})

test('where nothing at all may be kept that is told instead', async () => {
  const denied = (): never => {
    throw new DOMException('denied', 'SecurityError')
  }
  expect(await isPrivateWindow({ protocol, storage: refusing('SecurityError'), local: denied })).toBe(false)
  expect(await isPrivateWindow({ protocol, storage: refusing('SecurityError'), local: () => undefined })).toBe(false)
})
