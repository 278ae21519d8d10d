import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { TraceSession } from '../../src/bridge/session.ts'
import { IndexShelf } from '../../src/snapshot/index-shelf.ts'
import { MemoryShelf } from '../support/memory-shelf.ts'
import { MemorySpill } from '../support/memory-spill.ts'
import { tracedText } from '../support/tell.ts'
import { LEAK } from '../support/told-capture.ts'

const FOLDER = new URL('../fixtures/', import.meta.url).pathname
/** A fixture of more is read by its own tests; here it would only take long. */
const MOST_BYTES = 100_000
const ALL = { thresholdNs: 300_000_000 }
const ENDLESS = { offset: 0, limit: 100 }

/** A session that spills every capture, however small, into the files it lists. */
function spilling(mostBytes?: number, shelf?: IndexShelf): { session: TraceSession; files: MemorySpill[] } {
  const files: MemorySpill[] = []
  const openSpill = async (): Promise<MemorySpill> => {
    files.push(new MemorySpill(mostBytes))
    return files[files.length - 1]
  }
  const indexes = { openShelf: async () => shelf, leastTextBytes: 1, build: 'b' }
  return { session: new TraceSession({ ...indexes, openSpill, mostColumnBytes: -1 }), files }
}

function plain(): TraceSession {
  return new TraceSession({ openShelf: async () => undefined })
}

/** What a person sees of a capture, all of it that cites lines. */
async function answersOf(session: TraceSession): Promise<unknown> {
  const failures = await session.ask('failures', ALL)
  if (!failures.ok) return failures
  const { failures: found } = failures.answer
  const details = await Promise.all(found.map(({ id }) => session.ask('failure', { id, ...ALL, ...ENDLESS })))
  const around = { fileName: 'trace.txt', line: 20 }
  const events = [await session.ask('events', ENDLESS), await session.ask('events', { ...ENDLESS, around })]
  return { failures, details, events, search: await session.ask('search', { text: 'page', limit: 9 }) }
}

function story(text = `${tracedText(LEAK)}\n`, name = 'trace.txt'): File {
  return new File([text], name, { lastModified: 1 })
}

test('every fixture answers as it does in memory when its columns are spilled', async () => {
  const names = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /\.(txt|dat|gz)$/.test(name),
  )
  let spilled = 0
  for (const name of names) {
    const path = join(FOLDER, name)
    const stat = statSync(path)
    if (!stat.isFile() || stat.size > MOST_BYTES) continue
    const file = (): File => new File([readFileSync(path)], 'trace.txt', { lastModified: 1 })
    const { session, files } = spilling()
    const inMemory = plain()
    const [result] = [
      await session.load([file()], false, () => undefined),
      await inMemory.load([file()], false, () => undefined),
    ]
    if (!result.ok) continue
    expect(files.length).toBe(1)
    spilled++
    expect({ name, answers: await answersOf(session) }).toEqual({ name, answers: await answersOf(inMemory) })
  }
  expect(spilled).toBeGreaterThan(20)
}, 300_000)

test('two files of one capture are told apart by lines that are spilled', async () => {
  const { session } = spilling()
  const inMemory = plain()
  const later = tracedText(LEAK).replaceAll(/ (\d+)\.(\d{6}): /g, (_, s, us) => ` ${Number(s) + 1000}.${us}: `)
  for (const one of [session, inMemory])
    await one.load([story(), story(`${later}\n`, 'later.txt')], false, () => undefined)
  expect(await answersOf(session)).toEqual(await answersOf(inMemory))
})

test('the file is removed when another capture comes, and stays while rules are judged anew', async () => {
  const { session, files } = spilling()
  await session.load([story()], false, () => undefined)
  await session.judge({ how: 'instead', text: '' })
  expect(files.map(({ isOpen }) => isOpen)).toEqual([true])
  const asked = await session.ask('spilled', {})
  expect(asked.ok && asked.answer.sizeBytes).toBeGreaterThan(0)
  await session.load([story()], false, () => undefined)
  expect(files.map(({ isOpen }) => isOpen)).toEqual([false, true])
  expect(await session.ask('events', ENDLESS)).toMatchObject({ ok: true })
})

test('a load that fails closes nothing of the capture before', async () => {
  const { session, files } = spilling()
  await session.load([story()], false, () => undefined)
  await session.load([new File(['nothing'], 'a.txt')], false, () => undefined)
  expect(files.map(({ isOpen }) => isOpen)).toEqual([true])
})

test('where there is no room all stays in memory, and the file is removed', async () => {
  const { session, files } = spilling(3)
  expect(await session.load([story()], false, () => undefined)).toMatchObject({ ok: true })
  expect(files.map(({ isOpen }) => isOpen)).toEqual([false])
  expect(await session.ask('spilled', {})).toEqual({ ok: true, answer: { sizeBytes: 0, refused: 'no_room' } })
  expect(await session.ask('events', ENDLESS)).toMatchObject({ ok: true })
})

test('where the browser keeps nothing all stays in memory, and it is said; a small capture says nothing', async () => {
  const indexes = { openShelf: async () => undefined, openSpill: async () => undefined }
  const large = new TraceSession({ ...indexes, mostColumnBytes: -1 })
  const small = new TraceSession(indexes)
  for (const one of [large, small]) await one.load([story()], false, () => undefined)
  const said = [await large.ask('spilled', {}), await small.ask('spilled', {})]
  expect(said).toMatchObject([
    { ok: true, answer: { sizeBytes: 0, refused: 'no_storage' } },
    { ok: true, answer: { sizeBytes: 0, refused: undefined } },
  ])
  expect(await answersOf(large)).toEqual(await answersOf(small))
})

test('a spilled capture is kept, and opens from its index with the same answers', async () => {
  const shelf = new IndexShelf(new MemoryShelf(), { build: 'b', budgetBytes: 1e9 })
  const { session } = spilling(undefined, shelf)
  await session.load([story()], false, () => undefined, new Map(), 'reuse')
  expect(await session.indexNews()).toMatchObject({ kind: 'kept' })
  const again = spilling(undefined, shelf)
  const result = await again.session.load([story()], false, () => undefined, new Map(), 'reuse')
  expect(result).toMatchObject({ ok: true, reused: {} })
  expect(await answersOf(again.session)).toEqual(await answersOf(session))
})
