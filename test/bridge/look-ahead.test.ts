import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { type FailedRange } from '../../src/derive/failures/failed-range.ts'
import { findFailedRanges } from '../../src/derive/failures/failed-ranges.ts'
import { MARK_NAMES } from '../../src/derive/failures/marks.ts'
import { readTrace } from '../../src/formats/read-trace.ts'
import { sourceOfBlob } from '../../src/formats/source.ts'
import { EVENT_KINDS } from '../../src/model/event-kind.ts'
import { fileLineOf, type Trace } from '../../src/model/trace.ts'
import { type FoundRange } from '../../src/queries/found-ranges.ts'
import { lookedAhead } from '../support/looked-ahead.ts'

const BUNDLED = fileURLToPath(new URL('../fixtures/captures', import.meta.url))
/** Not part of the product, so absent on most machines. */
const CORPUS = fileURLToPath(new URL('../../../shared/corpus', import.meta.url))
if (!existsSync(CORPUS)) console.warn('../shared/corpus is absent: looking ahead in its captures is skipped')
const MOST_BYTES = 24 << 20

/** The files of each capture as they would be had the traces not been packed. */
const CAPTURES = [BUNDLED, CORPUS]
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((folder) => statSync(folder).isDirectory())

function filesOf(folder: string): readonly File[] {
  return readdirSync(folder)
    .filter((name) => name !== 'truth.json' && statSync(join(folder, name)).isFile())
    .map((name) => {
      const bytes = readFileSync(join(folder, name))
      const isPacked = name.endsWith('.gz')
      return new File([isPacked ? gunzipSync(bytes) : bytes], isPacked ? name.slice(0, -3) : name)
    })
}

async function readWhole(files: readonly File[]): Promise<Trace> {
  const outcome = await readTrace(files.map(sourceOfBlob))
  if (!outcome.ok) throw new Error(outcome.error.message)
  return outcome.value
}

/** `cma 0x100-0x200`. */
function nameOf({ trigger, startPfn, endPfn }: Pick<FoundRange, 'trigger' | 'startPfn' | 'endPfn'>): string {
  return `${trigger} ${startPfn.toString(16)}-${endPfn.toString(16)}`
}

/** `cma 0x100-0x200 trace.txt:17` for each line that a range cites. */
function citedBy(trace: Trace, range: FailedRange): readonly string[] {
  return range.lines.map((id) => {
    const { file, line } = fileLineOf(trace, id)
    return `${nameOf(range)} ${trace.files[file].name}:${line}`
  })
}

/** Ranges that an event of the trace tells of. */
function traced(trace: Trace): readonly FailedRange[] {
  const marks = new Set(MARK_NAMES)
  const lines = new Set<number>()
  for (let row = 0; row < trace.events.length; row++)
    if (marks.has(EVENT_KINDS[trace.events.kind[row]])) lines.add(trace.events.line[row])
  return findFailedRanges(trace).filter(
    (range) => range.isInferred !== true && range.lines.some((line) => lines.has(line)),
  )
}

/** What is found ahead, whenever it is told, is among what is known in the end; and at last all that events tell is there. */
async function expectSame(files: readonly File[], partBytes: number): Promise<number> {
  const trace = await readWhole(files)
  const told = await lookedAhead(files, { partBytes })
  const known = new Set(findFailedRanges(trace).flatMap((range) => citedBy(trace, range)))
  for (const { ranges, atEnd } of told)
    for (const found of [...ranges, ...atEnd].filter(({ line }) => line !== undefined))
      expect(known).toContain(`${nameOf(found)} ${found.fileName}:${found.line}`)
  const end = told.at(-1)
  const last = end === undefined ? [] : [...end.atEnd, ...end.ranges]
  const ranges = new Set(findFailedRanges(trace).map(nameOf))
  for (const { atEnd } of told) for (const found of atEnd) expect(ranges).toContain(nameOf(found))
  expect(last.filter(({ line }) => line === undefined)).toEqual([])
  expect(last.map(nameOf)).toEqual(expect.arrayContaining([...new Set(traced(trace).map(nameOf))]))
  return last.length
}

describe('what is found ahead of the reading is what the whole files tell', () => {
  test.each(CAPTURES)(
    'in %s',
    async (folder) => {
      const files = filesOf(folder)
      if (files.reduce((sum, { size }) => sum + size, 0) > MOST_BYTES) return
      for (const partBytes of [8 << 20, 200_000]) await expectSame(files, partBytes)
    },
    120_000,
  )
})

/** A trace as the kernel prints it, long enough for parts of its own. */
const LINES = 300
const quiet = (at: number): string =>
  `           <idle>-0       [001] ..s1.  ${at}.000000: page_ref_mod: pfn=0x100 flags= count=2 mapcount=0 mapping=0000000000000000 mt=1 val=1`
const event = (at: number, text: string, task = 'init-1'): string =>
  `${task.padStart(17)}       [000] .....  ${at}.500000: ${text}`
const failed = (startPfn: number): string =>
  `test_pages_isolated: start_pfn=0x${startPfn.toString(16)} end_pfn=0x${(startPfn + 256).toString(16)} fin_pfn=0x${(startPfn + 8).toString(16)} ret=fail`
const START = 'cma_alloc_start: name=reserved count=256 align=0'
const FINISH = 'cma_alloc_finish: name=reserved pfn=0x100 page=0000000000000000 count=256 align=0 errorno=-16'

function traceWith(events: Readonly<Record<number, readonly string[]>>): File {
  const lines = Array.from({ length: LINES }, (_, at) => [quiet(at), ...(events[at] ?? [])]).flat()
  return new File([`# tracer: nop\n#\n${lines.join('\n')}\n`], 'trace.txt')
}

const kinds = [START, FINISH, failed(0x100), failed(0x400), failed(0x100).replace('fail', 'success')] as const

describe('a generated trace', () => {
  const story = fc.array(
    fc.record({
      at: fc.nat({ max: LINES - 1 }),
      what: fc.constantFrom(...kinds),
      task: fc.constantFrom('init-1', 'kworker/0:1-17'),
      hasStack: fc.boolean(),
    }),
    { maxLength: 20 },
  )

  test.prop([story, fc.integer({ min: 100, max: 20_000 })], { numRuns: 60 })(
    'is told alike however it is cut into parts',
    async (told, partBytes) => {
      const events: Record<number, string[]> = {}
      for (const { at, what, task, hasStack } of told) {
        const stack = [event(at, '<stack trace>', task), ' => test_pages_isolated', ' => offline_pages']
        events[at] = [...(events[at] ?? []), event(at, what, task), ...(hasStack ? stack : [])]
      }
      await expectSame([traceWith(events)], partBytes)
    },
  )

  test('tells the end first, without a line until those before it are counted', async () => {
    const told = await lookedAhead([traceWith({ 290: [event(290, START), event(290, failed(0x100))] })], {
      partBytes: 1000,
    })
    expect(told[0].atEnd).toMatchObject([{ trigger: 'cma', startPfn: 0x100, endPfn: 0x200, time: '290.500000' }])
    expect(told[0].atEnd[0].line).toBeUndefined()
    expect(told.at(-1)).toMatchObject({ ranges: [], total: 1, atEnd: [{ line: 295 }] })
  })

  test('names who wanted a range by a stack that stands behind events of other CPUs', async () => {
    const events = [
      event(9, failed(0x100)),
      quiet(9),
      event(9, '<stack trace>'),
      ' => test_pages_isolated',
      ' => offline_pages',
    ]
    const told = await lookedAhead([traceWith({ 9: events })], { partBytes: 1 << 20 })
    expect(told.at(-1)?.ranges.map(nameOf)).toEqual(['offline 100-200'])
  })

  test('is not looked at when it is small', async () => {
    const file = traceWith({ 9: [event(9, failed(0x100))] })
    expect(await lookedAhead([file], { partBytes: 1000, leastBytes: file.size + 1 })).toEqual([])
  })

  test('of which a thread could not read a part is left to the reading', async () => {
    const file = traceWith({ 9: [event(9, failed(0x100))], 290: [event(290, failed(0x400))] })
    const told = await lookedAhead([file], { partBytes: 1000, failsAt: 10 })
    expect(told.at(-1)?.ranges.map(nameOf)).toEqual(['contig 100-200'])
  })

  test('is told with what a log says only when all of it is looked through', async () => {
    const log = new File(['[    3.000000] alloc_contig_range: [900, a00) PFNs busy\n'], 'dmesg.txt')
    const told = await lookedAhead([traceWith({ 9: [event(9, failed(0x100))] }), log], { partBytes: 1000 })
    expect(told.slice(0, -1).flatMap(({ ranges }) => ranges.map(nameOf))).not.toContain('contig 900-a00')
    expect(told.at(-1)?.ranges.map(nameOf)).toEqual(['contig 100-200', 'contig 900-a00'])
    expect(told.at(-1)?.ranges[1]).toMatchObject({ fileName: 'dmesg.txt', line: 1 })
  })
})
