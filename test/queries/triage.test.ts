import { describe, expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { type Derived } from '../../src/derive/derived.ts'
import { type Trace } from '../../src/model/trace.ts'
import { findFailures } from '../../src/queries/failures.ts'
import {
  findTriage,
  findTriagePlace,
  type TriageAnswer,
  type TriagePlaceQuestion,
  type TriageQuestion,
} from '../../src/queries/triage.ts'
import { type TriageGroupRow, type TriageRangeRow, type TriageRow } from '../../src/queries/triage-rows.ts'
import { tell } from '../support/tell.ts'
import { TRIAGE_LIST } from '../support/triage-list.ts'
import { FAULT, GRAB, SPLICE } from '../support/told-stacks.ts'

/** A driver holds a page in each of two ranges, a pipe one beside it in the first; of a third range nothing is traced. */
const STORY = `
  app-7 0 1.0 set 1 pfn=0x100 count=1 < ${FAULT}
  app-7 0 1.0 set 1 pfn=0x180 count=1 < ${FAULT}
  app-7 0 1.0 set 1 pfn=0x300 count=1 < ${FAULT}
  drv-9 0 1.1 +1 unless pfn=0x100 count=2 < ${GRAB}
  drv-9 0 1.1 +1 unless pfn=0x300 count=2 < ${GRAB}
  cam-6 0 1.2 +1 unless pfn=0x180 count=2 < ${SPLICE}
  init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
  init-1 1 3.0 test_pages_isolated: start_pfn=0x300 end_pfn=0x400 fin_pfn=0x300 ret=fail
  init-1 1 4.0 test_pages_isolated: start_pfn=0x700 end_pfn=0x800 fin_pfn=0x700 ret=fail
  oth-8 0 9.0 set 1 pfn=0x900 < ${FAULT}
`

const trace = tell(STORY)
const derived = derive(trace)

function ask(
  part: Partial<TriageQuestion> = {},
  of: { trace: Trace; derived: Derived } = { trace, derived },
): TriageAnswer {
  return findTriage(of.trace, of.derived, { ...TRIAGE_LIST, ...part })
}

function placeOf(part: Partial<TriagePlaceQuestion>): ReturnType<typeof findTriagePlace> {
  return findTriagePlace(trace, derived, { ...TRIAGE_LIST, ...part })
}

const isRange = (row: TriageRow): row is TriageRangeRow => row.kind === 'range'
const isGroup = (row: TriageRow): row is TriageGroupRow => row.kind === 'group'

/** The list as a person reads it. */
function printed({ rows }: TriageAnswer): readonly string[] {
  return rows.map((row) =>
    isGroup(row)
      ? `${row.title} | ${row.blocks} | ${row.pages}`
      : `  ${row.trigger} 0x${row.startPfn.toString(16)} ${row.when} ${row.pages}/${row.allPages}`,
  )
}

describe('grouped by culprit', () => {
  test('who blocks most comes first, and who cannot be named last', () => {
    expect(printed(ask())).toEqual([
      'leaky_grab [leaky]  drv-9 | blocks 2 ranges | 2',
      '  contig 0x100 2.000000 1/2',
      '  contig 0x300 3.000000 1/1',
      '__do_sys_vmsplice  cam-6 | blocks 1 range | 1',
      '  contig 0x100 2.000000 1/2',
      'no holder can be named | 1 range | 1',
      '  contig 0x700 4.000000 1/1',
    ])
  })

  test('a range that two of them block is listed under both, and counted once', () => {
    const answer = ask()
    expect(answer.rows.filter(isRange).filter(({ startPfn }) => startPfn === 0x100)).toHaveLength(2)
    expect([answer.failures, answer.listed]).toEqual([3, 3])
    expect(answer.rows.filter(isRange).map(({ others }) => others)).toEqual([1, 0, 1, 0])
  })

  test('nobody is invented for a range of which nothing is traced', () => {
    const row = ask().rows.filter(isRange).at(-1)
    expect(row?.culprit).toMatchObject({ standing: 'unknown', task: '', confidence: 0, confidenceWord: "can't tell" })
  })
})

describe('any other grouping', () => {
  test('by page names the page', () => {
    expect(
      printed(ask({ grouping: 'page' }))
        .filter((line) => !line.startsWith('  '))
        .toSorted(),
    ).toEqual([
      '0x100 | blocks 1 range | 1',
      '0x180 | blocks 1 range | 1',
      '0x300 | blocks 1 range | 1',
      '0x700 | blocks 1 range | 1',
    ])
  })

  test('by verdict, by trigger and by nothing has each range once', () => {
    for (const grouping of ['verdict', 'trigger', 'none'] as const) {
      const ranges = ask({ grouping }).rows.filter(isRange)
      expect(ranges.map(({ startPfn }) => startPfn)).toEqual([0x100, 0x300, 0x700])
    }
    expect(ask({ grouping: 'none' }).rows.filter(isGroup)).toEqual([])
    expect(
      ask({ grouping: 'verdict' })
        .rows.filter(isGroup)
        .map(({ title }) => title),
    ).toEqual(['held', 'unknown'])
  })
})

describe('what is listed', () => {
  test('is chosen by verdict, and the counts of verdicts stay those of all', () => {
    const answer = ask({ verdict: 'unknown' })
    expect([answer.failures, answer.listed, answer.total]).toEqual([3, 1, 2])
    expect(answer.verdicts).toEqual({ held: 2, transient: 0, unmovable: 0, unknown: 1 })
  })

  test('is found by words of holder, task, range and time, and by any PFN in a range', () => {
    const found = (filter: string): number => ask({ filter }).listed
    expect([found('leaky'), found('CAM-6'), found('leaky cam'), found('[0x700'), found('3.000000')]).toEqual([
      2, 1, 1, 1, 1,
    ])
    expect([found('0x1ff'), found('0x250'), found('nobody')]).toEqual([1, 0, 0])
  })

  test('is chosen by ids, or all but those', () => {
    const ids = findFailures(trace, derived).failures.map(({ id }) => id)
    const listed = (isExcluded: boolean) =>
      ask({ grouping: 'none', among: { ids: ids.slice(0, 1), isExcluded } })
        .rows.filter(isRange)
        .map(({ id }) => id)
    expect(listed(false)).toEqual(ids.slice(0, 1))
    expect(new Set(listed(true))).toEqual(new Set(ids.slice(1)))
    expect(ask({ among: { ids: [], isExcluded: false } }).listed).toBe(0)
  })

  test('tells the stack of the likeliest holder of the whole range, in whichever group it stands', () => {
    const { failures } = findFailures(trace, derived)
    const stacks = new Map(failures.map(({ id, culprit }) => [id, culprit?.stack.hash ?? '']))
    for (const row of ask().rows.filter(isRange)) expect(row.stack).toBe(stacks.get(row.id))
    expect([...stacks.values()]).toContain('')
  })

  test('a group says how many of its ranges are left', () => {
    const [group] = ask({ filter: '0x310' }).rows.filter(isGroup)
    expect([group.ranges, group.listed]).toEqual([2, 1])
  })

  test('a folded group keeps its line alone, and exceptions are the other way round', () => {
    const key = 'named: drv-9 in leaky_grab [leaky]'
    expect(ask({ isFolded: true }).rows.every(isGroup)).toBe(true)
    expect(ask({ isFolded: true, except: [key] }).rows.filter(isRange)).toHaveLength(2)
    expect(ask({ except: [key] }).rows.filter(isRange)).toHaveLength(2)
  })

  test('windows put together are the whole list', () => {
    const whole = ask().rows
    const windows = whole.map((_, offset) => ask({ offset, limit: 1 }).rows[0])
    expect(windows).toEqual(whole)
  })
})

describe('sorted', () => {
  const starts = (part: Partial<TriageQuestion>): readonly number[] =>
    ask({ grouping: 'none', ...part })
      .rows.filter(isRange)
      .map(({ startPfn }) => startPfn)

  test('by time, pages and confidence, either way', () => {
    expect(starts({ sort: 'time', isDescending: true })).toEqual([0x700, 0x300, 0x100])
    expect(starts({ sort: 'pages', isDescending: true })).toEqual([0x100, 0x300, 0x700])
    expect(starts({ sort: 'confidence', isDescending: false })[0]).toBe(0x700)
  })

  test('by time groups follow their first range', () => {
    const groups = ask({ sort: 'time', isDescending: true }).rows.filter(isGroup)
    expect(groups.map(({ ranges }) => ranges)).toEqual([1, 2, 1])
  })
})

describe('the range that is looked at', () => {
  const [first, , third] = findFailures(trace, derived).failures

  test('is the first of the list, unless one is chosen', () => {
    expect(placeOf({})).toMatchObject({ listed: 3, first: { id: first.id }, at: { nth: 1, row: 1 } })
    expect(placeOf({ id: third.id }).at).toMatchObject({ nth: 3, row: 6, group: 'unknown' })
    expect(placeOf({ id: third.id, isFolded: true }).at?.row).toBeUndefined()
    expect(placeOf({ id: 'cma:1-2:3' }).at).toBeUndefined()
    expect(placeOf({ filter: 'nobody' })).toEqual({ listed: 0 })
  })

  test('stays on its line in the group that it was chosen in', () => {
    const group = 'named: cam-6 in __do_sys_vmsplice'
    expect(placeOf({ id: first.id, group }).at).toMatchObject({ nth: 1, row: 4, group })
    expect(placeOf({ id: first.id, group: 'unknown' }).at).toMatchObject({ row: 1 })
    expect(placeOf({ id: first.id, group, except: [group] }).at?.row).toBeUndefined()
  })

  test('knows the ranges before and after it, each once, with the group that it is in', () => {
    const around = placeOf({}).at?.around ?? []
    expect(around.map(({ group }) => group)).toEqual([
      'named: drv-9 in leaky_grab [leaky]',
      'named: drv-9 in leaky_grab [leaky]',
      'unknown',
    ])
  })
})

test('holders that nothing separates are a group of their own, and neither is blamed', () => {
  const told = tell(`
    app-5  0 1.0 set 1 count=1 < do_anonymous_page
    one-6  0 1.1 +1 count=2 < do_tee
    two-7  0 1.2 +1 count=3 < do_tee
    oth-8  1 1.5 -1 count=2 < free_pipe_info
    init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
    oth-9  0 9.0 set 1 pfn=0x900 < do_anonymous_page
  `)
  const [group] = ask({}, { trace: told, derived: derive(told) }).rows.filter(isGroup)
  expect(group.culprit).toMatchObject({ standing: 'any_of', holder: 'any of 2 holders', task: '' })
  expect(group.culprit?.anyOf.toSorted()).toEqual(['one-6 in do_tee', 'two-7 in do_tee'])
})

test('a page that two hold for sure says that there is one more to stop', () => {
  const told = tell(`
    app-5  0 1.0 set 1 count=1 < do_anonymous_page
    cam-6  0 1.1 +1 count=2 < cam_map[cam]
    isp-8  1 1.2 +1 count=3 < isp_map[isp]
    init-1 1 2.0 test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail
    oth-9  0 9.0 set 1 pfn=0x900 < do_anonymous_page
  `)
  const { rows } = ask({}, { trace: told, derived: derive(told) })
  expect(rows.filter(isRange).map(({ others }) => others)).toEqual([1])
})

test('failures of one range at different times are told as such, and so are the retries of one attempt', () => {
  const fail = 'init-1 0 TIME test_pages_isolated: start_pfn=0x100 end_pfn=0x200 fin_pfn=0x100 ret=fail'
  const start = 'init-1 0 TIME cma_alloc_start: name=cma count=16 align=4'
  const told = tell([start, fail, fail, start, fail].map((line, at) => line.replace('TIME', `2.${at}`)).join('\n'))
  const { rows } = ask({ grouping: 'none' }, { trace: told, derived: derive(told) })
  expect(rows.filter(isRange).map(({ attempts, repeat }) => [attempts, repeat])).toEqual([
    [2, { nth: 1, of: 2 }],
    [1, { nth: 2, of: 2 }],
  ])
})
