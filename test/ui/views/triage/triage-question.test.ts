import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { DEFAULT_VIEW, type ViewState } from '../../../../src/state/view-state.ts'
import {
  foldAllPatch,
  foldPatch,
  isUnfolded,
  listOf,
  nextGrouping,
  sortPatch,
} from '../../../../src/ui/views/triage/triage-question.ts'
import { rangePatch } from '../../../../src/ui/views/triage/use-triage-keys.ts'

const steps = fc.array(
  fc.oneof(fc.constant('all' as const), fc.record({ key: fc.constantFrom('a', 'b, c', 'd%'), isOpen: fc.boolean() })),
)

describe('folding', () => {
  test.prop([steps])('ends with every group as it was last left', (taken) => {
    let view: ViewState = DEFAULT_VIEW
    const open = new Map([
      ['a', true],
      ['b, c', true],
      ['d%', true],
    ])
    for (const step of taken) {
      if (step === 'all') {
        const isOpen = view.isTriageFolded === true
        for (const key of open.keys()) open.set(key, isOpen)
        view = { ...view, ...foldAllPatch(view) }
      } else {
        open.set(step.key, step.isOpen)
        view = { ...view, ...foldPatch(view, step.key, step.isOpen) }
      }
    }
    for (const [key, isOpen] of open) expect(isUnfolded(view, key)).toBe(isOpen)
  })
})

test('a heading sorts falling, then rising, then as usual again', () => {
  const falling = { ...DEFAULT_VIEW, ...sortPatch({ id: 'time', isDescending: true }, DEFAULT_VIEW) }
  expect(listOf(falling)).toMatchObject({ sort: 'time', isDescending: true })
  const rising = { ...falling, ...sortPatch({ id: 'time', isDescending: false }, falling) }
  expect(listOf(rising)).toMatchObject({ sort: 'time', isDescending: false })
  const usual = { ...rising, ...sortPatch({ id: 'time', isDescending: true }, rising) }
  expect(listOf(usual)).toEqual(listOf(DEFAULT_VIEW))
})

test('the key of groupings goes round', () => {
  expect(nextGrouping(DEFAULT_VIEW)).toBe('trigger')
  expect(nextGrouping({ ...DEFAULT_VIEW, triageGrouping: 'none' })).toBe('culprit')
})

describe('stepping from range to range', () => {
  const around = ['x', 'y', 'z'].map((id) => ({ id, group: `of ${id}` }))
  const place = { listed: 3, first: around[0], at: { nth: 2, around } }

  test('goes on from what the link says now, and stops at the ends', () => {
    expect(rangePatch({ ...DEFAULT_VIEW, failure: 'y' }, place, 1)).toEqual({ failure: 'z', pfn: undefined })
    expect(rangePatch({ ...DEFAULT_VIEW, failure: 'z' }, place, 1)).toMatchObject({ failure: 'z' })
    expect(rangePatch({ ...DEFAULT_VIEW, failure: 'x' }, place, -1)).toMatchObject({ failure: 'x' })
    expect(rangePatch(DEFAULT_VIEW, place, 1)).toMatchObject({ failure: 'y' })
  })

  test('unfolds the group of what it leads to', () => {
    const view: ViewState = { ...DEFAULT_VIEW, failure: 'y', isTriageFolded: true }
    expect(rangePatch(view, place, 1)).toMatchObject({ failure: 'z', triageExcept: ['of z'] })
  })

  test('leads to the first where the range is not listed, and nowhere where none is', () => {
    expect(rangePatch({ ...DEFAULT_VIEW, failure: 'gone' }, place, 1)).toMatchObject({ failure: 'x' })
    expect(rangePatch(DEFAULT_VIEW, { listed: 0 }, 1)).toEqual({})
  })
})
