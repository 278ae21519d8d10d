import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { parseBenchOptions } from './bench-options.ts'
import { check } from './check.ts'
import { type BenchInput, InputStore } from './inputs/input-store.ts'
import { writePageOwner } from './inputs/write-page-owner.ts'
import { writePerfScript } from './inputs/write-perf-script.ts'
import { writeFailedRange, writeReferences } from './inputs/write-references.ts'
import { writeTrace } from './inputs/write-trace.ts'
import { readInProcess } from './measured/read-question.ts'
import { median, percentile } from './median.ts'
import { markdownTable, measurementLine } from './result-words.ts'
import { thisMachine } from './results.ts'
import { isMet, type Measurement } from './row.ts'
import { NODE_ROWS } from './rows/node-rows.ts'
import { chooseRows, runRows } from './run-rows.ts'

const folder = mkdtempSync(join(tmpdir(), 'pinscope-bench-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const store = new InputStore(folder, true, () => undefined)

const seed = 1
const GENERATED: readonly (readonly [what: string, input: () => BenchInput])[] = [
  ['a trace of so many bytes', () => store.generated('a', (path) => writeTrace(path, { bytes: 30e6, seed }))],
  [
    'a trace of so many events, few of them with stacks',
    () => store.generated('b', (path) => writeTrace(path, { events: 50_000, hasFewStacks: true, seed })),
  ],
  ['a busy page', () => store.generated('c', (path) => writeReferences(path, { pages: 1, pairs: 2000, seed }))],
  ['many holds', () => store.generated('d', (path) => writeReferences(path, { pages: 50, pairs: 2000, seed }))],
  ['a failed range', () => store.generated('e', (path) => writeFailedRange(path, { pages: 256, seed }))],
  ['perf script text', () => store.generated('f', (path) => writePerfScript(path, { bytes: 1e6, seed }))],
  ['a page_owner dump', () => store.generated('g', (path) => writePageOwner(path, { bytes: 1e6, seed }))],
]

describe('generated inputs', () => {
  test.each(GENERATED)('%s is read whole, on one thread and on all', async (_, input) => {
    const { path, bytes, facts } = input()
    for (const threads of ['one', 'all'] as const) {
      const read = await readInProcess({ path, threads, only: 'judge' })
      expect(read).toMatchObject({
        textBytes: bytes,
        lines: facts?.lines,
        events: facts?.events,
        records: facts?.records ?? 0,
        rejected: 0,
        ...(facts?.failures === undefined ? {} : { judged: { failures: facts.failures } }),
      })
    }
  })

  test('the same seed gives the same bytes, another seed others', () => {
    const text = (name: string, given: number): string => {
      writeTrace(join(folder, name), { bytes: 1e5, seed: given })
      return readFileSync(join(folder, name), 'utf8')
    }
    const first = text('one.txt', 7)
    expect(text('two.txt', 7)).toBe(first)
    expect(text('three.txt', 8)).not.toBe(first)
  })

  test('a busy page has all its events, and a range has pages that are held', async () => {
    const busy = GENERATED[2][1]()
    expect(busy.facts).toMatchObject({ events: 4001, pfns: [expect.any(Number) as number] })
    const range = await readInProcess({ path: GENERATED[4][1]().path, threads: 'one', only: 'judge' })
    expect(range.judged?.blockingPages).toBeGreaterThanOrEqual(16)
  })
})

describe('the rows of Node', () => {
  test('each gives numbers of what was really read, on tiny inputs', async () => {
    const tiny = ['--size', '3', '--runs', '1', '--big-trace', '', '--big-owner', '', '--growth']
    const options = parseBenchOptions([...tiny, '--growth-sizes', '0.001,0.002'])
    const said: string[] = []
    const bench = { options, inputs: store, say: (line: string) => void said.push(line) }
    const { measurements, failed } = await runRows(NODE_ROWS, bench, () => undefined)
    expect(failed).toEqual([])
    for (const { value, what, runs, checked } of measurements) {
      expect([what, value > 0, runs.every((run) => run > 0)]).toEqual([what, true, true])
      expect(checked).toMatch(/^\d+ /)
    }
    const rows = new Set(measurements.map(({ row }) => row))
    const optional = new Set(['trace-dat'])
    expect(NODE_ROWS.filter(({ name }) => !rows.has(name) && !optional.has(name))).toEqual([])
    expect(said.filter((line) => line.includes('checked: ')).length).toBe(measurements.length)
  })

  test('a row that fails is told, and the others go on', async () => {
    const failing = { name: 'bad', run: () => Promise.reject(new Error('2 events read, 3 written')) }
    const working = { name: 'good', run: async () => [MEASURED] }
    const bench = { options: parseBenchOptions([]), inputs: store, say: () => undefined }
    const { measurements, failed } = await runRows([failing, working], bench, () => undefined)
    expect(failed).toEqual([{ row: 'bad', message: '2 events read, 3 written' }])
    expect(measurements).toEqual([MEASURED])
  })

  test('a name that is no row is refused', () => {
    expect(() => chooseRows(NODE_ROWS, ['ftrace', 'nonsense'])).toThrow('no row nonsense')
    expect(chooseRows(NODE_ROWS, ['gz']).map(({ name }) => name)).toEqual(['gz'])
  })
})

const MEASURED: Measurement = {
  row: 'ftrace',
  where: 'node',
  what: 'a trace',
  unit: 'MB/s',
  value: 500,
  runs: [500],
  target: { atLeast: 400 },
  baselines: [
    { name: 'wc -l', ms: 100, ratio: 7.5, ratioAtMost: 8 },
    { name: 'trace-cmd report', missing: 'not installed' },
  ],
  checked: '7 events',
}

describe('results', () => {
  test('are met when the value and every ratio are', () => {
    expect(isMet(MEASURED)).toBe(true)
    expect(isMet({ ...MEASURED, value: 399 })).toBe(false)
    expect(isMet({ ...MEASURED, baselines: [{ name: 'wc -l', ms: 1, ratio: 9, ratioAtMost: 8 }] })).toBe(false)
    expect(isMet({ ...MEASURED, target: undefined, baselines: [{ name: 'x', missing: 'not installed' }] })).toBe(
      undefined,
    )
  })

  test('say value, target, verdict, ratio and what is not installed', () => {
    expect(measurementLine(MEASURED)).toMatch(
      /^ftrace +\| +500 MB\/s +\| a trace \| ≥ 400 MB\/s, ≤ 8\.0 × wc -l \| met \| 7\.5 × wc -l \(0\.10 s\) \| trace-cmd report: not installed \| checked: 7 events$/,
    )
    const faster = { ...MEASURED, baselines: [{ name: 'sort', ms: 1000, ratio: 0.05, ratioAtMost: 0.1 }] }
    expect(measurementLine(faster)).toContain('≤ 1/10.0 × sort')
    expect(measurementLine(faster)).toContain('1/20.0 × sort (1.00 s)')
  })

  test('make a table that names the machine', () => {
    const machine = thisMachine()
    const table = markdownTable([
      {
        schema: 'pinscope.bench/1',
        where: 'node',
        startedAt: '2026-01-02T03:04:05.000Z',
        machine,
        options: { size: 1e9, runs: 5, seed },
        measurements: [MEASURED],
        failed: [{ row: 'gz', message: '2 events read, 3 written' }],
      },
    ])
    expect(table).toContain('| Node: gz | failed: 2 events read, 3 written |')
    expect(table).toContain('| Node: a trace | 500 MB/s | ≥ 400 MB/s, ≤ 8.0 × wc -l | met |')
    expect(table).toContain(`${machine.cpu}, ${machine.cores} cores`)
  })

  test('are refused when what was read is not what was written', () => {
    expect(check('a', { events: [3, 3], lines: [4, undefined] })).toBe('3 events')
    expect(() => check('a', { events: [2, 3] })).toThrow('a: 2 events read, 3 written')
    expect(() => check('a', { events: [2, undefined] })).toThrow('nothing to check')
  })

  test('are medians and percentiles of what was measured', () => {
    expect(median([3, 1, 2])).toBe(2)
    expect(percentile([...Array(100).keys()], 0.95)).toBe(95)
    expect(() => median([])).toThrow('no runs')
  })
})
