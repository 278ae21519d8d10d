import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { type IndexNews, type IndexUse, type LoadProgress, type LoadResult } from '../../src/bridge/protocol.ts'
import { TraceSession } from '../../src/bridge/session.ts'
import { DEFAULT_RULES } from '../../src/derive/attribution/rule-set.ts'
import { placesOf } from '../../src/formats/fingerprint.ts'
import { IndexShelf } from '../../src/snapshot/index-shelf.ts'
import { MemoryShelf } from '../support/memory-shelf.ts'
import { tracedText } from '../support/tell.ts'
import { LEAK } from '../support/told-capture.ts'

const BUILD = 'b1'
const TIME = 1_700_000_000_000
const STORY = tracedText(LEAK)
const NOTHING = new Map<string, number>()

interface Opened {
  readonly session: TraceSession
  readonly result: LoadResult
  readonly news: IndexNews
  readonly told: readonly LoadProgress[]
}

/** Opens files in a session of its own, as after a reload, and waits until all is done. */
async function open(
  files: MemoryShelf | undefined,
  given: readonly File[],
  index: IndexUse = 'reuse',
  starts: ReadonlyMap<string, number> = NOTHING,
  build = BUILD,
): Promise<Opened> {
  const openShelf = async (): Promise<IndexShelf | undefined> =>
    files && new IndexShelf(files, { build, budgetBytes: 1e9 })
  const session = new TraceSession({ openShelf, build, leastTextBytes: 100 })
  const told: LoadProgress[] = []
  const result = await session.load(given, false, (progress) => told.push(progress), starts, index)
  return { session, result, told, news: await session.indexNews() }
}

/** Everything a person sees first, with the raw lines that prove it. */
async function answersOf(session: TraceSession): Promise<unknown> {
  const failures = await session.ask('failures', { thresholdNs: 300_000_000 })
  if (!failures.ok) throw new Error(failures.problem.message)
  const details = failures.answer.failures.map(({ id }) =>
    session.ask('failure', { id, thresholdNs: 300_000_000, offset: 0, limit: 9 }),
  )
  const search = await session.ask('search', { text: 'leaky_grab', limit: 5 })
  return { overview: await session.ask('overview', {}), failures, details: await Promise.all(details), search }
}

function traceFile(text: string | Uint8Array<ArrayBuffer> = `${STORY}\n`, name = 'trace.txt', time = TIME): File {
  return new File([text], name, { lastModified: time })
}

/** A trace long enough that its fingerprint leaves most of it out. */
function longTrace(): Uint8Array<ArrayBuffer> {
  const comment = `# ${'x'.repeat(77)}\n`
  return new TextEncoder().encode(`${STORY}\n${comment.repeat(20_000)}`)
}

/** The same with a byte changed that no sample has. */
function changedBetween(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const changed = bytes.slice()
  const [, end] = placesOf(bytes.length)[3]
  changed[end + 7] ^= 1
  return changed
}

test('files that were opened before are not read again, and answer alike', async () => {
  const shelf = new MemoryShelf()
  const dump = new File(['start_pfn=0x100 end_pfn=0x200\n'], 'window.txt', { lastModified: TIME })
  const first = await open(shelf, [traceFile(), dump])
  expect(first.result).toMatchObject({ ok: true })
  expect(first.result).not.toHaveProperty('reused')
  expect(first.news).toMatchObject({ kind: 'kept' })
  const again = await open(shelf, [traceFile(), dump])
  expect(again.result).toMatchObject({ ok: true, reused: { isVerified: false } })
  expect(again.news).toEqual({ kind: 'verified' })
  expect(again.told).toEqual([])
  expect(await answersOf(again.session)).toEqual(await answersOf(first.session))
})

test.each([
  ['gzip', (text: string) => gzipSync(text), 'trace.txt.gz'],
  ['a zip archive', (text: string) => zipSync({ 'a/trace.txt': new TextEncoder().encode(text) }), 'all.zip'],
])('%s is opened from its index too, with its raw lines', async (_, packing, name) => {
  const shelf = new MemoryShelf()
  const bytes = new Uint8Array(packing(`${STORY}\n`))
  const file = (): File => traceFile(bytes, name)
  const first = await open(shelf, [file()])
  expect(first.news).toMatchObject({ kind: 'kept' })
  const again = await open(shelf, [file()])
  expect(again.result).toMatchObject({ ok: true, reused: {} })
  expect(again.news).toEqual({ kind: 'verified' })
  expect(await answersOf(again.session)).toEqual(await answersOf(first.session))
})

test('a file that was touched since is compared before anything is shown', async () => {
  const shelf = new MemoryShelf()
  await open(shelf, [traceFile()])
  const again = await open(shelf, [traceFile(undefined, undefined, TIME + 1)])
  expect(again.result).toMatchObject({ ok: true, reused: { isVerified: true } })
  expect(again.told.map(({ phase }) => phase)).toEqual(['comparing'])
})

test('a touched file with other content is read, and takes the place of the index', async () => {
  const shelf = new MemoryShelf()
  const bytes = longTrace()
  const first = await open(shelf, [traceFile(bytes)])
  const other = traceFile(changedBetween(bytes), 'trace.txt', TIME + 1)
  const second = await open(shelf, [other])
  expect(second.result).toMatchObject({ ok: true })
  expect(second.result).not.toHaveProperty('reused')
  expect(hashIn(second.result)).not.toBe(hashIn(first.result))
  expect(second.news).toMatchObject({ kind: 'kept' })
  expect((await open(shelf, [other])).result).toMatchObject({ reused: { isVerified: false } })
})

test('other content behind the same size, samples and time is found out, and the index goes', async () => {
  const shelf = new MemoryShelf()
  const bytes = longTrace()
  await open(shelf, [traceFile(bytes)])
  const second = await open(shelf, [traceFile(changedBetween(bytes))])
  expect(second.result).toMatchObject({ reused: { isVerified: false } })
  expect(second.news).toEqual({ kind: 'differs' })
  expect([...shelf.files.keys()]).toEqual([])
})

test.each([
  ['another name', [traceFile(undefined, 'other.txt')], NOTHING],
  ['another size', [traceFile(`${STORY}\n# more\n`)], NOTHING],
  ['a file more', [traceFile(), traceFile('start_pfn=0x100 end_pfn=0x200\n', 'w.txt')], NOTHING],
  ['a first PFN told', [traceFile()], new Map([['ab', 7]])],
])('%s is another capture', async (_, files, starts) => {
  const shelf = new MemoryShelf()
  await open(shelf, [traceFile()])
  const second = await open(shelf, files, 'reuse', starts)
  expect(second.result).toMatchObject({ ok: true })
  expect(second.result).not.toHaveProperty('reused')
})

test('an index of another build is not used', async () => {
  const shelf = new MemoryShelf()
  await open(shelf, [traceFile()])
  expect((await open(shelf, [traceFile()], 'reuse', NOTHING, 'b2')).result).not.toHaveProperty('reused')
})

test('who wants the files read has them read, and the index is made anew', async () => {
  const shelf = new MemoryShelf()
  await open(shelf, [traceFile()])
  const before = [...shelf.files.values()].map((bytes) => bytes.length)
  const second = await open(shelf, [traceFile()], 'renew')
  expect(second.result).not.toHaveProperty('reused')
  expect(second.news).toMatchObject({ kind: 'kept' })
  expect([...shelf.files.values()].map((bytes) => bytes.length)).toEqual(before)
})

test('switched off, nothing is kept and nothing is used', async () => {
  const shelf = new MemoryShelf()
  expect((await open(shelf, [traceFile()], 'off')).news).toEqual({ kind: 'none' })
  expect([...shelf.files.keys()]).toEqual([])
  await open(shelf, [traceFile()])
  expect((await open(shelf, [traceFile()], 'off')).result).not.toHaveProperty('reused')
})

test('where the browser keeps nothing, or gives no room, that is told and the files are open', async () => {
  const none = await open(undefined, [traceFile()])
  expect([none.result.ok, none.news]).toEqual([true, { kind: 'not_kept', why: 'unavailable' }])
  const shelf = new MemoryShelf()
  shelf.quotaBytes = 1000
  const full = await open(shelf, [traceFile()])
  expect([full.result.ok, full.news]).toEqual([true, { kind: 'not_kept', why: 'full' }])
})

test('keeping can be given up: nothing stays of it', async () => {
  const shelf = new MemoryShelf()
  const openShelf = async (): Promise<IndexShelf> => new IndexShelf(shelf, { build: BUILD, budgetBytes: 1e9 })
  const session = new TraceSession({ openShelf, build: BUILD, leastTextBytes: 100 })
  await session.load([traceFile()], false, () => undefined, undefined, 'reuse')
  await session.stopKeeping()
  expect(await session.indexNews()).toMatchObject({ kind: 'not_kept' })
  expect([...shelf.files.keys()]).toEqual([])
})

test('rules of a person judge a capture from its index as they judge one that was read', async () => {
  const shelf = new MemoryShelf()
  await open(shelf, [traceFile()])
  const answers = async (index: IndexUse): Promise<unknown> => {
    const openShelf = async (): Promise<IndexShelf> => new IndexShelf(shelf, { build: BUILD, budgetBytes: 1e9 })
    const session = new TraceSession({ openShelf, build: BUILD, leastTextBytes: 100 })
    const judged = await session.judge({ how: 'switch', ids: [DEFAULT_RULES.rules[0].id], isOff: true })
    expect(judged, 'kept for the load').toMatchObject({ problem: { code: 'no_capture' } })
    const result = await session.load([traceFile()], false, () => undefined, undefined, index)
    expect('reused' in result).toBe(index === 'reuse')
    return answersOf(session)
  }
  expect(await answers('reuse')).toEqual(await answers('off'))
})

function hashIn(result: LoadResult): string {
  if (!result.ok) throw new Error(result.problem.message)
  const { hash } = result.overview.files[0]
  return hash.kind === 'known' ? hash.sha256 : hash.kind
}
