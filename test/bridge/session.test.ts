import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect, test, vi } from 'vitest'
import { type JudgeProgress, type LoadProgress, type LoadResult } from '../../src/bridge/protocol.ts'
import { TraceSession } from '../../src/bridge/session.ts'
import { tracedText } from '../support/tell.ts'
import { LEAK } from '../support/told-capture.ts'

const trace = new File([`${tracedText(LEAK)}\n`], 'trace.txt')
const dmesg = new File(
  ['[    2.100000] cma: cma_alloc: reserved: alloc failed, req-size: 256 pages, ret: -16\n'],
  'dmesg.txt',
)
const silent = (): void => undefined

async function loaded(...files: readonly File[]): Promise<TraceSession> {
  const session = new TraceSession()
  const result = await session.load(files, false, silent)
  if (!result.ok) throw new Error(result.problem.message)
  return session
}

async function hashOf(file: File): Promise<string> {
  return createHash('sha256')
    .update(await file.bytes())
    .digest('hex')
}

async function failureOf(session: TraceSession): Promise<{ raw: readonly string[]; sentence: string }> {
  const list = await session.ask('failures', { thresholdNs: 1 })
  if (!list.ok) throw new Error(list.problem.message)
  const { id } = list.answer.failures[0]
  const detail = await session.ask('failure', { id, thresholdNs: 1, offset: 0, limit: 9 })
  if (!detail.ok || !detail.answer.found) throw new Error('not found')
  return { raw: detail.answer.pages[0].culprits[0].evidence[0].raw, sentence: detail.answer.failure.sentence }
}

test('nothing is answered before something is loaded', async () => {
  const result = await new TraceSession().ask('overview', {})
  expect(result).toEqual({ ok: false, problem: { code: 'no_capture', message: 'No files are open.' } })
})

test('a load answers with the overview, and evidence carries the raw lines', async () => {
  const session = await loaded(trace)
  const { raw, sentence } = await failureOf(session)
  expect(sentence).toContain('held by drv-9 in leaky_grab [leaky]')
  expect(raw).toEqual([expect.stringContaining('1.200000: page_ref_mod_unless: pfn=0x100')])
})

test('a packed file gives the same raw lines', async () => {
  const packed = new File([gzipSync(await trace.bytes())], 'trace.txt.gz')
  expect(await failureOf(await loaded(packed))).toEqual(await failureOf(await loaded(trace)))
})

test('an addition is read together with what was loaded', async () => {
  const session = await loaded(trace)
  const result = await session.load([dmesg], true, silent)
  expect(result).toMatchObject({ ok: true, overview: { events: 8 } })
  expect(filesOf(result)).toEqual(['trace.txt', 'dmesg.txt'])
})

test('the first PFN of an array of pages may be told later, and is kept when files are added', async () => {
  const flags = new File([new BigUint64Array(32).fill(0x400n)], 'kpageflags.bin')
  const session = await loaded(trace, flags)
  const statesOf = async (): Promise<readonly string[]> => {
    const facts = await session.ask('pageFacts', { pfn: 0x100 })
    return facts.ok ? facts.answer.states.map(({ text }) => text) : []
  }
  expect(await statesOf()).toEqual([])
  const told = await session.load([], true, silent, new Map([[await hashOf(flags), 0x100]]))
  expect(told).toMatchObject({ ok: true, overview: { events: 8, files: [{}, { array: { startPfn: 0x100 } }] } })
  expect(await statesOf()).toEqual(['kpageflags: buddy'])
  await session.load([dmesg], true, silent)
  const again = await session.ask('overview', {})
  expect(again).toMatchObject({ ok: true, answer: { files: [{}, { array: { basis: 'given' } }, {}] } })
  const replaced = await session.load([flags], false, silent)
  expect(replaced).toMatchObject({ ok: true, overview: { files: [{ array: { basis: 'none' } }] } })
})

test('a load that is no addition replaces what was loaded', async () => {
  const session = await loaded(trace)
  expect(filesOf(await session.load([dmesg], false, silent))).toEqual(['dmesg.txt'])
})

test('a load that fails says why, lists the files, and keeps the capture', async () => {
  const session = await loaded(trace)
  const result = await session.load([new File(['hello\n'], 'notes.txt')], false, silent)
  expect(result).toMatchObject({ ok: false, problem: { code: 'nothing_readable' } })
  expect(filesOf(result)).toEqual(['notes.txt'])
  expect(await session.ask('overview', {})).toMatchObject({ ok: true, answer: { events: 8 } })
})

test('a second load gives up the first', async () => {
  const session = new TraceSession()
  const first = session.load([trace], false, silent)
  const second = session.load([dmesg], false, silent)
  expect(await first).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
  expect(filesOf(await second)).toEqual(['dmesg.txt'])
  expect(await session.ask('overview', {})).toMatchObject({ ok: true, answer: { events: 0 } })
})

test('progress names both phases', async () => {
  const told: LoadProgress[] = []
  await new TraceSession().load([trace], false, (progress) => told.push(progress))
  expect(told.map(({ phase }) => phase)).toContain('reading')
  expect(told.at(-1)).toMatchObject({ phase: 'deriving', events: 8, fileCount: 1 })
})

test('the threshold decides what is long-term, without a new load', async () => {
  const put = `drv-9 1 2.300000 -1 count=1 < folio_put leaky_release[leaky]`
  const session = await loaded(new File([`${tracedText(`${LEAK}\n${put}`)}\n`], 'trace.txt'))
  const kindAt = async (thresholdNs: number): Promise<string | undefined> => {
    const result = await session.ask('failures', { thresholdNs })
    return result.ok ? result.answer.failures[0].culprit?.kind : result.problem.message
  }
  expect(await kindAt(300_000_000)).toBe('long_term')
  expect(await kindAt(5_000_000_000)).toBe('transient')
  expect(await kindAt(300_000_000)).toBe('long_term')
})

test('raw lines are answered as they stand in the file, cut where it ends', async () => {
  const session = await loaded(trace)
  const lines = (await trace.text()).trimEnd().split('\n')
  const result = await session.ask('rawLines', { file: 0, line: lines.length - 1, count: 9 })
  expect(result).toEqual({
    ok: true,
    answer: { file: 0, line: lines.length - 1, lines: lines.slice(-2), problem: '' },
  })
})

test('a file that is not there is a problem, not an exception', async () => {
  const session = await loaded(trace)
  expect(await session.ask('rawLines', { file: 7, line: 1, count: 1 })).toMatchObject({
    ok: false,
    problem: { code: 'wrong_file' },
  })
})

test('an exception in a query becomes a problem with its message', async () => {
  const session = await loaded(trace)
  // A question that the types forbid, as a broken page might send it.
  const broken = { text: undefined, limit: 3 } as unknown as { text: string; limit: number }
  const message = expect.stringMatching(/./)
  expect(await session.ask('search', broken)).toMatchObject({ ok: false, problem: { code: 'broken_promise', message } })
})

function filesOf(result: LoadResult): readonly string[] {
  return (result.ok ? result.overview.files : result.files).map((file) => file.name)
}

const MINE = JSON.stringify({
  schema: 'pinscope.rules/1',
  rules: [{ id: 'mine', class: 'io', on: 'both', frames: ['leaky_grab'], reason: 'mine', source: 'drivers/leaky.c' }],
})

async function holderClasses(session: TraceSession): Promise<readonly string[]> {
  const choice = { thresholdNs: 0, includeExpected: false, filter: 'leaky' }
  const result = await session.ask('pinners', { ...choice, sort: 'total', isDescending: true, offset: 0, limit: 9 })
  return result.ok ? result.answer.rows.map((row) => row.class) : [result.problem.message]
}

test('the capture is judged anew by rules of a person, and again by those of pinscope', async () => {
  const session = await loaded(trace)
  expect(await holderClasses(session)).toEqual(['driver'])
  const judged = await session.judge({ how: 'instead', text: MINE })
  expect(judged).toMatchObject({ ok: true, overview: { events: 8 }, rules: { changed: 1, off: 0 } })
  expect(await holderClasses(session)).toEqual(['io'])
  expect(await session.judge({ how: 'instead', text: '' })).toMatchObject({ ok: true, rules: { hash: '', changed: 0 } })
  expect(await holderClasses(session)).toEqual(['driver'])
})

test('wrong rules are refused with their line, and change nothing', async () => {
  const session = await loaded(trace)
  await session.judge({ how: 'instead', text: MINE })
  const wrong = await session.judge({ how: 'instead', text: '{\n  "schema": 1\n}' })
  expect(wrong).toMatchObject({ ok: false, problem: { code: 'wrong_rules' }, line: 2 })
  expect(await holderClasses(session)).toEqual(['io'])
})

test('raw lines are read after judging anew as before', async () => {
  const session = await loaded(trace)
  const before = await failureOf(session)
  await session.judge({ how: 'instead', text: MINE })
  expect(await failureOf(session)).toEqual(before)
})

test('rules are merged, switched and taken away again', async () => {
  const session = await loaded(trace)
  await session.judge({ how: 'switch', ids: ['driver'], isOff: true })
  expect(await holderClasses(session)).toEqual(['gup_get'])
  const merged = await session.judge({ how: 'merge', text: MINE })
  expect(merged).toMatchObject({ ok: true, rules: { changed: 1, off: 1 } })
  expect(await holderClasses(session)).toEqual(['io'])
  await session.judge({ how: 'remove', ids: ['mine'] })
  const last = await session.judge({ how: 'switch', ids: ['driver'], isOff: false })
  expect(last).toMatchObject({ ok: true, rules: { hash: '' }, text: '' })
  expect(await holderClasses(session)).toEqual(['driver'])
})

test('judging that is stopped, or overtaken by another, changes nothing', async () => {
  const session = await loaded(trace)
  const slow = vi.spyOn(performance, 'now')
  let now = 0
  slow.mockImplementation(() => (now += 1000))
  const told: JudgeProgress[] = []
  const stopped = session.judge({ how: 'merge', text: MINE }, (progress) => told.push(progress))
  await session.stopJudging()
  expect(await stopped).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
  expect(told[0]).toMatchObject({ what: 'lives', done: 0 })
  const overtaken = session.judge({ how: 'merge', text: MINE })
  const last = session.judge({ how: 'switch', ids: ['driver'], isOff: true })
  expect(await overtaken).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
  expect(await last).toMatchObject({ ok: true, rules: { changed: 0, off: 1, link: 'off:driver' } })
  slow.mockRestore()
})
