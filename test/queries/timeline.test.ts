import { REFERENCE_CLASSES } from '../../src/derive/attribution/reference-class.ts'
import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { formatTime } from '../../src/base/clock.ts'
import { buildTimeline } from '../../src/queries/timeline.ts'
import { LATE_PUT, LEAK, toldCapture } from '../support/told-capture.ts'

const { trace, derived } = toldCapture(LATE_PUT)
const whole = { pfn: 0x100, lifetime: 0, columns: 1000 }

test('the points of a page are its counts after each reference event, with what each did', () => {
  const { points, isDecimated, eventsInWindow } = buildTimeline(trace, derived, whole)
  expect(points.map(({ text, operation, count }) => `${text} ${operation} ${count}`)).toEqual([
    '1.000100 set 1 1',
    '1.200000 +1 2',
    '1.900000 +1 3',
    '1.900050 -1 2',
    '2.300000 -1 1',
  ])
  expect(isDecimated).toBe(false)
  expect(eventsInWindow).toBe(5)
})

test('a window begins with the count in force', () => {
  const answer = buildTimeline(trace, derived, { ...whole, from: 1_000_000_000, to: 1_400_000_000 })
  expect(answer.points.map((point) => point.text)).toEqual(['1.900050', '2.300000'])
  expect(answer.eventsInWindow).toBe(1)
})

test('the count of a life before is not in force in the next one', () => {
  const reused = toldCapture(`
    a-1 0 1.0 set 1 count=1
    a-1 0 2.0 -1 count=0 mapcount=-1
    b-2 0 4.0 set 1 count=1
    b-2 0 5.0 +1 count=2
  `)
  const answer = buildTimeline(reused.trace, reused.derived, { ...whole, from: 2_000_000_000, to: 4_000_000_000 })
  expect(answer.points.map((point) => point.text)).toEqual(['4.000000', '5.000000'])
})

test('holds that migration does not expect are listed first, longest first, with the task that put beside the one that got', () => {
  const answer = buildTimeline(trace, derived, whole)
  const driver = answer.holds.find((hold) => hold.holder === 'leaky_grab [leaky]')
  expect(driver).toMatchObject({
    kind: 'closed',
    durationText: '1.100 s',
    task: { comm: 'drv', pid: 9 },
    putTask: { comm: 'drv', pid: 9 },
    isAtLeast: false,
  })
  const isExpected = new Map(REFERENCE_CLASSES.map(({ id, isExpected: expected }) => [id, expected]))
  const order = answer.holds.map((hold) => [Number(isExpected.get(hold.class)), -hold.durationNs] as const)
  expect(order).toEqual([...order].sort((a, b) => a[0] - b[0] || a[1] - b[1]))
  expect(answer.holds[0]).toBe(driver)
  expect(new Set(answer.holds.map((hold) => hold.id)).size).toBe(answer.holds.length)
})

test('an open hold says that its length is a lower bound', () => {
  const leak = toldCapture(LEAK)
  const answer = buildTimeline(leak.trace, leak.derived, whole)
  const driver = answer.holds.find((hold) => hold.holder === 'leaky_grab [leaky]')
  expect(driver).toMatchObject({ kind: 'open', isAtLeast: true, durationText: '1.300 s' })
  expect(driver?.to).toBeUndefined()
})

test('the failure of the range is marked, and only within the window', () => {
  expect(buildTimeline(trace, derived, whole).failures.map((mark) => mark.label)).toEqual([
    'contig failed on [0x100, 0x200)',
  ])
  expect(buildTimeline(trace, derived, { ...whole, to: 900_000_000 }).failures).toEqual([])
})

test('a lifetime is a window of its own', () => {
  const answer = buildTimeline(trace, derived, { ...whole, pfn: 0x101, lifetime: 1 })
  expect([answer.from.text, answer.to.text]).toEqual(['1.000200', '1.300000'])
})

test('a page without events has an empty timeline over the whole trace', () => {
  const answer = buildTimeline(trace, derived, { ...whole, pfn: 0x999 })
  expect(answer).toMatchObject({ points: [], holds: [], eventsInWindow: 0 })
  expect(answer.from.text).toBe('1.000100')
})

test('lost events are a band cut to the window', () => {
  const lossy = toldCapture(`
    a-1 1 1.0 +1 count=2
    CPU:1 [LOST 512 EVENTS]
    a-1 1 3.0 +1 count=3
    a-1 1 4.0 +1 count=4
  `)
  const answer = buildTimeline(lossy.trace, lossy.derived, { ...whole, from: 1_000_000_000, to: 2_500_000_000 })
  expect(answer.losses).toEqual([{ from: 1_000_000_000, to: 2_000_000_000, label: 'CPU 1 lost 512 events' }])
})

test('pins of a small folio are counted by 1024', () => {
  const pinned = toldCapture(`
    a-1 0 1.0 set 1 count=1
    a-1 0 2.0 +1024 count=1025 < try_grab_page
    a-1 0 3.0 +1024 count=2049 < try_grab_page
  `)
  expect(buildTimeline(pinned.trace, pinned.derived, whole).points.map((point) => point.pins)).toEqual([0, 1, 2])
})

test('a count is told by what it is made of, expected below, and what is above the expected', () => {
  const { points, layers } = buildTimeline(trace, derived, whole)
  for (const point of points) expect(point.units.reduce((sum, units) => sum + units, 0)).toBe(point.count)
  const isExpected = (id: string): boolean => REFERENCE_CLASSES.some((entry) => entry.id === id && entry.isExpected)
  const places = layers.map((id) => (isExpected(id) ? 0 : id === 'untold' ? 1 : 2))
  expect(places).toEqual([...places].sort((one, other) => one - other))
  expect(layers).toContain('driver')
  const held = points.find(({ text }) => text === '1.200000')
  expect(held?.units[layers.indexOf('driver')]).toBe(1)
})

test('references taken before the trace are untold, and what is expected is not said where nothing tells', () => {
  const late = toldCapture(`
    a-1 0 1.0 +1 count=4
    a-1 0 2.0 -1 count=3
  `)
  const { points, layers } = buildTimeline(late.trace, late.derived, whole)
  expect(layers).toContain('untold')
  for (const { excess, expected } of points) expect(excess === undefined).toBe(expected === undefined)
})

test('a window between two events is made of what the one before it left', () => {
  const answer = buildTimeline(trace, derived, { ...whole, from: 1_300_000_000, to: 1_400_000_000 })
  expect(answer.points.map((point) => point.units.length)).toEqual(answer.points.map(() => answer.layers.length))
})

test('attempts to move the page are told with their task, their outcome and their lines, where they overlap the window', () => {
  const moved = toldCapture(`
    a-1 0 1.0 set 1 count=1
    mig-7 0 2.0 +1 count=2 < isolate_migratepages_block < isolate_migratepages_range
    mig-7 0 2.5 -1 count=1 < putback_movable_pages
    mig-7 0 3.0 +1 count=2 < isolate_migratepages_block < isolate_migratepages_range
    mig-7 0 3.5 -1 count=1 < putback_movable_pages
  `)
  const answer = buildTimeline(moved.trace, moved.derived, whole)
  expect(answer.attemptCount).toBe(2)
  expect(answer.attempts.map(({ from, to, outcome, task }) => [from.text, to.text, outcome, task.pid])).toEqual([
    ['2.000000', '2.500000', 'failed', 7],
    ['3.000000', '3.500000', 'failed', 7],
  ])
  expect(answer.attempts[0].firstPlace.line).toBeLessThan(answer.attempts[0].lastPlace.line)
  const cut = buildTimeline(moved.trace, moved.derived, { ...whole, from: answer.attempts[1].from.ns })
  expect(cut.attempts.map(({ id }) => id)).toEqual([answer.attempts[1].id])
})

propertyTest.prop([
  fc.array(fc.integer({ min: -4, max: 40 }), { minLength: 2, maxLength: 120 }),
  fc.integer({ min: 1, max: 9 }),
])(
  'decimation loses no spike: highest and lowest count stay, and each kept point is a real one',
  (changes, columns) => {
    let count = 50
    const story = changes.map((change, at) => {
      count = Math.max(1, count + change)
      return `a-1 0 ${1 + at}.000000 +1 count=${count}`
    })
    const told = toldCapture(story.join('\n'))
    const all = buildTimeline(told.trace, told.derived, { ...whole, columns: 100_000 }).points
    const few = buildTimeline(told.trace, told.derived, { ...whole, columns, onlyPoints: true }).points
    const counts = (points: typeof all): readonly number[] => points.map((point) => point.count)
    expect(Math.max(...counts(few))).toBe(Math.max(...counts(all)))
    expect(Math.min(...counts(few))).toBe(Math.min(...counts(all)))
    expect(few.length).toBeLessThanOrEqual(8 * columns)
    for (const point of few) expect(all).toContainEqual(point)
    expect(few[0].text).toBe(formatTime(0, told.trace.clock))
  },
)
