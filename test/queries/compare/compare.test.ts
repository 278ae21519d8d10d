import { describe, expect, test } from 'vitest'
import { compareDigests, type CompareAnswer } from '../../../src/queries/compare/compare.ts'
import { findCompareDigest, wholeDigest } from '../../../src/queries/compare/compare-digest.ts'
import { type CompareChoice, type CompareGrouping } from '../../../src/queries/compare/compare-question.ts'
import { findCompareRow } from '../../../src/queries/compare/compare-row.ts'
import { LATE_PUT, LEAK, toldCapture } from '../../support/told-capture.ts'

const choiceOf = (grouping: CompareGrouping): CompareChoice => ({
  grouping,
  thresholdNs: 300_000_000,
  includeExpected: false,
  filter: '',
})

function compared(a: string, b: string, grouping: CompareGrouping = 'holder'): CompareAnswer {
  const choice = choiceOf(grouping)
  const digest = (story: string) => {
    const { trace, derived } = toldCapture(story)
    return wholeDigest(trace, derived, choice)
  }
  return compareDigests(digest(a), digest(b), { choice, sort: 'rank', isDescending: true, offset: 0, limit: 99 })
}

/** The range was free: nobody held a page of it. */
const GOOD = LEAK.split('\n')
  .filter((line) => !line.includes('drv-9'))
  .join('\n')
  .replace('fin_pfn=0x100 ret=fail', 'fin_pfn=0x200 ret=success')

const rowOf = ({ rows }: CompareAnswer, name: string) => rows.find(({ title }) => title.startsWith(name))

describe('a holder', () => {
  test('that blocked a range in A and is not in B is gone, and one against none is too few to tell', () => {
    expect(rowOf(compared(LEAK, GOOD), 'leaky_grab')).toMatchObject({
      change: 'gone',
      by: 'ranges',
      tells: 'too_few',
      a: { ranges: 1, longTerm: 1, open: 1, holds: 1, pages: 1 },
      b: { ranges: 0, longTerm: 0, open: 0, holds: 0, totalNs: 0, pages: 0 },
      names: { a: 'leaky_grab [leaky]' },
    })
  })

  test('of two captures that are alike is the same', () => {
    const answer = compared(LEAK, LEAK)
    expect(answer.rows.map(({ change }) => change)).toEqual(answer.rows.map(() => 'same'))
    expect(answer.summary[0]).toBe('isolation tests that failed: 1 of 1 in A, 1 of 1 in B.')
    expect(answer.cautions.filter(({ isBar }) => isBar)).toEqual([])
  })

  test('is known again whether or not a file prints modules, under the name that says more', () => {
    const answer = compared(LEAK, LEAK.replaceAll('[leaky]', ''))
    expect(rowOf(answer, 'leaky_grab')).toMatchObject({
      title: 'leaky_grab [leaky]',
      names: { a: 'leaky_grab [leaky]', b: 'leaky_grab' },
      change: 'same',
    })
    expect(answer.failures.filter(({ a, b }) => a === undefined || b === undefined)).toEqual([])
  })

  test('of a function that two modules have is not joined with one of neither', () => {
    const both = `${LEAK}
      drv-9 1 2.600000 +1 pfn=0x110 count=2 < try_grab_folio leaky_grab[other] __x64_sys_ioctl`
    const names = compared(both, LEAK.replaceAll('[leaky]', '')).rows.map(({ names: of }) => of)
    expect(names).toContainEqual({ a: 'leaky_grab [leaky]' })
    expect(names).toContainEqual({ a: 'leaky_grab [other]' })
    expect(names).toContainEqual({ b: 'leaky_grab' })
  })

  test('that only lets go is long-term in both, and open in one', () => {
    expect(rowOf(compared(LEAK, LATE_PUT), 'leaky_grab')).toMatchObject({
      a: { longTerm: 1, open: 1, ranges: 1 },
      b: { longTerm: 1, open: 0, ranges: 1 },
    })
  })
})

describe('names that another boot has too', () => {
  test('a task is known by its comm, not by its pid', () => {
    const answer = compared(LEAK, LEAK.replaceAll('drv-9', 'drv-4711'), 'task')
    expect(rowOf(answer, 'drv')).toMatchObject({ names: { a: 'drv', b: 'drv' }, change: 'same' })
  })

  test('a worker is known by its pool, whose numbers differ from boot to boot', () => {
    const by = (comm: string): string => LEAK.replaceAll('drv-9', `${comm}-9`)
    const answer = compared(by('kworker/0:1'), by('kworker/1:2'), 'task')
    expect(answer.rows.map(({ names }) => names)).toContainEqual({ a: 'kworker/*', b: 'kworker/*' })
    expect(compared(by('kworker/u4:0'), by('kworker/0:1'), 'task').rows.map(({ change }) => change)).toContain('gone')
  })

  test('a stack is known without offsets, modules and the frames of the tracepoint', () => {
    const other = LEAK.replaceAll('try_grab_folio', '__page_ref_mod_unless try_grab_folio').replaceAll('[leaky]', '')
    const [row] = compared(LEAK, other, 'stack').rows.filter(({ title }) => title.startsWith('leaky_grab'))
    expect(row).toMatchObject({ change: 'same' })
    expect(row.names.a).toBe(row.names.b)
    expect(row.stacks.a).not.toBe(row.stacks.b)
  })
})

describe('what comes together', () => {
  const many = (pages: number, apartUs: number): string =>
    [
      'app-7 0 1.000000 set 1 pfn=0x50 count=1 < post_alloc_hook do_anonymous_page',
      ...Array.from({ length: pages }, (_, at) => {
        const time = (1.1 + (at * apartUs) / 1e6).toFixed(6)
        return `drv-9 1 ${time} +1 pfn=0x${(0x100 + at).toString(16)} count=2 < try_grab_folio leaky_grab[leaky] __x64_sys_ioctl`
      }),
      'app-7 0 9.000000 -1 pfn=0x50 count=0 < folios_put_refs exit_mmap',
    ].join('\n')
  const none =
    'app-7 0 1.000000 set 1 pfn=0x50 count=1 < post_alloc_hook do_anonymous_page\napp-7 0 9.000000 -1 pfn=0x50 count=0 < folios_put_refs exit_mmap'

  test('pages that one call pinned count as one event of a test, however many they are', () => {
    expect(rowOf(compared(many(50, 5), none), 'leaky_grab')).toMatchObject({ tells: 'too_few', a: { holds: 50 } })
  })

  test('calls that are apart count each', () => {
    expect(rowOf(compared(many(50, 100_000), none), 'leaky_grab')).toMatchObject({ tells: 'told', change: 'gone' })
  })
})

describe('cautions', () => {
  const textsOf = (a: string, b: string, grouping?: CompareGrouping): string =>
    compared(a, b, grouping)
      .cautions.map(({ isBar, text }) => `${isBar ? 'BAR ' : ''}${text}`)
      .join('\n')

  test('no stacks bar a comparison by holder, and not by task', () => {
    const bare = LEAK.split('\n')
      .map((line) => line.split(' < ')[0])
      .join('\n')
    expect(textsOf(LEAK, bare)).toContain('BAR Not comparable by holder: B traced no stacks.')
    expect(textsOf(LEAK, bare, 'task')).not.toContain('BAR')
  })

  test('losses are said with their number, and of whom', () => {
    const lossy = LEAK.replace('  drv-9', '  CPU:1 [LOST 512 EVENTS]\n  drv-9')
    expect(textsOf(lossy, LEAK)).toContain('A lost 512 events beside the')
  })

  test('other pages, other events and other kernels are said', () => {
    const moved = LEAK.replaceAll('0x10', '0x90').replace('end_pfn=0x200', 'end_pfn=0xa00')
    expect(textsOf(LEAK, moved)).toContain('A traced pages [0x100, 0x103) (events of 3 pages), B [0x')
    expect(textsOf(LEAK, GOOD.replace(/.*test_pages_isolated.*/, ''))).toContain('Only A has these events')
    expect(textsOf(LEAK, LEAK)).toContain('No file tells the kernel of A and B')
  })

  test('a window that the other capture did not watch comes first, and nothing is said to have ended there', () => {
    const line = (pfn: string) => `\n  far-3 0 1.5 +1 pfn=${pfn} count=2 < alloc_pages do_anonymous_page`
    const wide = `${LEAK}${line('0x1')}${line('0x10000')}`
    const answer = compared(wide, GOOD)
    expect(answer.cautions[0].text).toContain("holders outside B's window cannot be seen in B")
    expect(answer.cautions[0].text).not.toContain("outside A's")
    const summary = answer.summary.join(' ')
    expect(summary).toContain('leaky_grab [leaky] blocks 1 range in A; none is known in B, which did not watch all')
    expect(summary).not.toContain('no longer')
    expect(compared(GOOD, wide).summary.join(' ')).toContain('1 range in B; none is known in A')
    expect(compared(LEAK, GOOD).summary.join(' ')).toContain('no longer blocks any range')
  })

  test('a page that only an allocation names is not watched', () => {
    const finish = '\n  init-1 0 2.4 cma_alloc_finish: name=c pfn=0x1 page=(____ptrval____) count=1 align=0 errorno=0'
    const { a } = compared(`${LEAK}${finish}`, LEAK).sides
    expect(a).toMatchObject({ pages: 3, startPfn: 0x100, endPfn: 0x103, pagesText: '3 in [0x100, 0x103)' })
  })

  test('a row whose rates differ is not called the same', () => {
    const { rows } = compared(LEAK, LEAK.replace('2.500000', '2.900000'))
    for (const { changeWord, differenceText } of rows)
      expect(changeWord === 'same').toBe(/ 0(?:\/\w+)?$/.test(differenceText))
    expect(new Set(rows.map(({ changeWord }) => changeWord))).toContain('same count')
  })

  test('a trace without references bars everything', () => {
    const marks = 'init-1 0 2.000000 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail'
    expect(textsOf(LEAK, marks)).toContain('BAR Not comparable: B traced no page_ref events')
  })
})

describe('a digest', () => {
  test('that leaves groups out never makes what is missing new or told', () => {
    const choice = choiceOf('holder')
    const { trace, derived } = toldCapture(LEAK)
    const cut = findCompareDigest(trace, derived, choice, 0)
    expect(cut.groupsLeft).toBeGreaterThan(0)
    const answer = compareDigests(cut, wholeDigest(trace, derived, choice), {
      choice,
      sort: 'rank',
      isDescending: true,
      offset: 0,
      limit: 9,
    })
    expect(answer.rows.length).toBeGreaterThan(0)
    expect(answer.rows.every(({ isMissingUnsure, tells }) => isMissingUnsure && tells === 'unknown')).toBe(true)
  })

  test('is plain JSON', () => {
    const { trace, derived } = toldCapture(LEAK)
    const digest = wholeDigest(trace, derived, choiceOf('stack'))
    expect(JSON.parse(JSON.stringify(digest))).toEqual(digest)
  })
})

test('a row tells the holds that blocked first, with their lines and stack', () => {
  const { trace, derived } = toldCapture(LEAK)
  const row = findCompareRow(trace, derived, { choice: choiceOf('holder'), name: 'leaky_grab [leaky]', limit: 3 })
  expect(row).toMatchObject({ holds: 1, stacks: 1, failures: { length: 1 }, examples: [{ pfn: 0x100, kind: 'open' }] })
  expect(row.stack.frames.find(({ isHolder }) => isHolder)?.symbol).toBe('leaky_grab')
  expect(findCompareRow(trace, derived, { choice: choiceOf('holder'), name: 'nobody', limit: 3 })).toMatchObject({
    holds: 0,
    examples: [],
  })
})

test('sorting by a column keeps the rank among equals, and both ways', () => {
  const choice = choiceOf('class')
  const { trace, derived } = toldCapture(LEAK)
  const digest = wholeDigest(trace, derived, { ...choice, includeExpected: true })
  const sorted = (isDescending: boolean) =>
    compareDigests(digest, digest, { choice, sort: 'a-holds', isDescending, offset: 0, limit: 99 }).rows.map(
      ({ a }) => a.holds,
    )
  expect(sorted(true)).toEqual(sorted(true).toSorted((one, other) => other - one))
  expect(sorted(false)).toEqual(sorted(true).toSorted((one, other) => one - other))
})
