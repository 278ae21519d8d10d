import { readdirSync, readFileSync } from 'node:fs'
import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { derive } from '../../../src/derive/derive.ts'
import { type Trace } from '../../../src/model/trace.ts'
import { toldTrace } from '../../support/told-trace.ts'
import { bytesOf, factsOf, filesOf, sourceOf, traceOf } from '../read-bytes.ts'

const fixtures = new URL('../../fixtures/', import.meta.url)
const fixture = (path: string): string => readFileSync(new URL(path, fixtures), 'utf8')

function fixturesIn(folder: string): readonly string[] {
  return readdirSync(new URL(`${folder}/`, fixtures))
    .filter((name) => name.endsWith('.txt'))
    .map((name) => `${folder}/${name}`)
}

const TRACE = fixture('ftrace/nop-612.txt')
const OWNER = fixture('page-owner/linux-6.12.txt')
const LOG = fixture('dmesg/linux-6.12.txt')
const PINNER = fixture('page-pinner/layout-d.txt')
const PERF = fixture('perf-script/rfc-nvidia.txt')

const read = (text: string): Promise<Trace> => traceOf([sourceOf(text)])

/** Facts with the line numbers moved back by `lines`. */
function moved(facts: unknown, lines: number): unknown {
  const told = JSON.stringify(facts, (key, value: unknown) =>
    /^line$|Line$/.test(key) && typeof value === 'number' ? value - lines : value,
  )
  return JSON.parse(told)
}

const PROSE = 'Hello,\n\nplease look at this:\n\n'

describe('parts of one text are read as each would be alone', () => {
  test.each([
    ['a trace', TRACE],
    ['a page_owner dump', OWNER],
    ['a kernel log', LOG],
    ['a page_pinner dump', PINNER],
    ['samples of perf', PERF],
  ])('%s between prose, beside another part', async (_, part) => {
    const other = part === OWNER ? PINNER : OWNER
    const [both, alone, rest] = await Promise.all([
      read(`${PROSE}${part}\nand this:\n\n${other}\nRegards\n`),
      read(part),
      read(other),
    ])
    expect(both.files[0].format).toBe('mixed')
    expect(both.files[0].ledger.rejected).toBe(alone.files[0].ledger.rejected + rest.files[0].ledger.rejected)
    expect(both.files[0].records).toBe(alone.files[0].records + rest.files[0].records)
    expect(toldTrace(both).events.map(({ event, by, stack }) => [event.replace(/^\d+/, ''), by, stack])).toEqual(
      toldTrace(alone).events.map(({ event, by, stack }) => [event.replace(/^\d+/, ''), by, stack]),
    )
    const facts = factsOf(both) as Record<string, unknown>
    const expected = factsOf(alone) as Record<string, unknown>
    const lines = PROSE.split('\n').length - 1
    for (const kind of ['notes', 'dumps'] as const) expect(moved(facts[kind], lines)).toEqual(moved(expected[kind], 0))
  })

  const dumps = ['machine', 'kallsyms', 'page-types', 'stack-totals'].flatMap(fixturesIn)
  /** Say nothing by themselves, or have lines that are no part of anything. */
  const unknowable = /(?:threshold|trace-options|trace-stats|vmstat|cmdline|show-stacks-cut)\.txt$/

  test.each(dumps.filter((name) => !unknowable.test(name)))('%s before prose and samples of perf', async (name) => {
    const part = fixture(name)
    const [both, alone, perf] = await Promise.all([read(`${part}\n\nand:\n\n${PERF}`), read(part), read(PERF)])
    expect(both.files[0].format).toBe('mixed')
    expect(both.files[0].records).toBe(alone.files[0].records + perf.files[0].records)
    expect(both.files[0].ledger.rejected).toBe(alone.files[0].ledger.rejected)
    const withoutEvents = (trace: Trace): unknown => ({ ...factsOf(trace), events: [], losses: [] })
    expect(withoutEvents(both)).toEqual(withoutEvents(alone))
  })

  test('totals of stacks behind a kernel log, a blank line between, keep their stacks', async () => {
    const stacks = fixture('stack-totals/show-stacks-6.12.txt')
    const [both, alone] = await Promise.all([read(`${LOG}\n${stacks}`), read(stacks)])
    const framesIn = (trace: Trace): unknown =>
      (factsOf(trace) as { stackTotals: { stack: unknown }[] }).stackTotals.map(({ stack }) => stack)
    expect(framesIn(both)).toEqual(framesIn(alone))
  })

  test('every line is cited by its number in the whole text', async () => {
    const text = fixture('mixed/bug-report.txt')
    const trace = await read(text)
    const lines = text.split('\n')
    for (const line of Array.from(trace.events.line as ArrayLike<number>))
      expect(lines[line]).toMatch(/-\d+ .*\d+\.\d+: /)
    for (const line of Array.from(trace.owners.line as ArrayLike<number>)) expect(lines[line]).toMatch(/Page allocated/)
  })
})

describe('the mail with the trace excerpt of 2016', () => {
  test('yields its four events, the failed range and the task that let go last', async () => {
    const trace = await read(fixture('mixed/change-log-2016.txt'))
    const { ranges, findings } = derive(trace)
    expect(trace.events.length).toBe(4)
    expect(ranges).toMatchObject([{ startPfn: 0x17800, endPfn: 0x17c00 }])
    expect(findings[0].pages[0].culprits[0]).toMatchObject({ kind: 'transient', function: 'exit_mmap' })
  })

  test('gives the same events as the excerpt alone', async () => {
    const [mail, excerpt] = await Promise.all([
      read(fixture('mixed/change-log-2016.txt')),
      read(fixture('ftrace/mail-excerpt-44.txt')),
    ])
    const bare = (trace: Trace): unknown => toldTrace(trace).events.map(({ args, stack }) => [args, stack])
    expect(bare(mail)).toEqual(bare(excerpt))
  })
})

test('the report of a bug yields the failed range and the driver that holds its page', async () => {
  const { ranges, findings } = derive(await read(fixture('mixed/bug-report.txt')))
  expect(ranges[0]).toMatchObject({ startPfn: 0xdc00, endPfn: 0x1fc00 })
  expect(findings[0].pages[0].culprits[0]).toMatchObject({ function: 'leaky_grab', comm: 'camera-daemon', pid: 68 })
})

/** Columns that a mail leaves a line at least, quoted a few times. */
const NARROWEST = 40

describe('a line broken by a mail program', () => {
  const [event] = TRACE.split('\n').filter((line) => line.includes('page_ref_mod_and_test:'))

  test('is one line again, wherever it was broken', async () => {
    const whole = toldTrace(await read(`${OWNER}\n${event}\n`)).events
    expect(whole.length).toBe(1)
    const blanks = [...event.matchAll(/(?<=\S) (?=\S)/g)].map(({ index }) => index)
    const late = blanks.filter((at) => at > event.indexOf(':'))
    for (const at of late) {
      const broken = `${OWNER}\n${event.slice(0, at)}\n${event.slice(at + 1)}\n`
      expect(toldTrace(await read(broken)).events).toEqual(whole)
    }
  })

  test.each(['linux-6.12', 'no-range', 'linux-5.4', 'decoded', 'callers-mixed'])(
    'of the kernel log %s tells the same, broken at any blank from a narrow line on',
    async (name) => {
      const lines = fixture(`dmesg/${name}.txt`).trimEnd().split('\n')
      const facts = async (text: readonly string[]): Promise<string> => {
        const { notes, dumps } = factsOf(await read(`${OWNER}\n${text.join('\n')}\n`)) as Record<string, unknown>
        return JSON.stringify({ notes, dumps }, (key, value: unknown) => (/line$/i.test(key) ? undefined : value))
      }
      const whole = await facts(lines)
      const odd: string[] = []
      for (const [row, line] of lines.entries()) {
        if (/Linux version|leaky\.c/.test(line)) continue // what is broken off there could be anything
        const prefix = /^(?:\[.*?\])+ {1,2}/.exec(line)?.[0].length ?? 0
        for (const { index } of line.matchAll(/(?<=\S) (?=\S)/g)) {
          if (index <= prefix || index < NARROWEST) continue
          const broken = lines.toSpliced(row, 1, line.slice(0, index), line.slice(index + 1))
          if ((await facts(broken)) !== whole) odd.push(`${line.slice(0, index)}⏎${line.slice(index + 1)}`)
        }
      }
      expect(odd).toEqual([])
    },
  )

  test('is counted once', async () => {
    const at = event.indexOf(' count=')
    const [file] = (await read(`${OWNER}\n${event.slice(0, at)}\n${event.slice(at + 1)}\n`)).files
    expect(file.skippedBy.get('rest of a wrapped line')).toBe(1)
    expect(file.ledger.rejected).toBe(0)
  })

  test('never takes a line that is whole, nor is a whole line given another', async () => {
    const told = toldTrace(await read(`${OWNER}\n${event}\ncount=7 is odd\n${event}\n`))
    expect(told.events.length).toBe(2)
    expect(told.events[0].args).toBe(told.events[1].args)
    expect(told.skipped['prose']).toBeUndefined() // the line between is where something may have been left out
    expect(told.losses.length).toBe(1)
  })
})

describe('prose', () => {
  test('is no part, whatever it talks of', async () => {
    const prose = [
      'The page: count is wrong => see below.',
      'On Tue, 4 Mar 2025 at 10:21-0500 12: we saw page_ref_mod: in the log',
      'PFN 0x1f08e is held',
      ' prep_new_page+0xf7/0x120 looks odd',
      '=> this is the reason',
      'flags: none, raw: none',
    ]
    const [file] = (await read(`${OWNER}\n${LOG}\n\n${prose.join('\n')}\n`)).files
    const [without] = (await read(`${OWNER}\n${LOG}\n\n`)).files
    expect(file.records).toBe(without.records)
    expect(file.ledger.rejected).toBe(without.ledger.rejected)
  })

  test('alone is of no known kind', async () => {
    const [file] = await filesOf([sourceOf('Hello,\n\nthe page: count is wrong.\n\n> why?\n')])
    expect(file.format).toBe('unknown')
  })

  test('between two parts of a trace is a place where something may have been left out', async () => {
    const [first, second] = [TRACE.split('\n').slice(0, 40), TRACE.split('\n').slice(40)]
    const told = toldTrace(await read(`${OWNER}\n${first.join('\n')}\nand later\n${second.join('\n')}`))
    expect(told.losses.join()).toMatch(/left out|cut/)
  })

  test('that answers within a quotation leaves nothing out', async () => {
    const lines = TRACE.split('\n').filter((line) => line !== '')
    const quoted = (from: number, to?: number): string =>
      lines
        .slice(from, to)
        .map((line) => `> ${line}\n`)
        .join('')
    const told = toldTrace(await read(`${OWNER}\n${quoted(0, 40)}\nThat is it!\n\n${quoted(40)}`))
    const bare = toldTrace(await read(TRACE))
    expect(told.losses.length).toBe(bare.losses.length)
    expect(told.events.length).toBe(bare.events.length)
  })
})

describe('a file of one format stays with its own reader', () => {
  const folders = [
    'ftrace',
    'page-owner',
    'dmesg',
    'page-pinner',
    'perf-script',
    'page-types',
    'stack-totals',
    'machine',
  ]
  const names = folders.flatMap(fixturesIn)

  test.each(names)('%s', async (name) => {
    const [file] = await filesOf([sourceOf(fixture(name))])
    expect(file.format).not.toBe('mixed')
  })
})

const REPORTS = ['bug-report', 'state-report', 'web-page'].map((name) => fixture(`mixed/${name}.txt`))
const LINES = [TRACE, OWNER, LOG, PINNER, PERF, ...REPORTS].flatMap((text) => text.split('\n'))

const medley = fc
  .array(fc.tuple(fc.constantFrom('', '', '> ', '> > ', '    '), fc.constantFrom(...LINES), fc.nat(300)), {
    maxLength: 60,
  })
  .map((parts) => parts.map(([mark, line, cut]) => mark + (cut < 250 ? line : line.slice(0, cut - 250))).join('\n'))

property.prop([medley, fc.integer({ min: 1, max: 200 })], { numRuns: 100 })(
  'any lines in any order are each counted once, however the bytes come',
  async (text, pieceBytes) => {
    const content = `From: a@example.org\n[    1.000000] Linux version 6.12.0\n${OWNER}${text}`
    const [whole] = await filesOf([sourceOf(content)])
    const [pieces] = await filesOf([sourceOf(content, 'trace.txt', pieceBytes)])
    expect(whole.format).toBe('mixed')
    const bytes = bytesOf(content)
    const lines = bytes.filter((byte) => byte === 10).length + (bytes.at(-1) === 10 ? 0 : 1)
    expect(whole.ledger.total).toBe(lines)
    expect(pieces).toEqual(whole)
  },
  60_000,
)
