import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { derive } from '../../../src/derive/derive.ts'
import { fillRawText } from '../../../src/queries/raw-text.ts'
import { writeBugReport } from '../../../src/report/mail/bug-report.ts'
import { gatherBugReport } from '../../../src/report/mail/bug-report-facts.ts'
import { type BugReportAbout, type PersonSaid } from '../../../src/queries/bug-report-question.ts'
import { columnsOf } from '../../../src/report/mail/wrap-lines.ts'
import { citedPieces } from '../../support/cited-pieces.ts'
import { tracedText } from '../../support/tell.ts'
import { LATE_PUT, LEAK } from '../../support/told-capture.ts'
import { traceFromText } from '../../support/trace-from-text.ts'

interface Told {
  readonly about?: BugReportAbout
  readonly session?: PersonSaid
  readonly format?: 'text' | 'markdown' | 'json'
}

/** A finding of a trace in text, with its lines. */
async function reportOf(text: string, { about = { kind: 'first' }, session, format = 'text' }: Told = {}) {
  const trace = traceFromText(text)
  const lines = text.split('\n')
  const facts = gatherBugReport(trace, derive(trace), about, undefined, session)
  const filled = await fillRawText(facts, (_file, wanted) => {
    return Promise.resolve(new Map(wanted.map((line) => [line, lines[line - 1]])))
  })
  return writeBugReport(filled, format)
}

function told(story: string, asked?: Told): Promise<string> {
  return reportOf(tracedText(story), asked)
}

/** Lines that go on further in, as one. */
function unfolded(mail: string): string {
  return mail.replace(/\n +/g, ' ')
}

test('a leak is told with its holder, its count as a sum with lines, and the line of its get', async () => {
  const mail = await told(LEAK)
  expect(mail).toContain('held by drv-9 in leaky_grab [leaky] since\n1.200000')
  expect(mail).toMatch(/count 2 = 1 leaky_grab \[leaky\] \(driver \/ DMA, trace\.txt:13\) \+ 1\n +do_anonymous_page/)
  expect(mail).toContain('migration expects 1, so 1 is too many')
  expect(mail).toMatch(/trace\.txt:13: +drv-9 \[001\] \.{5} 1\.200000: page_ref_mod_unless:/)
})

test('holders that the evidence does not tell apart are told as a set, in the subject too', async () => {
  const second = LEAK.replace(
    '  init-1 0 1.900000',
    '  cam-8  1 1.300100 +1 unless count=3 < try_grab_folio leaky_grab[leaky] leaky_ioctl[leaky]\n' +
      '  irq-5  1 1.400000 -1 count=2 < folio_put some_work process_one_work\n  init-1 0 1.900000',
  )
  const mail = await told(second)
  expect(unfolded(mail)).toMatch(/^Subject: .* held by one of 2, not told apart/)
  expect(unfolded(mail)).toContain('together, one of these 2, which the evidence does not tell apart')
  expect(unfolded(mail)).toContain('trace.txt:13, or another of 2 not told apart)')
})

test('a reference whose get is not in the trace is released by somebody, and held by nobody', async () => {
  const mail = await told(`
    init-1 0 1.900000 +1 unless count=3 < isolate_migratepages_block isolate_migratepages_range
    init-1 0 1.900050 -1 count=2 < putback_movable_pages isolate_migratepages_range
    init-1 0 2.000000 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
    drv-9  1 2.300000 -1 count=1 < folio_put leaky_release[leaky] __fput
    drv-9  1 2.900000 +1 pfn=0x700 count=3 < folio_get read_pages
  `)
  expect(mail).not.toMatch(/held in leaky_release/)
  expect(unfolded(mail)).toContain('in the way, released in leaky_release [leaky], get not seen')
  expect(mail).toMatch(/put in leaky_release \[leaky\], task drv-9/)
})

test('lost events are said, and where', async () => {
  const mail = await told(`CPU:1 [LOST 512 EVENTS]\n${LEAK}`)
  expect(mail).toContain('lost events: 512')
  expect(mail).toContain('512 events lost')
})

test('without a failure the mail says what was looked for, and what to record', async () => {
  const mail = await told('a-1 0 1.0 +1 count=2')
  expect(mail).toMatch(/^Subject: mm: no failed range found in this capture\n/)
  expect(mail).toContain('Looked for: test_pages_isolated')
  expect(mail).toContain('npx pinscope record --kernel "$(uname -r)"')
})

test('a page that blocks nothing is told with its holds; one that no file names, with that', async () => {
  const free = await told(LEAK, { about: { kind: 'page', pfn: 0x102 } })
  expect(free).toContain('pfn 0x102: blocked no failed range in this capture')
  expect(await told(LEAK, { about: { kind: 'page', pfn: 0x999 } })).toContain('No file names pfn 0x999')
})

test('the page asked for comes first', async () => {
  expect(await told(LATE_PUT, { about: { kind: 'page', pfn: 0x100 } })).toBe(await told(LATE_PUT))
})

test('what a person said stands apart from what the files say', async () => {
  const session = { verdict: 'suspect', assignee: 'cam team', note: 'see the ioctl' }
  expect(await told(LEAK, { session })).toContain(
    '\nVerdict of a person:\n  suspect, assigned to cam team. see the ioctl\n',
  )
  expect(await told(LEAK)).not.toContain('Verdict of a person')
})

test('JSON is one object with the failure, its counts, and commands to copy', async () => {
  const json: unknown = JSON.parse(await told(LEAK, { format: 'json' }))
  expect(json).toMatchObject({
    schema: 'pinscope.bug/1',
    failure: { blockingPfns: [0x100], culprits: [{ function: 'leaky_grab [leaky]' }] },
    counts: [{ pfn: 0x100, count: 2, expected: 1, excess: 1, pins: 0, line: { file: 'trace.txt', line: 27 } }],
    next: { commands: [expect.stringContaining('npx pinscope record'), expect.stringContaining('trace-cmd record')] },
  })
})

test('a word that is wider than a mail is left out, said so, and its line is still cited', async () => {
  const mail = await reportOf(tracedText(LEAK).replaceAll('uptodate|lru|swapbacked', `uptodate|${'x'.repeat(90)}`))
  expect(mail).toMatch(/trace\.txt:13: .*\n +\(left out here: 105 columns without a blank/)
})

/** Bytes that could mean something to a terminal, to Markdown, to HTML; no line end, which ends a line of the file. */
const hostile = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 120 }),
    fc.stringMatching(/^[`*_<>&@#[\]()!|~\\:$-]{1,40}$/),
    fc.constantFrom(
      '<img src=x onerror=alert(1)>',
      '```',
      '@torvalds',
      '[a](javascript:x)',
      '\u001b[2J',
      'x'.repeat(200),
    ),
  )
  .map((text) => text.replace(/[\n\r]/g, ' '))

property.prop([hostile, hostile, hostile], { numRuns: 50 })(
  'a mail of hostile names fits and cites what is there',
  async (comm, symbol, module) => {
    const text = tracedText(LEAK)
      .replaceAll('drv-9', `${comm}-9`)
      .replaceAll('leaky_grab', symbol)
      .replaceAll('[leaky]', `[${module}]`)
    const mail = await reportOf(text)
    const lines = mail.slice(0, -1).split('\n')
    expect(lines.length).toBeLessThanOrEqual(60)
    expect(lines.filter((line) => columnsOf(line) > 80)).toEqual([])
    // oxlint-disable-next-line no-control-regex -- what must not be there
    expect(mail).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
    const own = text.split('\n')
    for (const { line, pieces } of citedPieces(mail, ['trace.txt']))
      for (const piece of pieces) expect(own[line - 1]).toContain(piece)
  },
)

/** Markdown without its code: what is left is read as markup. */
function withoutCode(markdown: string): string {
  const kept: string[] = []
  let fence = ''
  for (const line of markdown.split('\n')) {
    const open = /^(`{3,})(?:sh|text)$/.exec(line)
    if (fence === '' && open) fence = open[1]
    else if (fence !== '' && line === fence) fence = ''
    else if (fence === '') kept.push(line.replace(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, 'CODE'))
  }
  expect(fence).toBe('')
  return kept.join('\n')
}

property.prop([hostile, hostile], { numRuns: 50 })('no name is markup in Markdown', async (comm, symbol) => {
  const text = tracedText(LEAK).replaceAll('drv-9', `${comm}-9`).replaceAll('leaky_grab', symbol)
  const session = { verdict: 'suspect', assignee: comm, note: symbol }
  const left = withoutCode(await reportOf(text, { format: 'markdown', session }))
  expect(left).not.toMatch(/[<>@*_`|~]|(?<!\\)[[\]]|www\.|:\/\//)
  for (const line of left.split('\n')) expect(line).toMatch(/^(?:#{2,3} \S|$|[^#])/)
})
