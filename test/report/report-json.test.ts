import { describe, expect, test } from 'vitest'
import { fillRawText } from '../../src/queries/raw-text.ts'
import { gatherReport } from '../../src/report/report-facts.ts'
import { type ReportJson, reportJson } from '../../src/report/report-json.ts'
import { tracedText } from '../support/tell.ts'
import { LATE_PUT, LEAK, toldCapture } from '../support/told-capture.ts'

const CMA_FAILS = `
  drv-9 0 1.5 cma_alloc_start: name=reserved count=256 align=0
  drv-9 0 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x180 ret=fail`

async function reportOf(story: string): Promise<ReportJson> {
  const { trace, derived } = toldCapture(story)
  const lines = tracedText(story).split('\n')
  const readLines = async (_file: number, wanted: readonly number[]): Promise<ReadonlyMap<number, string>> =>
    new Map(wanted.map((line) => [line, lines[line - 1]]))
  return reportJson(await fillRawText(gatherReport(trace, derived), readLines))
}

test('the report of a leak, field by field', async () => {
  const report = await reportOf(LEAK)
  expect(Object.keys(report)).toEqual([
    'schema',
    'thresholdNs',
    'rulesInForce',
    'inputs',
    'failures',
    'successes',
    'groups',
    'holders',
    'pinners',
    'pinnersLeftOff',
    'hidden',
  ])
  expect(report.schema).toBe('pinscope.report/1')
  expect(report.inputs[0]).toMatchObject({ name: 'trace.txt', format: 'ftrace', events: 8, lostEvents: 0 })
  expect(report.groups).toEqual([
    {
      standing: 'named',
      title: 'leaky_grab [leaky]  drv-9',
      culprits: [{ comm: 'drv', pid: 9, function: 'leaky_grab [leaky]' }],
      class: 'driver',
      failures: [report.failures[0].id],
      blocked: 1,
      attempts: 1,
      pages: 1,
      kind: 'leak',
      confidence: report.failures[0].culprits[0].confidence,
    },
  ])
  const [failure] = report.failures
  expect(failure).toMatchObject({
    trigger: 'contig',
    startPfn: 0x100,
    endPfn: 0x200,
    timeNs: '2000000000',
    blockingPfns: [0x100],
    verdict: 'held',
  })
  expect(failure.culprits[0]).toMatchObject({
    rank: 1,
    pfn: 0x100,
    headPfn: 0x100,
    comm: 'drv',
    pid: 9,
    function: 'leaky_grab [leaky]',
    module: 'leaky',
    stack: ['try_grab_folio', 'leaky_grab [leaky]', 'leaky_ioctl [leaky]', '__x64_sys_ioctl'],
    kind: 'leak',
    heldFromNs: '1200000000',
    heldToNs: null,
    anyOf: 1,
  })
})

test('evidence is the line itself, at its place', async () => {
  const report = await reportOf(LEAK)
  const lines = tracedText(LEAK).split('\n')
  const { evidence } = report.failures[0].culprits[0]
  expect(evidence.length).toBeGreaterThan(0)
  for (const { file, line, text } of evidence) {
    expect(file).toBe('trace.txt')
    expect(text).toBe(lines[line - 1])
  }
  expect(evidence[0].text).toContain('page_ref_mod_unless: pfn=0x100')
})

test('a failure cites the line that tells of it', async () => {
  const [{ place }] = (await reportOf(LEAK)).failures
  expect(place?.file).toBe('trace.txt')
  expect(tracedText(LEAK).split('\n')[(place?.line ?? 0) - 1]).toContain('fin_pfn=0x100 ret=fail')
})

test('a page has its own facts, also when nobody can be named, and how many lines of them are left off', () => {
  const { trace, derived } = toldCapture(LEAK)
  const facts = gatherReport(trace, derived)
  const [detail] = facts.failures
  const places = Array.from({ length: 42 }, (_, at) => ({ file: 0, fileName: 'trace.txt', line: at + 1 }))
  const evidence = [{ text: 'allocated', places, raw: ['first line'] }]
  const pages = [{ ...detail.pages[0], culprits: [], evidence }]
  const [failure] = reportJson({ ...facts, failures: [{ ...detail, pages }] }).failures
  expect(failure.culprits).toEqual([])
  expect(failure.pages[0].evidence).toHaveLength(40)
  expect(failure.pages[0].evidenceLeftOff).toBe(2)
  const first = { file: 'trace.txt', line: 1, text: 'first line', fact: 'allocated' }
  expect(failure.pages[0].evidence[0]).toEqual(first)
})

test('a put gives the end of the hold in absolute nanoseconds', async () => {
  expect((await reportOf(LATE_PUT)).failures[0].culprits[0].heldToNs).toBe('2300000000')
})

test('absolute times beyond 2^53 ns stay exact', async () => {
  const late = LEAK.replace(/ (\d)\.(\d{6}) /g, ' 1700000$1.$2 ')
  expect((await reportOf(late)).failures[0].timeNs).toBe('17000002000000000')
})

describe('the window that an allocation got after one had failed', () => {
  const GOT = 'cma_alloc_finish: name=reserved pfn=0x900 page=00000000f0f0f0f0 count=256 align=0 errorno=0'

  test('stands beside the sentence that tells it, with its event', async () => {
    const story = `drv-9 0 2.5 ${GOT}`
    const { failures } = await reportOf(`${CMA_FAILS}\n${story}`)
    const line =
      tracedText(`${CMA_FAILS}\n${story}`)
        .split('\n')
        .findIndex((text) => text.includes('pfn=0x900')) + 1
    const got = { startPfn: 0x900, endPfn: 0xa00, timeNs: '2500000000', file: 'trace.txt', line }
    expect(failures.map(({ gotInstead }) => gotInstead)).toEqual([got])
    expect(failures[0].sentence).toContain('got [0x900, 0xa00) at 2.500000')
  })

  test('is absent where no event tells of one', async () => {
    expect((await reportOf(CMA_FAILS)).failures.map((failure) => 'gotInstead' in failure)).toEqual([false])
  })
})

test('pinners leave out what migration expects and what is short, and name their tasks', async () => {
  const { pinners } = await reportOf(LEAK)
  expect(pinners[0]).toMatchObject({ function: 'leaky_grab [leaky]', tasks: [{ comm: 'drv', pid: 9, holds: 1 }] })
  expect(pinners.map((pinner) => pinner.class)).not.toContain('allocation')
})

describe('what is left off is counted', () => {
  const driver = (at: number): string => {
    const pfn = `pfn=0x${(0x1000 + at).toString(16)}`
    return `drv-${at} 0 1.${100_000 + at} +1 unless ${pfn} count=2 < try_grab_folio grab_${at % 60}[leaky]`
  }
  const busy = (holds: number): string =>
    `${Array.from({ length: holds }, (_, at) => driver(at)).join('\n')}\ninit-1 0 9.0 +1 pfn=0x9 count=2 < folio_get`

  test('nothing of a short report', async () => {
    const { pinners, pinnersLeftOff, failures } = await reportOf(LEAK)
    expect(pinnersLeftOff).toBe(0)
    expect(pinners).toMatchObject([{ pages: 1, pfns: [0x100], pfnsLeftOff: 0, tasksLeftOff: 0 }])
    expect(failures[0].culprits.map(({ evidenceLeftOff }) => evidenceLeftOff)).toEqual([0])
  })

  test('stacks beyond the 50 with most hold time, and their tasks beyond three', async () => {
    const { pinners, pinnersLeftOff } = await reportOf(busy(300))
    expect([pinners.length, pinnersLeftOff]).toEqual([50, 10])
    for (const { pages, pfns, tasks, tasksLeftOff } of pinners) {
      expect([pages, pfns.length, tasks.length, tasksLeftOff]).toEqual([5, 5, 3, 2])
      expect(pfns).toEqual(pfns.toSorted((a, b) => a - b))
    }
  })

  test('pages of a stack beyond 1000', async () => {
    const { pinners } = await reportOf(busy(1200).replace(/grab_\d+/g, 'grab'))
    expect(pinners[0]).toMatchObject({ pages: 1200, pfnsLeftOff: 200 })
    expect(pinners[0].pfns.slice(0, 2)).toEqual([0x1000, 0x1001])
  })
})

test('the events that need not be read are counted by why', async () => {
  const { hidden } = await reportOf(LEAK)
  expect(hidden.events).toEqual({ total: 7, shown: 1, short: 1, expected: 5, unpaired: 0 })
})

test('who attached private data is told from a holder', async () => {
  const { failures } = await reportOf(`
    db-7   0 1.0 set 1 count=1 < filemap_alloc_folio
    db-7   0 1.1 +1 count=2 mapcount=-1 flags=uptodate|lru < __filemap_add_folio filemap_add_folio
    db-7   0 1.2 +1 count=3 mapcount=-1 flags=uptodate|lru|private < folio_attach_private create_empty_buffers
    init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
    oth-8  0 9.0 set 1 pfn=0x900 < do_anonymous_page`)
  expect(failures[0].culprits).toMatchObject([{ comm: 'db', pid: 7, isPrivateData: true }])
  const [holder] = (await reportOf(LEAK)).failures[0].culprits
  expect('isPrivateData' in holder).toBe(false)
})

test('a loss of unknown size is null, not a number', async () => {
  const { inputs } = await reportOf('a-1 1 1.0 +1 count=2\nCPU:1 [LOST EVENTS]\na-1 1 2.0 +1 count=3')
  expect(inputs[0].lostEvents).toBeNull()
})

test('without failed ranges the report is whole and empty', async () => {
  const report = await reportOf('a-1 1 1.0 +1 count=2')
  expect(report.failures).toEqual([])
  expect(report.inputs).toHaveLength(1)
})
