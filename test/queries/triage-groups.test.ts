import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { derive } from '../../src/derive/derive.ts'
import { findTriage, type TriageQuestion } from '../../src/queries/triage.ts'
import { type TriageGroupRow, type TriageRangeRow } from '../../src/queries/triage-rows.ts'
import { tell } from '../support/tell.ts'
import { TRIAGE_LIST } from '../support/triage-list.ts'
import { FAULT } from '../support/told-stacks.ts'

const GUP = '__page_ref_mod_unless try_get_folio get_user_pages_fast'
/** Who may hold a page; the last is nobody that is traced. */
const HOLDERS = [
  `drv-9 leaky_grab[leaky] vfs_ioctl`,
  `cam-6 iov_iter_get_pages2 __do_sys_vmsplice`,
  `isp-4 isp_queue[isp] vfs_ioctl`,
  '',
]

/** Failed ranges, each with the holders of its pages; the kernel names the first page. */
function story(ranges: readonly (readonly number[])[]): string {
  const end = 2 + ranges.length
  const told = ranges.flatMap((holders, at) => {
    const start = 0x1000 * (at + 1)
    const held = holders.flatMap((holder, nth) => {
      if (HOLDERS[holder] === '') return []
      const [task, ...stack] = HOLDERS[holder].split(' ')
      const pfn = `0x${(start + nth * 16).toString(16)}`
      return [
        `app-7 0 ${at}.1 set 1 pfn=${pfn} count=1 < ${FAULT}`,
        `${task} 0 ${at}.2 +1 unless pfn=${pfn} count=2 < ${GUP} ${stack.join(' ')}`,
      ]
    })
    const [from, to] = [start, start + 0x400].map((pfn) => `0x${pfn.toString(16)}`)
    return [...held, `init-1 1 ${at}.8 test_pages_isolated: start_pfn=${from} end_pfn=${to} fin_pfn=${from} ret=fail`]
  })
  return [...told, `oth-8 0 ${end}.0 set 1 pfn=0x900 count=1 < ${FAULT}`].join('\n')
}

const RANGES = fc.array(fc.array(fc.integer({ min: 0, max: HOLDERS.length - 1 }), { minLength: 1, maxLength: 3 }), {
  minLength: 1,
  maxLength: 7,
})

/** The rows under each group, as they follow it. */
function groupsOf(
  trace: ReturnType<typeof tell>,
  derived: ReturnType<typeof derive>,
  part: Partial<TriageQuestion>,
): readonly { readonly group: TriageGroupRow; readonly ranges: readonly TriageRangeRow[] }[] {
  const groups: { group: TriageGroupRow; ranges: TriageRangeRow[] }[] = []
  for (const row of findTriage(trace, derived, { ...TRIAGE_LIST, ...part }).rows) {
    if (row.kind === 'group') groups.push({ group: row, ranges: [] })
    else groups.at(-1)?.ranges.push(row)
  }
  return groups
}

test('groups are those of a slow twin that looks at every page of every range', () => {
  fc.assert(
    fc.property(RANGES, (ranges) => {
      const trace = tell(story(ranges))
      const derived = derive(trace)
      for (const [grouping, keysOf] of [
        ['trigger', (at: number) => [derived.findings[at].range.trigger as string]],
        ['verdict', (at: number) => [derived.findings[at].verdict as string]],
        ['page', (at: number) => derived.findings[at].pages.map(({ headPfn }) => `0x${headPfn.toString(16)}`)],
      ] as const) {
        const expected = new Map<string, Set<string>>()
        for (const [at, { range }] of derived.findings.entries()) {
          for (const key of keysOf(at)) expected.set(key, (expected.get(key) ?? new Set()).add(range.id))
        }
        const made = groupsOf(trace, derived, { grouping })
        expect(new Map(made.map(({ group, ranges: of }) => [group.key, new Set(of.map(({ id }) => id))]))).toEqual(
          expected,
        )
        for (const { group, ranges: of } of made) expect(group.ranges).toBe(of.length)
      }
    }),
    { numRuns: 40 },
  )
})

test('by culprit no range is lost, none stands twice in a group, and no page is counted twice', () => {
  fc.assert(
    fc.property(RANGES, (ranges) => {
      const trace = tell(story(ranges))
      const derived = derive(trace)
      const made = groupsOf(trace, derived, {})
      const listed = made.flatMap(({ ranges: of }) => of)
      expect(new Set(listed.map(({ id }) => id))).toEqual(new Set(derived.findings.map(({ range }) => range.id)))
      for (const { ranges: of } of made) expect(new Set(of.map(({ id }) => id)).size).toBe(of.length)
      for (const { range, pages } of derived.findings) {
        const counted = listed.filter(({ id }) => id === range.id).reduce((sum, row) => sum + row.pages, 0)
        expect(counted).toBeLessThanOrEqual(pages.length)
      }
    }),
    { numRuns: 40 },
  )
})

test('sorting loses nothing, and a figure never goes against the order that was asked for', () => {
  const order = fc.record({
    sort: fc.constantFrom('time' as const, 'pages' as const, 'confidence' as const),
    isDescending: fc.boolean(),
    grouping: fc.constantFrom('culprit' as const, 'verdict' as const, 'page' as const, 'trigger' as const),
  })
  fc.assert(
    fc.property(RANGES, order, (ranges, asked) => {
      const trace = tell(story(ranges))
      const derived = derive(trace)
      const idsOf = (part: Partial<TriageQuestion>) =>
        groupsOf(trace, derived, part)
          .flatMap(({ group, ranges: of }) => of.map(({ id }) => `${group.key} ${id}`))
          .toSorted()
      expect(idsOf(asked)).toEqual(idsOf({ grouping: asked.grouping }))
      const orderOf = new Map(derived.findings.map(({ range }, at) => [range.id, at]))
      const figureOf = {
        time: (row: TriageRangeRow) => orderOf.get(row.id) ?? -1,
        pages: (row: TriageRangeRow) => row.pages,
        confidence: (row: TriageRangeRow) => row.culprit.confidence,
      }[asked.sort]
      const made = groupsOf(trace, derived, asked)
      const rising = (figures: readonly number[]) => (asked.isDescending ? figures.toReversed() : figures)
      const isInOrder = (figures: readonly number[]): boolean =>
        rising(figures).every((figure, at, all) => at === 0 || all[at - 1] <= figure)
      for (const { ranges: of } of made) expect(isInOrder(of.map(figureOf))).toBe(true)
      const groupFigure = {
        time: (one: (typeof made)[number]) => figureOf(one.ranges[0]),
        pages: ({ group }: (typeof made)[number]) => group.pages,
        confidence: ({ group }: (typeof made)[number]) => group.confidence,
      }[asked.sort]
      expect(isInOrder(made.map(groupFigure))).toBe(true)
    }),
    { numRuns: 60 },
  )
})
