import { afterEach, expect, test } from 'vitest'
import { connect } from '../../src/bridge/connect.ts'
import { type LoadProgress } from '../../src/bridge/protocol.ts'
import { tracedText } from '../support/tell.ts'
import { LEAK } from '../support/told-capture.ts'

const trace = new File([`${tracedText(LEAK)}\n`], 'trace.txt')
const connection = connect()

afterEach(() => {
  connection.cancel()
})

test('a real worker reads a file, tells progress, and answers with raw lines', async () => {
  const told: LoadProgress[] = []
  const result = await connection.api.load([trace], false, (progress) => told.push(progress))
  expect(result).toMatchObject({ ok: true, overview: { events: 8, files: [{ name: 'trace.txt' }] } })
  expect(told.length).toBeGreaterThan(0)
  const lines = await connection.api.ask('rawLines', { file: 0, line: 1, count: 1 })
  expect(lines).toMatchObject({ ok: true, answer: { lines: [expect.stringContaining('page_ref_set')] } })
})

test('cancelling ends a load that is running, and what was loaded before goes on answering', async () => {
  await connection.api.load([trace], false, () => undefined)
  const line =
    ' a-1 [000] ..... 1.000000: page_ref_mod: pfn=0x1 flags=none count=1 mapcount=0 mapping=(nil) mt=0 val=1\n'
  const loading = connection.api.load([new File([line.repeat(500_000)], 'long.txt')], false, () => undefined)
  setTimeout(() => connection.cancel(), 50)
  expect(await loading).toMatchObject({ ok: false, problem: { code: 'cancelled' } })
  expect(await connection.api.ask('overview', {})).toMatchObject({ ok: true, answer: { events: 8 } })
})
