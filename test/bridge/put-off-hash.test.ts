import { createHash } from 'node:crypto'
import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { type HashSeat } from '../../src/bridge/hash-seat.ts'
import { type HashProgress } from '../../src/bridge/protocol.ts'
import { type SessionIndexes, TraceSession } from '../../src/bridge/session.ts'
import { type OverviewAnswer } from '../../src/queries/overview.ts'
import { IndexShelf } from '../../src/snapshot/index-shelf.ts'
import { MemoryShelf } from '../support/memory-shelf.ts'
import { tracedText } from '../support/tell.ts'
import { LATE_PUT, LEAK } from '../support/told-capture.ts'

const LEAKS = `${tracedText(LEAK)}\n`
const PUTS = `${tracedText(LATE_PUT)}\n`
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
const silent = (): void => undefined

/** A file that another one takes the place of, as far as its bytes go. */
class ReplacedFile extends File {
  later: Blob | undefined
  override slice(from?: number, to?: number): Blob {
    return this.later?.slice(from, to) ?? super.slice(from, to)
  }
}

/** A thread that hashes when the test lets it. */
class HeldSeat implements HashSeat {
  readonly asked: (() => Promise<void>)[] = []
  ends = 0
  sumOf(piece: Blob): Promise<string> {
    return new Promise((resolve) => this.asked.push(async () => resolve(sha256(await piece.text()))))
  }
  end(): void {
    this.ends++
  }
}

/** A session that puts the hash of every file off. */
function sessionOf(more: Partial<SessionIndexes> = {}): TraceSession {
  return new TraceSession({ openShelf: async () => undefined, mostHashedBytes: 0, ...more })
}

async function load(session: TraceSession, ...files: readonly File[]): Promise<OverviewAnswer> {
  const result = await session.load(files, false, silent)
  if (!result.ok) throw new Error(result.problem.message)
  return result.overview
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1))
}

const kinds = (files: OverviewAnswer['files'] | undefined): readonly string[] =>
  (files ?? []).map(({ hash }) => hash.kind)

test('a large file answers before it is hashed, and its hash follows', async () => {
  const session = sessionOf()
  const overview = await load(session, new File([LEAKS], 'trace.txt'))
  expect(overview).toMatchObject({ failures: 1, files: [{ hash: { kind: 'put_off' } }] })
  const told: HashProgress[] = []
  const files = await session.contentHashes((progress) => told.push(progress))
  expect(files).toMatchObject([{ hash: { kind: 'known', sha256: sha256(LEAKS) } }])
  expect(told).toEqual([{ file: 0, fileName: 'trace.txt', bytesDone: LEAKS.length, bytesTotal: LEAKS.length }])
  expect(await session.ask('overview', {})).toMatchObject({ answer: { files } })
})

test('a small file is hashed at once', async () => {
  const overview = await load(new TraceSession(), new File([LEAKS], 'trace.txt'))
  expect(overview.files).toMatchObject([{ hash: { kind: 'known', sha256: sha256(LEAKS) } }])
})

test.prop(
  [
    fc.array(fc.constantFrom(LEAKS, PUTS, 'start_pfn=0x100 end_pfn=0x200\n', 'hello\n'), {
      minLength: 1,
      maxLength: 4,
    }),
  ],
  {
    numRuns: 20,
  },
)('files hashed behind the answers give what they give hashed at once, copies and all', async (texts) => {
  const given = [LEAKS, ...texts].map((text, at) => new File([text], `${at}.txt`))
  const [now, later] = [new TraceSession(), sessionOf()]
  const atOnce = await load(now, ...given)
  const putOff = await load(later, ...given)
  await later.hashNow()
  const files = await later.contentHashes()
  const withoutFingerprint = files?.map(({ hash, ...file }) => ({
    ...file,
    hash: hash.kind === 'known' ? { kind: 'known', sha256: hash.sha256 } : hash,
  }))
  expect({ ...putOff, files: withoutFingerprint }).toEqual(atOnce)
  const question = { thresholdNs: 300_000_000 }
  expect(await later.ask('failures', question)).toEqual(await now.ask('failures', question))
})

test('a file that changed since it was read gets no hash, and it is said why', async () => {
  const file = new ReplacedFile([LEAKS], 'trace.txt')
  const session = sessionOf()
  await load(session, file)
  file.later = new Blob([LEAKS.replace('drv-9', 'drv-8')])
  const files = await session.contentHashes()
  expect(files).toMatchObject([
    { hash: { kind: 'none', why: expect.stringMatching(/^it changed since it was read: .*open it again/) } },
  ])
})

test('a file that cannot be read any more gets no hash, and it is said why', async () => {
  const file = new ReplacedFile([LEAKS], 'trace.txt')
  const session = sessionOf({
    createHashSeat: () => ({ sumOf: () => Promise.reject(new Error('NotReadableError')), end: silent }),
  })
  await load(session, file)
  expect(await session.contentHashes()).toMatchObject([
    { hash: { kind: 'none', why: expect.stringMatching(/could not be read \(NotReadableError\).*open it again/) } },
  ])
})

test('hashing is stopped, and goes on at wish; questions are answered meanwhile', async () => {
  const seat = new HeldSeat()
  const session = sessionOf({ createHashSeat: () => seat })
  await load(session, new File([LEAKS], 'a.txt'), new File([PUTS], 'b.txt'))
  const waiting = session.contentHashes()
  await session.hashNow()
  await until(() => seat.asked.length === 1)
  expect(await session.ask('failures', { thresholdNs: 1 })).toMatchObject({ ok: true })
  await seat.asked[0]()
  await until(() => seat.asked.length === 2)
  await session.stopHashing()
  await seat.asked[1]()
  expect(kinds(await waiting)).toEqual(['known', 'put_off'])
  expect(seat.ends).toBe(1)
  await session.hashNow()
  await until(() => seat.asked.length === 3)
  await seat.asked[2]()
  expect(kinds(await session.contentHashes())).toEqual(['known', 'known'])
})

test('hashing waits while a question is answered', async () => {
  const seat = new HeldSeat()
  const session = sessionOf({ createHashSeat: () => seat })
  const file = new ReplacedFile([LEAKS], 'trace.txt')
  await load(session, file)
  let read: (blob: Blob) => void = silent
  const held = new Promise<Blob>((resolve) => (read = resolve))
  // Raw lines are read from the file: the question lasts until the test gives them.
  file.later = Object.assign(new Blob([LEAKS]), {
    slice: () => ({ stream: () => streamOf(held), arrayBuffer: async () => (await held).arrayBuffer() }),
  })
  const answer = session.ask('rawLines', { file: 0, line: 1, count: 1 })
  await session.hashNow()
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(seat.asked).toHaveLength(0)
  file.later = undefined
  read(new Blob([LEAKS]))
  await answer
  await until(() => seat.asked.length === 1)
})

test('judging anew keeps the hashes that are known', async () => {
  const session = sessionOf()
  await load(session, new File([LEAKS], 'trace.txt'))
  await session.contentHashes()
  const judged = await session.judge({ how: 'switch', ids: ['driver'], isOff: true })
  expect(judged).toMatchObject({ ok: true, overview: { files: [{ hash: { kind: 'known', sha256: sha256(LEAKS) } }] } })
})

test('an index is kept when the hash is known, and has it', async () => {
  const shelf = new MemoryShelf()
  const seat = new HeldSeat()
  const options = {
    openShelf: async () => new IndexShelf(shelf, { build: 'b1', budgetBytes: 1e9 }),
    build: 'b1',
    leastTextBytes: 100,
    createHashSeat: () => seat,
  }
  const file = new File([LEAKS], 'trace.txt', { lastModified: 1_700_000_000_000 })
  const session = sessionOf(options)
  await session.load([file], false, silent, undefined, 'reuse')
  await until(() => seat.asked.length === 1)
  expect([...shelf.files.keys()]).toEqual([])
  await seat.asked[0]()
  expect(await session.indexNews()).toMatchObject({ kind: 'kept' })
  const again = await sessionOf(options).load([file], false, silent, undefined, 'reuse')
  expect(again).toMatchObject({
    ok: true,
    reused: {},
    overview: { files: [{ hash: { kind: 'known', sha256: sha256(LEAKS) } }] },
  })
})

test('no index is kept of a file that is not hashed', async () => {
  const shelf = new MemoryShelf()
  const openShelf = async (): Promise<IndexShelf> => new IndexShelf(shelf, { build: 'b1', budgetBytes: 1e9 })
  const session = sessionOf({ openShelf, build: 'b1', leastTextBytes: 100 })
  await session.load([new File([LEAKS], 'trace.txt')], false, silent, undefined, 'reuse')
  await session.stopHashing()
  expect(await session.indexNews()).toEqual({ kind: 'not_kept', why: 'stopped' })
  expect([...shelf.files.keys()]).toEqual([])
})

test('an index is kept after all when hashing was stopped and went on', async () => {
  const shelf = new MemoryShelf()
  const openShelf = async (): Promise<IndexShelf> => new IndexShelf(shelf, { build: 'b1', budgetBytes: 1e9 })
  const session = sessionOf({ openShelf, build: 'b1', leastTextBytes: 100 })
  await session.load([new File([LEAKS], 'trace.txt')], false, silent, undefined, 'reuse')
  await session.stopHashing()
  expect(await session.indexNews()).toEqual({ kind: 'not_kept', why: 'stopped' })
  await session.hashNow()
  expect(await session.indexNews()).toMatchObject({ kind: 'kept' })
})

test('an index is kept when hashing is stopped and goes on before it would have been', async () => {
  const shelf = new MemoryShelf()
  const openShelf = async (): Promise<IndexShelf> => new IndexShelf(shelf, { build: 'b1', budgetBytes: 1e9 })
  const seat = new HeldSeat()
  const session = sessionOf({ openShelf, build: 'b1', leastTextBytes: 100, createHashSeat: () => seat })
  await session.load([new File([LEAKS], 'trace.txt')], false, silent, undefined, 'reuse')
  await session.stopHashing()
  await session.hashNow()
  await until(() => seat.asked.length === 1)
  // Longer than keeping waits at least: it must wait for the run that goes on.
  await new Promise((resolve) => setTimeout(resolve, 400))
  await seat.asked[0]()
  expect(await session.indexNews()).toMatchObject({ kind: 'kept' })
})

test('nothing is kept later of what a person did not want to be kept', async () => {
  const shelf = new MemoryShelf()
  const openShelf = async (): Promise<IndexShelf> => new IndexShelf(shelf, { build: 'b1', budgetBytes: 1e9 })
  const session = sessionOf({ openShelf, build: 'b1', leastTextBytes: 100 })
  await session.load([new File([LEAKS], 'trace.txt')], false, silent, undefined, 'reuse')
  await session.stopHashing()
  await session.indexNews()
  await session.stopKeeping()
  await session.hashNow()
  await session.contentHashes()
  expect(await session.indexNews()).toEqual({ kind: 'not_kept', why: 'stopped' })
  expect([...shelf.files.keys()]).toEqual([])
})

/** The bytes of a blob, when it is there. */
function streamOf(blob: Promise<Blob>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: async (controller) => {
      controller.enqueue(new Uint8Array(await (await blob).arrayBuffer()))
      controller.close()
    },
  })
}
