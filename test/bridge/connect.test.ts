import { afterEach, expect, test } from 'vitest'
import { connect, type Connection } from '../../src/bridge/connect.ts'
import { type LoadProgress, type QuestionName } from '../../src/bridge/protocol.ts'
import { QUESTIONS } from '../support/every-question.ts'
import { PortWorker } from '../support/port-worker.ts'
import { tracedText } from '../support/tell.ts'
import { LEAK } from '../support/told-capture.ts'

const trace = new File([`${tracedText(LEAK)}\n`], 'trace.txt')
const other = new File([`${tracedText('a-1 0 1.0 +1 count=2')}\n`], 'other.txt')
const silent = (): void => undefined
const open: Connection[] = []

afterEach(() => {
  for (const connection of open.splice(0)) connection.dispose()
})

function connected(): { connection: Connection; workers: PortWorker[] } {
  const workers: PortWorker[] = []
  const connection = connect(() => {
    workers.push(new PortWorker())
    return workers[workers.length - 1]
  })
  open.push(connection)
  return { connection, workers }
}

async function eventsOf({ api }: Connection): Promise<number | string> {
  const result = await api.ask('overview', {})
  return result.ok ? result.answer.events : result.problem.code
}

test.each(Object.keys(QUESTIONS))('the answer to %s crosses the wire whole', async (name) => {
  const { connection } = connected()
  await connection.api.load([trace], false, silent)
  const known = name as QuestionName // the keys of QUESTIONS are the names, by its type
  const result = await connection.api.ask(known, QUESTIONS[known])
  expect(result).toMatchObject({ ok: true })
  expect(JSON.parse(JSON.stringify(result))).toEqual(result)
})

test('progress crosses the wire', async () => {
  const { connection } = connected()
  const told: LoadProgress[] = []
  await connection.api.load([trace], false, (progress) => told.push(progress))
  await expect.poll(() => told.map(({ phase }) => phase)).toContain('deriving')
})

test('before a load there is nothing to ask', async () => {
  expect(await eventsOf(connected().connection)).toBe('no_capture')
})

test('a second load takes the place of the first, whose worker ends', async () => {
  const { connection, workers } = connected()
  await connection.api.load([trace], false, silent)
  await connection.api.load([other], false, silent)
  expect(await eventsOf(connection)).toBe(1)
  expect(workers.map((worker) => worker.isTerminated)).toEqual([true, false])
})

test('an addition is read together with what was loaded before', async () => {
  const { connection } = connected()
  await connection.api.load([trace], false, silent)
  const result = await connection.api.load([other], true, silent)
  expect(result).toMatchObject({ ok: true, overview: { events: 9 } })
})

test('cancelling a load answers it, and what was loaded before goes on answering', async () => {
  const { connection, workers } = connected()
  await connection.api.load([trace], false, silent)
  const loading = connection.api.load([other], false, silent)
  connection.cancel()
  expect(await loading).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
  expect(await eventsOf(connection)).toBe(8)
  expect(workers.map((worker) => worker.isTerminated)).toEqual([false, true])
})

test('a load that fails keeps what was loaded before', async () => {
  const { connection } = connected()
  await connection.api.load([trace], false, silent)
  const result = await connection.api.load([new File(['hello\n'], 'notes.txt')], false, silent)
  expect(result).toMatchObject({ ok: false, problem: { code: 'nothing_readable' }, files: [{ format: 'unknown' }] })
  expect(await eventsOf(connection)).toBe(8)
})

test('a worker that dies answers its load with a problem that says what to do', async () => {
  const { connection, workers } = connected()
  const loading = connection.api.load([trace], false, silent)
  workers[0].die('out of memory')
  const result = await loading
  const message = expect.stringMatching(/^The worker ended with: out of memory\. Open the files again/)
  expect(result).toMatchObject({ ok: false, problem: { code: 'worker_died', message } })
})

test('a worker that dies later answers every question that waits, and the next load starts a new one', async () => {
  const { connection, workers } = connected()
  await connection.api.load([trace], false, silent)
  const asking = connection.api.ask('overview', {})
  workers[0].die('')
  expect(await asking).toMatchObject({ ok: false, problem: { code: 'worker_died' } })
  expect(await eventsOf(connection)).toBe('worker_died')
  await connection.api.load([other], true, silent)
  expect(await eventsOf(connection)).toBe(9)
})

test('rules of a person outlive the worker that judged by them', async () => {
  const { connection } = connected()
  const rule = { id: 'mine', class: 'io', on: 'both', frames: ['leaky_grab'], reason: 'mine', source: 'a.c' }
  const rules = JSON.stringify({ schema: 'pinscope.rules/1', rules: [rule] })
  expect(await connection.api.judge({ how: 'merge', text: rules })).toMatchObject({
    ok: false,
    problem: { code: 'no_capture' },
  })
  await connection.api.load([trace], false, silent)
  const judged = await connection.api.judge({ how: 'merge', text: rules })
  expect(JSON.parse(JSON.stringify(judged))).toEqual(judged)
  await connection.api.load([other], false, silent)
  const kept = await connection.api.ask('rules', { choice: { thresholdNs: 0, includeExpected: true, filter: '' } })
  expect(kept).toMatchObject({ ok: true, answer: { changed: 1, hash: judged.ok ? judged.rules.hash : 'refused' } })
})

test('files that are read while other rules are chosen are judged by these', async () => {
  const { connection } = connected()
  await connection.api.load([trace], false, silent)
  // Long to read, beside the few events that are judged meanwhile.
  const long = new File([`${tracedText(LEAK)}\n`.repeat(300)], 'long.txt')
  const loading = connection.api.load([long], false, silent)
  const judged = await connection.api.judge({ how: 'switch', ids: ['driver'], isOff: true })
  expect(judged).toMatchObject({ ok: true, rules: { off: 1 } })
  expect(await loading).toMatchObject({ ok: true })
  const kept = await connection.api.ask('rules', { choice: { thresholdNs: 0, includeExpected: true, filter: '' } })
  expect(kept).toMatchObject({ ok: true, answer: { off: 1, link: 'off:driver' } })
})
