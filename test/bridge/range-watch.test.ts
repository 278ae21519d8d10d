import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'
import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { numbersOf } from '../../src/base/column.ts'
import { type FailedRange } from '../../src/derive/failures/failed-range.ts'
import { findFailedRanges } from '../../src/derive/failures/failed-ranges.ts'
import { type SourceFile } from '../../src/model/source-file.ts'
import { fileLineOf, type Trace } from '../../src/model/trace.ts'
import { type FoundRange } from '../../src/queries/found-ranges.ts'
import { watchedLoad } from '../support/watched-load.ts'

const BUNDLED = fileURLToPath(new URL('../fixtures/captures', import.meta.url))
/** Not part of the product, so absent on most machines. */
const CORPUS = fileURLToPath(new URL('../../../shared/corpus', import.meta.url))
if (!existsSync(CORPUS)) console.warn('../shared/corpus is absent: watching its captures is skipped')
const MOST_BYTES = 24 << 20

/** The files of each capture as they would be had the traces not been packed. */
const CAPTURES = [BUNDLED, CORPUS]
  .filter((folder) => existsSync(folder))
  .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  .filter((folder) => statSync(folder).isDirectory())
const [LARGE, READ] = [CAPTURES.filter(isLarge), CAPTURES.filter((folder) => !isLarge(folder))]
if (LARGE.length > 0) console.warn(`too large to be watched here, and skipped: ${LARGE.join(', ')}`)

/** By what gzip says of itself (RFC 1952, ISIZE), so that nothing is unpacked only to be left. */
function isLarge(folder: string): boolean {
  const sizes = fileNamesOf(folder).map((name) => {
    const path = join(folder, name)
    return name.endsWith('.gz') ? readFileSync(path).readUInt32LE(statSync(path).size - 4) : statSync(path).size
  })
  return sizes.reduce((sum, size) => sum + size, 0) > MOST_BYTES
}

function fileNamesOf(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => name !== 'truth.json' && statSync(join(folder, name)).isFile())
}

function filesOf(folder: string): readonly File[] {
  return fileNamesOf(folder).map((name) => {
    const bytes = readFileSync(join(folder, name))
    const isPacked = name.endsWith('.gz')
    return new File([isPacked ? gunzipSync(bytes) : bytes], isPacked ? name.slice(0, -3) : name)
  })
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

function hasEvents({ events }: Trace, { firstLine, ledger }: SourceFile): boolean {
  return numbersOf(events.line).some((line: number) => line >= firstLine && line < firstLine + ledger.total)
}

/** What is told while files are read is among what is known in the end. How many ranges were told at last. */
async function expectAmong(files: readonly File[], partBytes: number): Promise<number> {
  const { trace, told } = await watchedLoad(files, { partBytes })
  const ranges = findFailedRanges(trace)
  const known = new Set(ranges.flatMap((range) => citedBy(trace, range)))
  const names = new Set(ranges.map(nameOf))
  // Of two forms of one recording only one is kept: what the other told stands in another file as well.
  const kept = new Set(trace.files.filter((file) => hasEvents(trace, file)).map(({ name }) => name))
  for (const { ranges: found, atEnd } of told) {
    for (const range of atEnd) expect(names).toContain(nameOf(range))
    for (const range of found) expect(names).toContain(nameOf(range))
    for (const range of [...found, ...atEnd].filter(({ line, fileName }) => line !== undefined && kept.has(fileName)))
      expect(known).toContain(`${nameOf(range)} ${range.fileName}:${range.line}`)
  }
  return told.at(-1)?.total ?? 0
}

test.each(READ)(
  'what is told while a capture is read is what the whole files tell: %s',
  async (folder) => {
    const files = filesOf(folder)
    for (const partBytes of [1 << 20, 200_000]) await expectAmong(files, partBytes)
  },
  120_000,
)

/** A trace as the kernel prints it, long enough for parts of its own. */
const LINES = 700
const PARTS = { partBytes: 5000 }
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

  test.prop([story, fc.integer({ min: 2000, max: 30_000 })], { numRuns: 30 })(
    'is told alike however it is cut into parts',
    async (told, partBytes) => {
      const events: Record<number, string[]> = {}
      for (const { at, what, task, hasStack } of told) {
        const stack = [event(at, '<stack trace>', task), ' => test_pages_isolated', ' => offline_pages']
        events[at] = [...(events[at] ?? []), event(at, what, task), ...(hasStack ? stack : [])]
      }
      await expectAmong([traceWith(events)], partBytes)
    },
  )

  test('tells the end first, without a line until it is read', async () => {
    const { told } = await watchedLoad([traceWith({ 690: [event(690, START), event(690, failed(0x100))] })], PARTS)
    expect(told[0].atEnd).toMatchObject([{ trigger: 'cma', startPfn: 0x100, endPfn: 0x200, time: '690.500000' }])
    expect(told[0].atEnd[0].line).toBeUndefined()
    expect(told[0].total).toBe(1)
  })

  test('tells a range when what stands behind it can be no stack of it any more', async () => {
    const { told } = await watchedLoad([traceWith({ 9: [event(9, failed(0x100))] })], PARTS)
    expect(told.at(-1)).toMatchObject({ atEnd: [], total: 1, ranges: [{ line: 13, times: 1 }] })
    expect(told.at(-1)?.ranges.map(nameOf)).toEqual(['contig 100-200'])
  })

  test('that is packed is told the same way', async () => {
    const plain = traceWith({ 9: [event(9, failed(0x100))] })
    const packed = new File([gzipSync(await plain.bytes())], 'trace.txt.gz')
    const { told } = await watchedLoad([packed], { partBytes: 500 })
    expect(told.at(-1)).toMatchObject({ ranges: [{ fileName: 'trace.txt.gz', line: 13 }] })
  })

  test('names who wanted a range by a stack that stands behind events of other CPUs', async () => {
    const events = [
      event(9, failed(0x100)),
      quiet(9),
      event(9, '<stack trace>'),
      ' => test_pages_isolated',
      ' => offline_pages',
    ]
    const { told } = await watchedLoad([traceWith({ 9: events })], PARTS)
    expect(told.at(-1)?.ranges.map(nameOf)).toEqual(['offline 100-200'])
  })

  test('is not told of when it is read in one part', async () => {
    const { told } = await watchedLoad([traceWith({ 9: [event(9, failed(0x100))] })], { partBytes: 1 << 20 })
    expect(told).toEqual([])
  })

  test('of which a part is lost with a thread is told all the same', async () => {
    const { told } = await watchedLoad([traceWith({ 9: [event(9, failed(0x100))] })], { ...PARTS, failsAt: 3 })
    expect(told.at(-1)?.ranges.map(nameOf)).toEqual(['contig 100-200'])
  })

  test('keeps to itself what a file to come may tell better', async () => {
    const stack = [event(9, '<stack trace>'), ' => 0xffffffff81234567', ' => 0xffffffff81234568']
    const trace = traceWith({ 9: [event(9, failed(0x100)), ...stack] })
    const symbols = new File(['ffffffff81234560 T offline_pages\n'.repeat(9)], 'kallsyms')
    expect((await watchedLoad([trace], PARTS)).told).not.toEqual([])
    expect((await watchedLoad([trace, symbols], PARTS)).told).toEqual([])
  })
})
