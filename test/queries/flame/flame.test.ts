import { fc, test as propertyTest } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { FLAME_AREAS, FLAME_INNERMOST, FLAME_ORDERS } from '../../../src/queries/flame/flame-question.ts'
import { findFlame, type FlameAnswer, type FlameQuestion } from '../../../src/queries/flame/flame.ts'
import { foldFlame } from '../../../src/queries/flame/flame-folded.ts'
import { findFlameFrame } from '../../../src/queries/flame/flame-frame.ts'
import { findPinnerHolds } from '../../../src/queries/pinner-holds.ts'
import { findPinners } from '../../../src/queries/pinners.ts'
import { LEAK, type ToldCapture, toldCapture } from '../../support/told-capture.ts'

const usual: FlameQuestion = {
  thresholdNs: 0,
  includeExpected: true,
  filter: '',
  order: 'callers',
  innermost: 'helper',
  mergesRecursion: false,
  mergesModules: false,
  collapsed: [],
  hidden: [],
  area: 'holds',
  search: '',
  widthPx: 100_000,
}

/** `a;b 3` for each path, in the order of the drawing; root left out. */
function drawn({ frames }: FlameAnswer): readonly string[] {
  const paths: string[] = []
  return frames.map(({ name, parent, value }, at) => {
    paths[at] = parent <= 0 ? name : `${paths[parent]};${name}`
    return `${paths[at]} ${value}`
  })
}

const STACKS = `
  a-1 0 1.0 +1 pfn=0x1 count=2 < try_grab_folio grab[one] enter[one] sys_go
  a-1 0 1.1 +1 pfn=0x2 count=2 < try_grab_folio grab[one] enter[one] sys_go
  b-2 0 1.2 +1 pfn=0x1 count=3 < try_grab_folio take[two] walk walk enter[one] sys_go
`
const two = toldCapture(STACKS)
const ask = (question: Partial<FlameQuestion>, { trace, derived }: ToldCapture = two): FlameAnswer =>
  findFlame(trace, derived, { ...usual, ...question })

test('frames stand by their callers, the widest first, with the holds beyond each', () => {
  expect(drawn(ask({ innermost: 'holder' }))).toEqual([
    ' 3',
    'sys_go 3',
    'sys_go;enter [one] 3',
    'sys_go;enter [one];grab [one] 2',
    'sys_go;enter [one];walk 1',
    'sys_go;enter [one];walk;walk 1',
    'sys_go;enter [one];walk;walk;take [two] 1',
  ])
})

test('from the leaves on, the function that took the reference is the root of its callers', () => {
  const paths = drawn(ask({ order: 'leaves', innermost: 'holder' }))
  expect(paths).toContain('grab [one] 2')
  expect(paths).toContain('grab [one];enter [one];sys_go 2')
  expect(paths).toContain('take [two];walk;walk;enter [one];sys_go 1')
})

test('recursion, frames of one module, what lies beyond a function, and a function itself can be folded', () => {
  expect(drawn(ask({ mergesRecursion: true, innermost: 'holder' }))).toContain('sys_go;enter [one];walk;take [two] 1')
  expect(drawn(ask({ mergesModules: true, innermost: 'holder' }))).toEqual([
    ' 3',
    'sys_go 3',
    'sys_go;[one] 3',
    'sys_go;[one];walk 1',
    'sys_go;[one];walk;walk 1',
    'sys_go;[one];walk;walk;[two] 1',
  ])
  const folded = ask({ collapsed: ['enter [one]'] })
  expect(drawn(folded)).toEqual([' 3', 'sys_go 3', 'sys_go;enter [one] 3'])
  expect(folded.frames.at(-1)).toMatchObject({ isCollapsed: true, self: 3 })
  expect(drawn(ask({ hidden: ['walk', 'enter [one]'], innermost: 'holder' }))).toEqual([
    ' 3',
    'sys_go 3',
    'sys_go;grab [one] 2',
    'sys_go;take [two] 1',
  ])
})

test('pages are counted as a set: one that two callees hold is one page of their caller', () => {
  const { frames } = ask({ area: 'pfns', innermost: 'holder' })
  const value = (name: string): number | undefined => frames.find((frame) => frame.name === name)?.value
  expect([value('grab [one]'), value('take [two]'), value('enter [one]'), value('')]).toEqual([2, 1, 2, 2])
  const [outer] = frames.filter(({ name }) => name === 'enter [one]')
  const inner = frames.filter(({ parent }) => frames[parent]?.name === 'enter [one]')
  expect(inner.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(outer.width, 6)
})

test('a frame in focus fills the width, its callers are the way back, and one that is gone leaves all stacks', () => {
  const focus = ask({ innermost: 'holder' }).frames.find(({ name }) => name === 'grab [one]')?.id ?? ''
  const { frames, crumbs } = ask({ focus, innermost: 'holder' })
  expect(frames[0]).toMatchObject({ name: 'grab [one]', x: 0, width: usual.widthPx, depth: 0, value: 2 })
  expect(crumbs.map(({ name }) => name)).toEqual(['sys_go', 'enter [one]', 'grab [one]'])
  const lost = ask({ focus, innermost: 'holder', filter: 'take' })
  expect(lost).toMatchObject({ isFocusLost: true, crumbs: [], frames: [{ name: '' }, {}, {}, {}, {}, {}] })
})

test.each([
  ['WALK', 2, 1],
  ['/^(grab|take) /', 2, 3],
  ['nowhere', 0, 0],
])('a search for %s marks frames and counts holds once, however often their stack has it', (search, frames, holds) => {
  const { found, frames: all } = ask({ search, innermost: 'holder' })
  expect(found).toEqual({ problem: '', frames, holds, ofHolds: 3 })
  expect(all.filter(({ isMatch }) => isMatch)).toHaveLength(frames)
})

test('a regular expression that is none is told, and marks nothing', () => {
  expect(ask({ search: '/(/' }).found?.problem).toMatch(/\(/)
})

test('frames narrower than a pixel are left out and counted', () => {
  const { frames, narrowCount, frameCount } = ask({ widthPx: 2, innermost: 'holder' })
  expect(frames.map(({ name }) => name)).toEqual(['', 'sys_go', 'enter [one]', 'grab [one]'])
  expect(frames[2].rest).toMatchObject({ frames: 3 })
  expect(narrowCount).toBe(3)
  expect(frameCount).toBe(6)
})

test('colours are those of classes: one where all holds beyond are of it, mixed else', () => {
  const { frames, classes } = ask({}, toldCapture(LEAK))
  expect(frames.find(({ name }) => name === 'leaky_grab [leaky]')?.class).toBe('driver')
  expect(frames[0].class).toBe('mixed')
  expect(classes).toContain('driver')
})

test('the range that a driver blocked is the area of its frames', () => {
  const { frames, total } = ask({ area: 'ranges' }, toldCapture(LEAK))
  expect(total).toBe(1)
  expect(frames.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['__x64_sys_ioctl', 'leaky_ioctl [leaky]', 'leaky_grab [leaky]', 'try_grab_folio']),
  )
})

test('the frame in which a stack ends is told, and its rows are the holds of the stack with their lines', () => {
  const { trace, derived } = toldCapture(LEAK)
  const hash = findPinners(trace, derived, { ...table, filter: 'drv' }).rows[0].stack.hash
  const { endOfStack } = findFlame(trace, derived, { ...usual, stack: hash })
  const { frame } = findFlameFrame(trace, derived, { ...usual, frame: endOfStack ?? '', offset: 0, limit: 9 })
  expect(frame).toMatchObject({ name: 'try_grab_folio', holds: 1, open: 1, pages: 1, ranges: 1, stacks: 1, total: 1 })
  expect(frame?.stack?.hash).toBe(hash)
  expect(frame?.rows).toEqual(findPinnerHolds(trace, derived, { ...table, stackHash: hash }).rows)
  expect(findFlameFrame(trace, derived, { ...usual, frame: '0'.repeat(16), offset: 0, limit: 9 })).toEqual({})
})

test('folded stacks are lines that flamegraph.pl reads, the root first', () => {
  const { trace, derived } = two
  expect(foldFlame(trace, derived, { ...usual, innermost: 'holder' })).toBe(
    'sys_go;enter [one];grab [one] 2\nsys_go;enter [one];walk;walk;take [two] 1\n',
  )
})

const table = {
  thresholdNs: 0,
  includeExpected: true,
  filter: '',
  sort: 'total',
  isDescending: true,
  withBlockers: true,
  offset: 0,
  limit: 10_000,
} as const

const told = fc
  .array(
    fc.record({
      pfn: fc.integer({ min: 1, max: 4 }),
      task: fc.integer({ min: 1, max: 3 }),
      isPut: fc.boolean(),
      path: fc.array(fc.constantFrom('fa', 'fb', 'fc[m]', 'fd[m]', 'post_alloc_hook'), { maxLength: 5 }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((steps) => {
    const lines = steps.map(({ pfn, task, isPut, path }, at) => {
      const stack = path.length === 0 ? '' : ` < ${path.join(' ')}`
      return `t${task}-${task} 0 ${at + 1}.0 ${isPut ? '-1' : '+1'} pfn=0x${pfn} count=5${stack}`
    })
    return toldCapture(lines.join('\n'))
  })
const choices = fc.record({
  thresholdNs: fc.constantFrom(0, 3e9, 1e12),
  includeExpected: fc.boolean(),
  filter: fc.constantFrom('', 'fa', 't1'),
  order: fc.constantFrom(...FLAME_ORDERS),
  innermost: fc.constantFrom(...FLAME_INNERMOST),
  mergesRecursion: fc.boolean(),
  mergesModules: fc.boolean(),
  collapsed: fc.subarray(['fa', 'fc [m]']),
  hidden: fc.subarray(['fb', 'fd [m]']),
})

propertyTest.prop([told, choices])('the flame graph has the sums of the table', ({ trace, derived }, choice) => {
  const { sums, total } = findPinners(trace, derived, { ...table, ...choice })
  const flame = findFlame(trace, derived, { ...usual, ...choice })
  expect(flame.sums).toEqual({ holds: sums.holds, open: sums.open, totalNs: sums.totalNs, stacks: total })
})

propertyTest.prop([told, choices, fc.constantFrom(...FLAME_AREAS)])(
  'each frame has the value that a slow count over the holds beyond it gives, and neighbours share its width',
  ({ trace, derived }, choice, area) => {
    const { frames } = findFlame(trace, derived, { ...usual, ...choice, area })
    for (const [at, frame] of frames.entries()) {
      if (at === 0) continue
      const facts = findFlameFrame(trace, derived, { ...usual, ...choice, frame: frame.id, offset: 0, limit: 1000 })
      const rows = facts.frame?.rows ?? []
      const slow = {
        holds: rows.length,
        time: rows.reduce((sum, { durationNs }) => sum + durationNs, 0),
        pfns: new Set(rows.map(({ pfn }) => pfn)).size,
        ranges: facts.frame?.ranges,
      }
      expect(frame.value).toBe(slow[area])
      const inner = frames.filter(({ parent }) => parent === at)
      expect(inner.reduce((sum, { width }) => sum + width, 0)).toBeLessThan(frame.width + 1e-6)
      for (const { x, width } of inner) {
        expect(x).toBeGreaterThan(frame.x - 1e-6)
        expect(x + width).toBeLessThan(frame.x + frame.width + 1e-6)
      }
    }
  },
)

propertyTest.prop([told, choices])('folded numbers add up to the holds', ({ trace, derived }, choice) => {
  const lines = foldFlame(trace, derived, { ...usual, ...choice })
    .split('\n')
    .filter(Boolean)
  const sum = lines.reduce((total, line) => total + Number(/ (\d+)$/.exec(line)?.[1]), 0)
  expect(sum).toBe(findPinners(trace, derived, { ...table, ...choice }).sums.holds)
})
