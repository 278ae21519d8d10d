import { expect, test } from 'vitest'
import { TraceSession } from '../../src/bridge/session.ts'
import { keptIndexes } from '../../src/bridge/kept-indexes.ts'
import { type KeptIndexAnswer } from '../../src/bridge/protocol.ts'
import { IndexShelf } from '../../src/snapshot/index-shelf.ts'
import { captureRefOf } from '../../src/state/capture-ref.ts'
import { keptFor, keptStatusOf } from '../../src/state/use-kept-link.ts'
import { MemoryShelf } from '../support/memory-shelf.ts'
import { tracedText } from '../support/tell.ts'
import { LEAK } from '../support/told-capture.ts'

const TRACE = new File([`${tracedText(LEAK)}\n`], 'trace.txt', { lastModified: 1_700_000_000_000 })
const OTHER = new File([`# another\n${tracedText(LEAK)}\n`], 'other.txt', { lastModified: 1_700_000_000_000 })
const WINDOW = new File(['start_pfn=0x100 end_pfn=0x200\n'], 'window.txt', { lastModified: 1_700_000_000_000 })

const THRESHOLD = { thresholdNs: 300_000_000 }

function sessionOver(files: MemoryShelf): TraceSession {
  return new TraceSession({
    openShelf: async () => new IndexShelf(files, { build: 'b', budgetBytes: 1e9 }),
    build: 'b',
  })
}

async function keptIn(files: MemoryShelf): Promise<readonly KeptIndexAnswer[]> {
  const kept = await keptIndexes(async () => new IndexShelf(files, { build: 'b', budgetBytes: 1e9 })).list()
  return kept.isAvailable ? kept.indexes : []
}

async function opened(files: MemoryShelf, given: readonly File[]) {
  const session = sessionOver(files)
  const result = await session.load(given, false, () => undefined, new Map(), 'reuse')
  if (!result.ok) throw new Error(result.problem.message)
  return { session, result, news: await session.indexNews() }
}

test('a small capture is read again when its files are there, and kept for links without a word', async () => {
  const shelf = new MemoryShelf()
  const first = await opened(shelf, [TRACE])
  expect(first.news).toEqual({ kind: 'none' })
  expect(await keptIn(shelf)).toMatchObject([{ files: [{ name: 'trace.txt', sizeBytes: TRACE.size }] }])
  expect((await opened(shelf, [TRACE])).result).not.toHaveProperty('reused')
})

test('a capture is shown from what is kept, with the same answers, and its raw lines say which file to open', async () => {
  const shelf = new MemoryShelf()
  const before = await opened(shelf, [TRACE, WINDOW])
  const asked = captureRefOf(before.result.overview.files)
  if (asked === undefined) throw new Error('no ref')
  const found = keptFor(asked, await keptIn(shelf))
  const session = sessionOver(shelf)
  const result = await session.loadKept(found?.key ?? '')
  expect(result).toMatchObject({ ok: true, reused: { isWithoutFiles: true } })
  expect(await session.ask('overview', {})).toEqual(await before.session.ask('overview', {}))
  expect(await session.ask('failures', THRESHOLD)).toEqual(await before.session.ask('failures', THRESHOLD))
  const lines = await session.ask('rawLines', { file: 0, line: 1, count: 3 })
  expect(lines).toMatchObject({
    ok: true,
    answer: { lines: [], problem: expect.stringContaining('trace.txt itself is not open') },
  })
})

test('what is asked for is found by content: neither another file nor one of the same name', async () => {
  const shelf = new MemoryShelf()
  const { result } = await opened(shelf, [TRACE])
  const asked = captureRefOf(result.overview.files)
  if (asked === undefined) throw new Error('no ref')
  const kept = await keptIn(shelf)
  const state = { isOn: true, isHeld: false }
  expect(keptFor({ ...asked, fileName: 'renamed.txt' }, kept)).toBeDefined()
  expect(keptFor({ ...asked, hash: '0123456789abcdef' }, kept)).toBeUndefined()
  expect(keptStatusOf(asked, { ...state, kept: { isAvailable: true, indexes: kept, budgetBytes: 9 } })).toBe('found')
  expect(keptStatusOf(asked, { ...state, kept: { isAvailable: true, indexes: [], budgetBytes: 9 } })).toBe('absent')
  expect(keptStatusOf(asked, { ...state, isOn: false })).toBe('off')
})

test('of two kept captures with the file, that with the same companions is taken', async () => {
  const shelf = new MemoryShelf()
  const { result } = await opened(shelf, [TRACE, WINDOW])
  await opened(shelf, [TRACE])
  await opened(shelf, [OTHER])
  const asked = captureRefOf(result.overview.files)
  expect(asked && keptFor(asked, await keptIn(shelf))?.contents).toHaveLength(2)
})

test('what is gone by then is said', async () => {
  const result = await sessionOver(new MemoryShelf()).loadKept('gone')
  expect(result).toMatchObject({ ok: false, problem: { code: 'no_capture' } })
})
