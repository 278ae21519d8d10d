import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { REFERENCE_CLASSES } from '../../src/derive/attribution/reference-class.ts'
import { derive } from '../../src/derive/derive.ts'
import { type Derived } from '../../src/derive/derived.ts'
import { HOLD_CLOSED } from '../../src/derive/holds/hold-table.ts'
import { stackHashOf } from '../../src/derive/stack-hash.ts'
import { type Trace } from '../../src/model/trace.ts'
import { readOverview } from '../../src/queries/overview.ts'
import { findPinnerHolds } from '../../src/queries/pinner-holds.ts'
import { PINNER_GROUPINGS } from '../../src/queries/pinner-keys.ts'
import { findPinners, type PinnerAnswer, type PinnersQuestion } from '../../src/queries/pinners.ts'
import { taskAnswer, taskText } from '../../src/queries/task-answer.ts'
import { tell } from '../support/tell.ts'
import { LEAK, type ToldCapture, toldCapture } from '../support/told-capture.ts'

const { trace, derived } = toldCapture(LEAK)
const all: PinnersQuestion = {
  thresholdNs: 0,
  includeExpected: true,
  filter: '',
  sort: 'total',
  isDescending: true,
  offset: 0,
  limit: 100,
}

test('the driver leads the stacks that held for long, with its task and the range it blocked', () => {
  const { rows } = findPinners(trace, derived, { ...all, thresholdNs: 300_000_000, includeExpected: false })
  expect(rows[0]).toMatchObject({
    holder: 'leaky_grab [leaky]',
    class: 'driver',
    holds: 1,
    open: 1,
    longestText: '1.300 s',
    pages: 1,
    tasks: 1,
    topTasks: [{ comm: 'drv', pid: 9, holds: 1 }],
    ranges: 1,
  })
})

test('what is hidden is counted by why', () => {
  const shown = findPinners(trace, derived, { ...all, thresholdNs: 300_000_000, includeExpected: false })
  const listed = shown.rows.reduce((sum, row) => sum + row.holds, 0)
  expect(listed + shown.hidden.expected + shown.hidden.short).toBe(derived.holds.length)
  expect(shown.hidden.expected).toBeGreaterThan(0)
})

test('each noise rule tells why it hides, where the kernel says so, and how many', () => {
  const { noise, hidden } = findPinners(trace, derived, { ...all, includeExpected: false })
  expect(noise.map((entry) => entry.class)).toEqual(['allocation', 'migration'])
  for (const entry of noise) {
    expect(entry.hidden).toBe(entry.holds)
    expect(entry.rules.every((rule) => rule.isHiding && rule.holds > 0 && rule.reason && rule.source)).toBe(true)
  }
  expect(noise.reduce((sum, entry) => sum + entry.hidden, 0)).toBe(hidden.expected)
})

test.each([['migration'], ['isolation']])('the noise rule %s can be switched off alone', (id) => {
  const { noise, rows } = findPinners(trace, derived, { ...all, includeExpected: false, shownRules: [id] })
  expect(noise.find((entry) => entry.class === 'allocation')).toMatchObject({ hidden: 2 })
  const shown = noise.find((entry) => entry.class === 'migration')
  expect(shown).toMatchObject({ hidden: 0, rules: [{ id: 'isolation', isHiding: false }] })
  expect(rows.filter((row) => row.class === 'migration').reduce((sum, row) => sum + row.holds, 0)).toBe(shown?.holds)
})

test.each(['leaky_ioctl', 'LEAKY', 'drv', '9', 'drv-9'])('the filter %s finds the driver alone', (filter) => {
  const { rows } = findPinners(trace, derived, { ...all, filter })
  expect(rows.map((row) => row.holder)).toEqual(['leaky_grab [leaky]'])
})

test('the holds of a stack are found by its hash, longest first', () => {
  const { rows } = findPinners(trace, derived, { ...all, filter: 'drv' })
  const answer = findPinnerHolds(trace, derived, {
    ...all,
    stackHash: rows[0].stack.hash,
    limit: 5,
  })
  expect(answer.total).toBe(1)
  expect(answer.rows[0]).toMatchObject({ pfn: 0x100, kind: 'open' })
})

test('the holds of an opened stack follow the filter, the threshold and what is expected, and the rest is counted', () => {
  const app = findPinners(trace, derived, { ...all, filter: 'app' }).rows[0].stack.hash
  const shown = findPinnerHolds(trace, derived, { ...all, stackHash: app })
  expect(shown).toMatchObject({ total: shown.rows.length, hidden: { expected: 0, short: 0 } })
  expect(shown.total).toBeGreaterThan(0)
  const unexpected = findPinnerHolds(trace, derived, { ...all, stackHash: app, includeExpected: false })
  expect(unexpected).toMatchObject({ total: 0, hidden: { expected: shown.total, short: 0 } })
  const long = findPinnerHolds(trace, derived, { ...all, stackHash: app, thresholdNs: 1e12 })
  expect(long).toMatchObject({ total: 0, hidden: { expected: 0, short: shown.total } })
  expect(findPinnerHolds(trace, derived, { ...all, stackHash: app, filter: 'drv' })).toMatchObject({ total: 0 })
})

test.each([
  ['stack', 'leaky_grab [leaky]'],
  ['holder', 'leaky_grab [leaky]'],
  ['task', 'drv-9'],
  ['class', 'driver / DMA'],
] as const)('grouped by %s, the range blocked leads and is counted once', (grouping, title) => {
  const { rows } = findPinners(trace, derived, { ...all, grouping, sort: 'ranges' })
  expect(rows[0]).toMatchObject({ title, ranges: 1, level: 1, stacks: 1 })
})

test('a migratetype that no file of the machine names is its number', () => {
  const { rows } = findPinners(trace, derived, { ...all, grouping: 'migratetype' })
  expect(rows.map((row) => row.title)).toEqual(['migratetype 4'])
})

test('a group that blocked a range is listed when asked for, though its holds are hidden', () => {
  const asked = { ...all, thresholdNs: 1e12, sort: 'ranges' } as const
  expect(findPinners(trace, derived, asked).rows).toEqual([])
  const { rows, groups, blockers } = findPinners(trace, derived, { ...asked, withBlockers: true })
  expect({ groups, blockers }).toEqual({ groups: 0, blockers: 1 })
  expect(rows[0]).toMatchObject({ holder: 'leaky_grab [leaky]', holds: 0, hidden: 1, ranges: 1 })
})

test('the place of a selected group is told, and of a stack below it, whatever rows are asked for', () => {
  const asked = { ...all, grouping: 'task', opened: ['drv-9'] } as const
  const { rows } = findPinners(trace, derived, asked)
  const placeOf = (find: PinnersQuestion['find']) => findPinners(trace, derived, { ...asked, find, limit: 0 }).foundAt
  const told = rows.map(({ level, group, stack }) => placeOf(level === 1 ? { group } : { group, stack: stack.hash }))
  expect(told).toEqual(rows.map((_, at) => at))
  expect(rows.some(({ level }) => level === 2)).toBe(true)
  expect([placeOf(undefined), placeOf({ group: 'nobody-1' })]).toEqual([-1, -1])
})

test('rows that are equal in one column are sorted by the next', () => {
  const { rows } = findPinners(trace, derived, {
    ...all,
    sort: 'ranges',
    thenBy: [{ sort: 'holder', isDescending: false }],
  })
  const others = rows.filter((row) => row.ranges === 0).map((row) => row.title)
  expect(others.length).toBeGreaterThan(1)
  expect(others).toEqual([...others].sort())
})

const told = fc
  .array(
    fc.record({ pfn: fc.integer({ min: 1, max: 3 }), task: fc.integer({ min: 1, max: 3 }), isPut: fc.boolean() }),
    {
      minLength: 1,
      maxLength: 40,
    },
  )
  .map((steps) => {
    const lines = steps.map(({ pfn, task, isPut }, at) => {
      const stack = isPut ? `put_${task}` : `get_${task} shared_caller`
      return `t${task}-${task} 0 ${at + 1}.0 ${isPut ? '-1' : '+1'} pfn=0x${pfn} count=5 < ${stack}`
    })
    return toldCapture(lines.join('\n'))
  })

const NAME_BY_GROUPING = {
  stack: (given: Trace, { holds }: Derived, hold: number) => stackHashOf(given, holds.stack[hold]),
  task: (given: Trace, { holds }: Derived, hold: number) => taskText(taskAnswer(given, holds.task[hold])),
  class: (_: Trace, { holds }: Derived, hold: number) => REFERENCE_CLASSES[holds.class[hold]].id,
}

propertyTest.prop([
  told,
  fc.integer({ min: 0, max: 5 }),
  fc.boolean(),
  fc.constantFrom('stack' as const, 'task' as const, 'class' as const),
])(
  'totals by group are what a slow sum over all holds gives',
  (capture, thresholdSeconds, includeExpected, grouping) => {
    const thresholdNs = thresholdSeconds * 1e9
    const answer = findPinners(capture.trace, capture.derived, { ...all, thresholdNs, includeExpected, grouping })
    const nameOf = NAME_BY_GROUPING[grouping]
    const slow = slowTotals(capture, thresholdNs, includeExpected, nameOf)
    expect(answer.total).toBe(slow.size)
    for (const row of answer.rows) {
      const { holds, open, longestNs, totalNs, pages, tasks } = row
      expect({ holds, open, longestNs, totalNs, pages, tasks }).toEqual(slow.get(row.group))
    }
    const totals = answer.rows.map((row) => row.totalNs)
    expect(totals).toEqual([...totals].sort((a, b) => b - a))
  },
)

propertyTest.prop([told, fc.integer({ min: 0, max: 5 }), fc.boolean(), fc.constantFrom(...PINNER_GROUPINGS)])(
  'every grouping has the same holds in all, and the stacks of a group add up to it',
  (capture, thresholdSeconds, includeExpected, grouping) => {
    const choice = { ...all, thresholdNs: thresholdSeconds * 1e9, includeExpected, limit: 10_000 }
    const byStack = findPinners(capture.trace, capture.derived, choice)
    const closed = findPinners(capture.trace, capture.derived, { ...choice, grouping })
    expect(closed.sums).toEqual(byStack.sums)
    expect(closed.hidden).toEqual(byStack.hidden)
    expect(sumOf(closed.rows)).toEqual(sumOf(byStack.rows))
    expect(closed.noise.reduce((sum, entry) => sum + entry.hidden, 0)).toBe(closed.hidden.expected)
    expect(closed.sums.holds + closed.hidden.expected + closed.hidden.short).toBe(capture.derived.holds.length)
    const { rows, groups } = findPinners(capture.trace, capture.derived, {
      ...choice,
      grouping,
      opened: closed.rows.map((row) => row.group),
    })
    expect(rows.filter((row) => row.level === 1)).toEqual(closed.rows)
    expect(groups).toBe(closed.total)
    if (grouping === 'stack') return
    for (const group of closed.rows) {
      const stacks = rows.filter((row) => row.level === 2 && row.group === group.group)
      expect(sumOf(stacks)).toEqual(sumOf([group]))
      expect(stacks.length).toBe(group.stacks)
      for (const { stack, holds } of stacks) {
        const within = { grouping, group: group.group }
        const opened = { ...choice, stackHash: stack.hash, within, offset: 1, limit: 2 }
        const { total, rows: window } = findPinnerHolds(capture.trace, capture.derived, opened)
        expect(total).toBe(holds)
        const whole = findPinnerHolds(capture.trace, capture.derived, { ...opened, offset: 0, limit: 100 }).rows
        expect(window).toEqual(whole.slice(1, 3))
        expect(whole.map((hold) => hold.durationNs)).toEqual(whole.map((hold) => hold.durationNs).sort((a, b) => b - a))
      }
    }
  },
)

function sumOf(rows: readonly PinnerAnswer[]): object {
  const sum = (of: (row: PinnerAnswer) => number): number => rows.reduce((total, row) => total + of(row), 0)
  return {
    holds: sum((row) => row.holds),
    open: sum((row) => row.open),
    totalNs: sum((row) => row.totalNs),
    longestNs: Math.max(0, ...rows.map((row) => row.longestNs)),
  }
}

function slowTotals(
  { trace: given, derived: { holds }, derived: tables }: ToldCapture,
  thresholdNs: number,
  includeExpected: boolean,
  nameOf: (given: Trace, tables: Derived, hold: number) => string,
): ReadonlyMap<string, object> {
  const groups = new Map<string, { size: number; isOpen: boolean; page: number; task: number }[]>()
  for (let hold = 0; hold < holds.length; hold++) {
    const size = holds.to[hold] - holds.from[hold]
    if (size < thresholdNs || (!includeExpected && REFERENCE_CLASSES[holds.class[hold]].isExpected)) continue
    const hash = nameOf(given, tables, hold)
    const isOpen = holds.kind[hold] !== HOLD_CLOSED
    const found = { size, isOpen, page: holds.page[hold], task: holds.task[hold] }
    groups.set(hash, [...(groups.get(hash) ?? []), found])
  }
  return new Map(
    [...groups].map(([hash, rows]) => [
      hash,
      {
        holds: rows.length,
        open: rows.filter((row) => row.isOpen).length,
        longestNs: Math.max(...rows.map((row) => row.size)),
        totalNs: rows.reduce((sum, row) => sum + row.size, 0),
        pages: new Set(rows.map((row) => row.page)).size,
        tasks: new Set(rows.map((row) => row.task)).size,
      },
    ]),
  )
}

test('a clock that counts has no threshold: a count of events is no time, and hides no holder', () => {
  const ticking = tell(`
    app-7 0 1.0 set 1 count=1 < get_page_from_freelist do_anonymous_page
    drv-9 0 2.0 +1 count=2 < drv_grab[drv] vfs_ioctl
    drv-9 0 2.1 -1 count=1 < drv_release[drv] vfs_ioctl
  `)
  const counting = { ...ticking, clock: { ...ticking.clock, style: { unit: 'counts', digits: 0 } as const } }
  const judged = derive(counting)
  const answer = findPinners(counting, judged, {
    thresholdNs: judged.thresholdNs,
    includeExpected: false,
    filter: '',
    sort: 'total',
    isDescending: true,
    offset: 0,
    limit: 9,
  })
  expect(answer).toMatchObject({ hasDurations: false, hidden: { short: 0 }, rows: [{ holder: 'drv_grab [drv]' }] })
  const { holds, hiddenHolds } = readOverview(counting, judged)
  expect(holds - hiddenHolds).toBe(1)
})

test.each(PINNER_GROUPINGS)('grouped by %s, a group names the line of its longest hold', (grouping) => {
  const opened = findPinners(trace, derived, { ...all, grouping }).rows.map(({ group }) => group)
  const { rows } = findPinners(trace, derived, { ...all, grouping, opened })
  const stacks = rows.filter(({ level }) => grouping === 'stack' || level === 2)
  for (const { stack, group, longestPlace } of stacks) {
    const within = grouping === 'stack' ? {} : { within: { grouping, group } }
    const [longest] = findPinnerHolds(trace, derived, { ...all, ...within, stackHash: stack.hash, limit: 1 }).rows
    expect(longestPlace).toEqual(longest.getPlace ?? longest.putPlace)
  }
  for (const row of rows) {
    const longest = stacks.filter(({ group, longestNs }) => group === row.group && longestNs === row.longestNs)
    expect(longest.map(({ longestPlace }) => longestPlace)).toContainEqual(row.longestPlace)
  }
})

test('a group of which only short holds are known still names a line', () => {
  const choice = { ...all, thresholdNs: 5_000_000_000, includeExpected: false, withBlockers: true }
  const { rows } = findPinners(trace, derived, choice)
  const [longest] = findPinnerHolds(trace, derived, { ...all, stackHash: rows[0].stack.hash, limit: 1 }).rows
  expect(rows.map(({ holder, holds }) => [holder, holds])).toEqual([['leaky_grab [leaky]', 0]])
  expect(rows[0].longestPlace).toEqual(longest.getPlace)
})
