import { expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { type FailureQuestion, findFailure, findFailures } from '../../src/queries/failures.ts'
import { placeOf } from '../../src/queries/place.ts'
import { tracedText } from '../support/tell.ts'
import { traceFromText } from '../support/trace-from-text.ts'
import { LATE_PUT, LEAK, toldCapture } from '../support/told-capture.ts'

const leak = toldCapture(LEAK)

test('a leak is one sentence: page, range, holder, since when, and that no put was seen', () => {
  const [failure] = findFailures(leak.trace, leak.derived).failures
  expect(failure.sentence).toBe(
    'pfn 0x100 blocked [0x100, 0x200): held by drv-9 in leaky_grab [leaky] since 1.200000, 800.000 ms before the ' +
      'failure; not released by the end of the trace at 2.500000.',
  )
  expect(failure.culprit).toMatchObject({ function: 'leaky_grab', module: 'leaky', task: { comm: 'drv', pid: 9 } })
})

test('a put after the failure says how long after', () => {
  const { trace, derived } = toldCapture(LATE_PUT)
  expect(findFailures(trace, derived).failures[0].sentence).toContain('; released 300.000 ms after it.')
})

test('a put by another task names that task and its function', () => {
  const { trace, derived } = toldCapture(LATE_PUT.replace('drv-9  1 2.3', 'kworker/0:1-12  1 2.3'))
  expect(findFailures(trace, derived).failures[0].sentence).toContain(
    '; released by kworker/0:1-12 in leaky_release [leaky] 300.000 ms after it.',
  )
})

test('a put in an interrupt names what put, and the running task as only interrupted', () => {
  const text = tracedText(LATE_PUT.replace('drv-9  1 2.3', 'bystander-12  1 2.3'))
  const trace = traceFromText(text.replaceAll(/(bystander-12 \[001\]) \.{5}/g, '$1 d.h..'))
  const { sentence } = findFailures(trace, derive(trace)).failures[0]
  expect(sentence).toContain('; released in an interrupt of bystander-12 by leaky_release [leaky] 300.000 ms after it.')
})

test('of further pages is said which the same task holds, and which others in that function', () => {
  const pages = (pfn: string, task: string): string =>
    LEAK.replaceAll('drv-9', task)
      .replace(/^.*(?:pfn=|test_pages).*$/gm, '')
      .replaceAll(/(count=\d)/g, `pfn=${pfn} $1`)
  const named = (fin: string, at: string): string =>
    `init-1 0 ${at} test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=${fin} ret=fail`
  const story = [pages('0x110', 'drv-9'), pages('0x120', 'drv-9'), pages('0x130', 'oth-8')].join('')
  const lines = [
    ...story.split('\n'),
    named('0x120', '2.000001'),
    named('0x130', '2.000002'),
    named('0x110', '2.000000'),
  ]
  const timeOf = (line: string): number => Number(/^\s*\S+\s+\d+\s+([\d.]+)/.exec(line)?.[1] ?? 0)
  const { trace, derived } = toldCapture(lines.toSorted((a, b) => timeOf(a) - timeOf(b)).join('\n'))
  const [{ sentence }] = findFailures(trace, derived).failures
  expect(sentence).toMatch(
    /; 2 more pages blocked it, 1 of them held by the same task in the same function, 1 by other tasks/,
  )
})

test('a reference that began before the trace is told by its put, and nobody is said to have taken it', () => {
  const story = LATE_PUT.split('\n')
    .filter((line) => !line.includes('leaky_grab') && !line.includes('set 1 count'))
    .join('\n')
  const { trace, derived } = toldCapture(story)
  const { sentence } = findFailures(trace, derived).failures[0]
  expect(sentence).toContain('no get for this reference in the trace: it began before 1.900000')
  expect(sentence).toContain('released by drv-9 in leaky_release [leaky] 300.000 ms after the failure')
  expect(sentence).not.toContain('held by')
})

test('a failed range without any trace of its page is said to be unknown', () => {
  const { trace, derived } = toldCapture(`
    init-1 0 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
  `)
  const [failure] = findFailures(trace, derived).failures
  expect(failure.verdict).toBe('unknown')
  expect(failure.culprit).toBeUndefined()
  expect(failure.sentence).not.toContain('held by')
})

test('the detail of a failure has its pages, its caveats, and a strip that adds up to the pages', () => {
  const { id } = leak.derived.findings[0].range
  const detail = findFailure(leak.trace, leak.derived, { id, thresholdNs: 0, offset: 0, limit: 10 })
  if (!detail.found) throw new Error('not found')
  expect(detail.pages.map((page) => page.pfn)).toEqual([0x100])
  expect(detail.bins.reduce((sum, bin) => sum + bin, 0)).toBe(detail.pageCount)
  expect(detail.bins).toHaveLength(256)
  expect(detail.bins[0]).toBe(1)
})

test('pages are answered a window at a time', () => {
  const { id } = leak.derived.findings[0].range
  const detail = findFailure(leak.trace, leak.derived, { id, thresholdNs: 0, offset: 1, limit: 10 })
  expect(detail).toMatchObject({ found: true, pages: [], pageCount: 1 })
})

test('a page is looked at wherever it stands, or the first of its folio; else the one that is told of', () => {
  const { trace, derived } = twoHolders()
  const [finding] = derived.findings
  expect(finding.pages).toHaveLength(2)
  const asked = { id: finding.range.id, thresholdNs: 0, offset: 0, limit: 0 }
  const lookedAt = (question: Partial<FailureQuestion>): number | undefined => {
    const detail = findFailure(trace, derived, { ...asked, ...question })
    return detail.found ? detail.page?.pfn : undefined
  }
  for (const { pfn } of finding.pages) expect(lookedAt({ pfn })).toBe(pfn)
  const [first, last] = [finding.pages[0], finding.pages[finding.pages.length - 1]]
  expect(lookedAt({ pfn: 0xffff, headPfn: last.headPfn })).toBe(last.pfn)
  expect(lookedAt({ pfn: first.pfn, headPfn: last.headPfn })).toBe(first.pfn)
  expect(lookedAt({ pfn: 0xffff, headPfn: 0xffff })).toBe(lookedAt({}))
})

test('an unknown id is not found', () => {
  expect(findFailure(leak.trace, leak.derived, { id: 'x', thresholdNs: 0, offset: 0, limit: 1 })).toEqual({
    found: false,
  })
})

test('a window that failed while its allocation got another one is not told as if nobody got pages', () => {
  const told = toldCapture(`
    init-1 0 1.500000 cma_alloc_start: name=reserved count=256 align=0
    init-1 0 2.000000 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
    init-1 0 2.500000 cma_alloc_finish: name=reserved pfn=0x200 page=00000000f0f0f0f0 count=256 align=0 errorno=0`)
  expect(findFailures(told.trace, told.derived).failures[0].sentence).toMatch(
    / The allocation went on and got \[0x200, 0x300\) at 2\.500000\.$/,
  )
})

test('flags in hex have their names beside the evidence, where the kernel is known', () => {
  const told = toldCapture(LEAK.replaceAll(/(\+1 unless count=2)/g, '$1 flags=0x20028'))
  const detail = findFailure(told.trace, told.derived, {
    id: told.derived.ranges[0].id,
    thresholdNs: 1,
    offset: 0,
    limit: 9,
  })
  const texts = detail.found ? detail.pages[0].culprits[0].evidence.map(({ text }) => text) : []
  // mapcount=-1 tells a kernel from 6.10 on; bit 17 has two names there
  expect(texts.find((text) => text.startsWith('+1 by drv-9'))).toMatch(/; flags 0x20028 are uptodate\|lru\|0x20000$/)
})

test('a page of which nothing was traced may be a tail: that is said', () => {
  const told = toldCapture(
    'init-1 0 2.000000 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x180 ret=fail',
  )
  const detail = findFailure(told.trace, told.derived, {
    id: told.derived.ranges[0].id,
    thresholdNs: 1,
    offset: 0,
    limit: 9,
  })
  expect(detail.found && detail.pages[0].reason).toContain('no file tells whether it is the tail of a larger page')
})

test('the line cited for a failure that was tried again is the one that prints its time', () => {
  const range = 'start_pfn=0x100 end_pfn=0x200'
  const { trace, derived } = toldCapture(`
    init-1 0 1.5 cma_alloc_start: name=reserved count=256 align=0
    init-1 0 2.0 test_pages_isolated: ${range} fin_pfn=0x180 ret=fail
    init-1 0 2.2 test_pages_isolated: ${range} fin_pfn=0x190 ret=fail
  `)
  const [failure] = findFailures(trace, derived).failures
  expect(failure).toMatchObject({ attempts: 2, time: { text: '2.200000' } })
  const again = trace.events.line[trace.events.length - 1]
  expect(failure.place).toEqual(placeOf(trace, again))
})

test('where any of two may be the holder, the times of one are not said of both', () => {
  const { trace, derived } = toldCapture(`
    app-5  0 1.0 set 1 count=1 < do_anonymous_page
    one-6  0 1.1 +1 count=2 < do_tee
    two-7  1 1.2 +1 count=3 < do_tee
    oth-9  1 1.3 -1 count=2 < free_pipe_info
    init-1 0 1.9 +1 unless count=3 < isolate_migratepages_block
    init-1 0 1.95 -1 count=2 < isolate_migratepages_block
    init-1 0 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
    oth-8  0 9.0 set 1 pfn=0x900 < do_anonymous_page
  `)
  const { sentence } = findFailures(trace, derived).failures[0]
  expect(sentence).toContain('any of 2 holders: one-6 in do_tee, two-7 in do_tee; their times differ')
  expect(sentence).not.toMatch(/since \d/)
})

/** As `LEAK`, with a second page that another driver holds. */
function twoHolders(): ReturnType<typeof toldCapture> {
  const other = `
    cam-6  0 1.31 set 1 pfn=0x110 count=1 < do_anonymous_page
    cam-6  0 1.32 +1 pfn=0x110 unless count=2 < cam_map[cam]
    init-1 0 1.91 +1 pfn=0x110 unless count=3 < isolate_migratepages_block
    init-1 0 1.92 -1 pfn=0x110 count=2 < isolate_migratepages_block
  `
  const lines = `${LEAK.trim()}\n${other.trim()}`.replaceAll(/pfn=0x110 unless/g, 'unless pfn=0x110').split('\n')
  const timeOf = (line: string): number => Number(/^\s*\S+\s+\d+\s+([\d.]+)/.exec(line)?.[1] ?? 0)
  return toldCapture(lines.toSorted((a, b) => timeOf(a) - timeOf(b)).join('\n'))
}

test('the page of another holder is told to be that one’s', () => {
  const { trace, derived } = twoHolders()
  const { sentence } = findFailures(trace, derived).failures[0]
  expect(sentence).toContain('; 1 more page blocked it, held by cam-6 in cam_map [cam].')
})
