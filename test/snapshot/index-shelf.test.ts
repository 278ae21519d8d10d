import { expect, test } from 'vitest'
import { type IndexMeta } from '../../src/snapshot/index-file.ts'
import { IndexShelf, type KeepOutcome } from '../../src/snapshot/index-shelf.ts'
import { pack } from '../../src/snapshot/pack.ts'
import { TRACE_KINDS } from '../../src/snapshot/trace-kinds.ts'
import { MemoryShelf } from '../support/memory-shelf.ts'
import { plainTrace } from '../support/plain-trace.ts'
import { LEAK, toldCapture } from '../support/told-capture.ts'

const MIB = 1 << 20
let clock = 1000

function shelfOver(files: MemoryShelf, build = 'this build', budgetBytes = 64 * MIB): IndexShelf {
  return new IndexShelf(files, { build, budgetBytes, now: () => ++clock })
}

function metaOf(key: string, more: Partial<IndexMeta> = {}): IndexMeta {
  const files = [{ name: `${key}.txt`, sizeBytes: 7, lastModified: 5, hash: 'ab' }]
  return { key, build: 'this build', savedAt: ++clock, files, contents: [], isSmall: false, events: 3, ...more }
}

interface Keeping {
  readonly meta?: Partial<IndexMeta>
  readonly signal?: AbortSignal
  readonly pause?: () => Promise<void>
  readonly since?: number
}

async function keep(shelf: IndexShelf, key: string, content: unknown, how: Keeping = {}): Promise<KeepOutcome> {
  const { signal = new AbortController().signal, pause = () => Promise.resolve() } = how
  return shelf.keep({
    meta: metaOf(key, how.meta),
    packed: pack(content, TRACE_KINDS),
    signal,
    pause,
    since: how.since,
  })
}

async function keysOn(shelf: IndexShelf): Promise<readonly string[]> {
  return (await shelf.list()).map(({ key }) => key)
}

/** Content of about this many bytes, random enough to be told apart. */
function ofSize(bytes: number, seed = 1): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, at) => (at * seed * 31 + (at >> 8)) & 0xff)
}

test('what was kept is taken again, and the list tells of it', async () => {
  const files = new MemoryShelf()
  const { trace } = toldCapture(LEAK)
  expect(await keep(shelfOver(files), 'a', { trace })).toMatchObject({ kind: 'kept' })
  const other = shelfOver(files)
  const content = (await other.take('a'))?.content as { readonly trace: typeof trace }
  expect(plainTrace(content.trace)).toStrictEqual(plainTrace(trace))
  const [entry] = await other.list()
  expect(entry).toMatchObject({ key: 'a', events: 3, files: [{ name: 'a.txt', sizeBytes: 7 }] })
  expect(entry.sizeBytes).toBe(files.files.get('a.index')?.length)
  expect(await other.take('b')).toBeUndefined()
})

test('content larger than a stride is whole again', async () => {
  const shelf = shelfOver(new MemoryShelf())
  const content = { bytes: ofSize(5 * MIB + 3), rest: new Float64Array([1, 2]), name: 'é'.repeat(20_000) }
  await keep(shelf, 'a', content, { meta: { files: [] } })
  const after = (await shelf.take('a'))?.content as typeof content
  expect(Buffer.compare(after.bytes, content.bytes)).toBe(0)
  expect({ ...after, bytes: 0 }).toStrictEqual({ ...content, bytes: 0 })
})

test('a long list of files is read back, however long', async () => {
  const shelf = shelfOver(new MemoryShelf())
  const named = Array.from({ length: 900 }, (_, at) => ({
    name: `folder/file ${at}.txt`,
    sizeBytes: at,
    lastModified: 1,
    hash: 'ab'.repeat(32),
  }))
  await keep(shelf, 'a', 1, { meta: { files: named } })
  expect((await shelf.list())[0].files).toEqual(named)
})

test('to make room, those go that were used least recently', async () => {
  const shelf = shelfOver(new MemoryShelf(), 'this build', 4 * MIB)
  for (const key of ['a', 'b', 'c']) await keep(shelf, key, ofSize(MIB))
  expect(await keysOn(shelf)).toEqual(['c', 'b', 'a'])
  await shelf.take('a')
  expect(await keysOn(shelf)).toEqual(['a', 'c', 'b'])
  await keep(shelf, 'd', ofSize(MIB))
  expect(await keysOn(shelf)).toEqual(['d', 'a', 'c'])
  await keep(shelf, 'e', ofSize(2.5 * MIB))
  expect(await keysOn(shelf)).toEqual(['e', 'd'])
})

test('all that is kept stays within the budget', async () => {
  const files = new MemoryShelf()
  const shelf = shelfOver(files, 'this build', 3 * MIB)
  for (let at = 0; at < 12; at++) {
    await keep(shelf, `k${at}`, ofSize(((at * 7) % 5) * 0.4 * MIB))
    expect(files.sizeBytes).toBeLessThanOrEqual(3 * MIB)
  }
})

test('an index with the key of another takes its place, whatever the room', async () => {
  const files = new MemoryShelf()
  const shelf = shelfOver(files, 'this build', 2 * MIB)
  await keep(shelf, 'a', ofSize(1.5 * MIB))
  await keep(shelf, 'a', ofSize(1.6 * MIB, 3))
  const after = (await shelf.take('a'))?.content as Uint8Array
  expect(Buffer.compare(after, ofSize(1.6 * MIB, 3))).toBe(0)
})

test('one that is larger than the budget is not kept, and drives nothing out', async () => {
  const shelf = shelfOver(new MemoryShelf(), 'this build', 2 * MIB)
  await keep(shelf, 'a', ofSize(MIB))
  expect(await keep(shelf, 'b', ofSize(3 * MIB))).toEqual({ kind: 'not_kept', why: 'too_large' })
  expect(await keysOn(shelf)).toEqual(['a'])
})

test('where the browser gives no room nothing is left of what was begun', async () => {
  const files = new MemoryShelf()
  files.quotaBytes = 3 * MIB
  const shelf = shelfOver(files)
  expect(await keep(shelf, 'a', ofSize(4 * MIB))).toEqual({ kind: 'not_kept', why: 'full' })
  expect([...files.files.keys()]).toEqual([])
})

test('one that another build wrote is never used, and goes', async () => {
  const files = new MemoryShelf()
  await keep(shelfOver(files, 'old build'), 'a', 1, { meta: { build: 'old build' } })
  expect(await shelfOver(files).take('a')).toBeUndefined()
  expect(await shelfOver(files).list()).toEqual([])
  expect([...files.files.keys()]).toEqual([])
})

test('what was removed is counted by what was wrong, and what a newer pinscope keeps is left as it is', async () => {
  const files = new MemoryShelf()
  for (const key of ['a', 'b']) await keep(shelfOver(files, 'old build'), key, 1, { meta: { build: 'old build' } })
  await keep(shelfOver(files), 'c', 1)
  files.files.set('d.index', new Uint8Array(100))
  files.files.set('e.index2', new Uint8Array([1, 2, 3]))
  const shelf = shelfOver(files)
  const { kept, useless } = await shelf.look()
  // What keeping `c` found was of another build too: only what is found now is told now.
  expect(kept.map(({ key }) => key)).toEqual(['c'])
  expect(useless).toEqual({ ofOtherBuilds: 0, notWhole: 1, ofNewerPinscope: 1 })
  await keep(shelfOver(files, 'old build'), 'a', 1, { meta: { build: 'old build' } })
  expect((await shelf.look()).useless).toEqual({ ofOtherBuilds: 1, notWhole: 0, ofNewerPinscope: 1 })
  expect((await shelf.look()).useless.ofOtherBuilds).toBe(0)
  expect([...(files.files.get('e.index2') ?? [])]).toEqual([1, 2, 3])
  expect(await shelf.clear()).toBe(true)
  expect(files.files.size).toBe(0)
})

test('one that was not finished is never used, and goes', async () => {
  const files = new MemoryShelf()
  const shelf = shelfOver(files)
  let begun: (() => void) | undefined
  const crashed = new Promise<void>((resolve) => (begun = resolve))
  const never = new Promise<void>(() => undefined)
  void keep(shelf, 'a', ofSize(5 * MIB), { pause: () => (begun?.(), never) })
  await crashed
  expect(files.files.get('a.index')?.length).toBeGreaterThan(MIB)
  expect(await shelf.list()).toEqual([])
  expect(await shelf.take('a')).toBeUndefined()
  expect([...files.files.keys()], 'as long as it is being written, it is not touched').toEqual(['a.index'])
  files.held.clear() // the tab is gone
  expect(await shelf.list()).toEqual([])
  expect([...files.files.keys()]).toEqual([])
})

test('one whose bytes are other than those written is never used, and goes', async () => {
  for (const at of [70, 4000, 9000]) {
    const files = new MemoryShelf()
    const shelf = shelfOver(files)
    await keep(shelf, 'a', { rows: ofSize(10_000) })
    const bytes = files.files.get('a.index')
    if (bytes !== undefined) bytes[at] ^= 1
    expect(await shelf.take('a').catch(() => undefined), `byte ${at}`).toBeUndefined()
  }
})

test('one that was cut is never used', async () => {
  const files = new MemoryShelf()
  const shelf = shelfOver(files)
  await keep(shelf, 'a', { rows: ofSize(10_000) })
  files.files.set('a.index', (files.files.get('a.index') ?? new Uint8Array()).slice(0, -8))
  expect(await shelf.take('a')).toBeUndefined()
  expect(await shelf.list()).toEqual([])
})

test('the file of one under the name of another is never used', async () => {
  const files = new MemoryShelf()
  const shelf = shelfOver(files)
  await keep(shelf, 'a', 1)
  const bytes = files.files.get('a.index')
  if (bytes !== undefined) files.files.set('b.index', bytes)
  expect(await shelf.take('b')).toBeUndefined()
  expect(await keysOn(shelf)).toEqual(['a'])
})

test('writing can be given up, and nothing stays', async () => {
  const files = new MemoryShelf()
  const stop = new AbortController()
  const outcome = await keep(shelfOver(files), 'a', ofSize(9 * MIB), {
    signal: stop.signal,
    pause: async () => stop.abort(),
  })
  expect(outcome).toEqual({ kind: 'not_kept', why: 'stopped' })
  expect([...files.files.keys()]).toEqual([])
})

test('while another tab keeps one, none is kept', async () => {
  const files = new MemoryShelf()
  files.isTaken = true
  expect(await keep(shelfOver(files), 'a', 1)).toEqual({ kind: 'not_kept', why: 'busy' })
  expect([...files.files.keys()]).toEqual([])
})

test('one can be removed, or all; what another tab is at stays, and that is told', async () => {
  const files = new MemoryShelf()
  const shelf = shelfOver(files)
  for (const key of ['a', 'b', 'c']) await keep(shelf, key, key)
  expect(await shelf.remove('a')).toBe(true)
  expect(await keysOn(shelf)).toEqual(['c', 'b'])
  files.held.add('b.index')
  expect(await shelf.clear()).toBe(false)
  expect([...files.files.keys()]).toEqual(['b.index'])
  files.held.clear()
  expect(await shelf.clear()).toBe(true)
  expect([...files.files.keys()]).toEqual([])
})

test('what another tab has kept of the same contents while they were read here is left as it is', async () => {
  const files = new MemoryShelf()
  const since = ++clock
  await keep(shelfOver(files), 'a', 'of the other tab')
  expect(await keep(shelfOver(files), 'a', 'of this tab', { since })).toMatchObject({ kind: 'kept' })
  expect(await shelfOver(files).take('a')).toMatchObject({ content: 'of the other tab' })
  // Read again since, or other contents: it is kept anew.
  expect(await keep(shelfOver(files), 'a', 'read again', { since: ++clock })).toMatchObject({ kind: 'kept' })
  expect(await shelfOver(files).take('a')).toMatchObject({ content: 'read again' })
  const other = [{ name: 'a.txt', sizeBytes: 7, lastModified: 5, hash: 'cd' }]
  await keep(shelfOver(files), 'a', 'others', { since, meta: { files: other } })
  expect(await shelfOver(files).take('a')).toMatchObject({ content: 'others' })
})
