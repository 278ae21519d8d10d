import { expect, test, vi } from 'vitest'
import { type KeptIndexAnswer } from '../../src/bridge/protocol.ts'
import { KeptIndexStore } from '../../src/state/kept-index-store.ts'
import { uselessWords } from '../../src/ui/kept/kept-words.ts'
import { FakeConnection } from '../support/fake-trace-api.ts'

const index = (key: string): KeptIndexAnswer => ({
  key,
  files: [{ name: `${key}.txt`, sizeBytes: 9 }],
  contents: [],
  events: 1,
  sizeBytes: 5,
  savedAt: 1,
  usedAt: 2,
})

class MemoryStorage {
  readonly items = new Map<string, string>()
  getItem = (key: string): string | null => this.items.get(key) ?? null
  setItem = (key: string, value: string): void => void this.items.set(key, value)
  removeItem = (key: string): void => void this.items.delete(key)
}

function storeOver(storage = new MemoryStorage()): {
  store: KeptIndexStore
  connection: FakeConnection
  told: string[]
} {
  const connection = new FakeConnection()
  connection.kept = [index('a'), index('b')]
  const told: string[] = []
  const stop = async (): Promise<void> => void told.push('stopped')
  return { store: new KeptIndexStore(connection.indexes, stop, storage), connection, told }
}

function keysIn(store: KeptIndexStore): readonly string[] | undefined {
  const { kept } = store.state()
  return kept?.isAvailable === true ? kept.indexes.map(({ key }) => key) : undefined
}

test('indexes are kept until a person switches that off, and nothing is written down for it', () => {
  const storage = new MemoryStorage()
  expect(storeOver(storage).store.state()).toEqual({ isOn: true, isHeld: false })
  expect(storage.items.size).toBe(0)
})

test('what is kept is looked at when somebody looks', async () => {
  const { store } = storeOver()
  expect(keysIn(store)).toBeUndefined()
  store.subscribe(() => undefined)
  await Promise.resolve()
  await Promise.resolve()
  expect(keysIn(store)).toEqual(['a', 'b'])
})

test('switching off gives up what is being written, removes all, and is remembered', async () => {
  const storage = new MemoryStorage()
  const { store, told } = storeOver(storage)
  await store.switchOff()
  expect(told).toEqual(['stopped'])
  expect(keysIn(store)).toEqual([])
  expect(storeOver(storage).store.state().isOn).toBe(false)
  store.switchOn()
  expect(storeOver(storage).store.state().isOn).toBe(true)
  expect(storage.items.size).toBe(0)
})

test('one is removed alone; clearing leaves the choice as it is', async () => {
  const { store } = storeOver()
  await store.remove('a')
  expect(keysIn(store)).toEqual(['b'])
  await store.clear()
  expect(keysIn(store)).toEqual([])
  expect(store.state()).toMatchObject({ isOn: true, isHeld: false })
})

test('that something stays is told', async () => {
  const { store, connection } = storeOver()
  connection.indexes.clear = async () => false
  await store.clear()
  expect(store.state().isHeld).toBe(true)
})

test('what was of no use adds up as long as the page is open, and is told', async () => {
  const { store, connection } = storeOver()
  const plain = await connection.indexes.list()
  expect(uselessWords(store.state().useless)).toBe('')
  const useless = { ofOtherBuilds: 1, notWhole: 0, ofNewerPinscope: 2 }
  connection.indexes.list = async () => ({ isAvailable: true, indexes: [], budgetBytes: 1, useless })
  await store.refresh()
  await store.refresh()
  connection.indexes.list = async () => plain
  await store.refresh()
  expect(store.state().useless).toEqual({ ofOtherBuilds: 2, notWhole: 0, ofNewerPinscope: 2 })
  expect(uselessWords(store.state().useless)).toBe(
    'Removed: 2 indexes of another build of pinscope. Their files are read anew when they are opened, and kept again. ' +
      'Left as they are: 2 files of a newer pinscope.',
  )
})

test('what another tab kept or cleared meanwhile is seen when the page is looked at again', async () => {
  const scope = new EventTarget()
  vi.stubGlobal('addEventListener', scope.addEventListener.bind(scope))
  vi.stubGlobal('removeEventListener', scope.removeEventListener.bind(scope))
  const { store, connection } = storeOver()
  const stop = store.subscribe(() => undefined)
  await expect.poll(() => keysIn(store)).toEqual(['a', 'b'])
  connection.kept = [index('c')]
  scope.dispatchEvent(new Event('focus'))
  await expect.poll(() => keysIn(store)).toEqual(['c'])
  stop()
  connection.kept = []
  scope.dispatchEvent(new Event('focus'))
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(keysIn(store)).toEqual(['c'])
  vi.unstubAllGlobals()
})
