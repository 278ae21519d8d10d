import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { keepPulse, watchPulse } from '../../src/bridge/worker-pulse.ts'
import { FakeLocks } from '../support/fake-locks.ts'

const open: MessagePort[] = []
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
afterEach(() => {
  vi.useRealTimers()
  for (const port of open.splice(0)) port.close()
})

function channel(): { page: MessagePort; worker: MessagePort } {
  const { port1: page, port2: worker } = new MessageChannel()
  open.push(page, worker)
  page.start()
  worker.start()
  return { page, worker }
}

async function watched(): Promise<{ gone: string[]; locks: FakeLocks; stop: () => void }> {
  const { page, worker } = channel()
  const locks = new FakeLocks()
  const gone: string[] = []
  keepPulse(worker, locks)
  const stop = watchPulse(page, (words) => gone.push(words), locks)
  for (let turn = 0; turn < 9; turn++) await settle()
  return { gone, locks, stop }
}

test('a worker that ends without a word is noticed at once, by the lock that it held', async () => {
  const { gone, locks } = await watched()
  expect(locks.held).toHaveLength(1)
  expect(gone).toEqual([])
  locks.release(locks.held[0])
  await settle()
  expect(gone).toEqual([''])
})

test('one that says nothing for as long as it likes, once it has begun, is alive', async () => {
  const { gone } = await watched()
  vi.advanceTimersByTime(3_600_000)
  expect(gone).toEqual([])
})

test('one that never begins is noticed after a minute in which the page runs', async () => {
  const { page } = channel()
  const gone: string[] = []
  watchPulse(page, (words) => gone.push(words), new FakeLocks())
  vi.advanceTimersByTime(59_000)
  expect(gone).toEqual([])
  vi.advanceTimersByTime(1000)
  expect(gone).toEqual(['it never began'])
})

test('one that is ended by who started it is not told of', async () => {
  const { gone, locks, stop } = await watched()
  stop()
  locks.release(locks.held[0])
  vi.advanceTimersByTime(3_600_000)
  await settle()
  expect(gone).toEqual([])
})

test('where there are no locks it is taken to live', async () => {
  const { page, worker } = channel()
  const gone: string[] = []
  keepPulse(worker, undefined)
  watchPulse(page, (words) => gone.push(words), undefined)
  for (let turn = 0; turn < 9; turn++) await settle()
  vi.advanceTimersByTime(3_600_000)
  expect(gone).toEqual([])
})

test('where a browser refuses the lock it is taken to live', async () => {
  const { page, worker } = channel()
  const refusing = { request: () => Promise.reject(new DOMException('no locks here', 'SecurityError')) }
  const gone: string[] = []
  keepPulse(worker, refusing)
  watchPulse(page, (words) => gone.push(words), refusing)
  for (let turn = 0; turn < 9; turn++) await settle()
  vi.advanceTimersByTime(3_600_000)
  expect(gone).toEqual([])
})

/** A worker whose locks are not those of the page: its storage was cleared before the worker began. */
async function unshared(): Promise<{ gone: string[] }> {
  const { page, worker } = channel()
  const gone: string[] = []
  keepPulse(worker, new FakeLocks())
  watchPulse(page, (words) => gone.push(words), new FakeLocks())
  for (let turn = 0; turn < 30; turn++) await settle()
  return { gone }
}

test('one that shares no lock with the page, whose storage was cleared before, is not taken to be gone', async () => {
  const { gone } = await unshared()
  expect(gone).toEqual([])
  vi.advanceTimersByTime(3_600_000)
  expect(gone).toEqual([])
})

test('while the page is put away no lock is held, and when it comes again one is', async () => {
  const scope = new EventTarget()
  vi.stubGlobal('addEventListener', scope.addEventListener.bind(scope))
  const { gone, locks, stop } = await watched()
  scope.dispatchEvent(new Event('pagehide'))
  for (let turn = 0; turn < 9; turn++) await settle()
  expect(locks.held).toEqual([])
  scope.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
  for (let turn = 0; turn < 9; turn++) await settle()
  expect(locks.held).toHaveLength(1)
  expect(gone).toEqual([])
  locks.release(locks.held[0])
  await settle()
  expect(gone).toEqual([''])
  stop()
  vi.unstubAllGlobals()
})
