import { expect, test } from 'vitest'
import { type KeptIndexAnswer } from '../../src/bridge/protocol.ts'
import { KeptIndexStore } from '../../src/state/kept-index-store.ts'
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
