import { describe, expect, test } from 'vitest'
import { type Clock } from '../../../../src/base/clock.ts'
import { DEFAULT_VIEW } from '../../../../src/state/view-state.ts'
import { filtersOf, withTerm } from '../../../../src/ui/views/events/event-filters.ts'

const clock: Clock = { originNs: '1000', style: { unit: 'seconds', digits: 6 }, name: 'local' }

describe('the events that a link lists', () => {
  test('are all when it says nothing', () => {
    expect(filtersOf(DEFAULT_VIEW, clock)).toEqual({})
  })

  test('are those of a name, a page, a stack and a window, all at once', () => {
    const view = {
      ...DEFAULT_VIEW,
      eventName: 'sched_switch',
      pfn: 0x10,
      stack: '0123456789abcdef',
      from: '1500',
      to: '2500',
    }
    expect(filtersOf(view, clock)).toEqual({
      name: 'sched_switch',
      pfn: 0x10,
      stackHash: '0123456789abcdef',
      from: 500,
      to: 1500,
    })
  })

  test('are those of a pid when the task is a number, else of a comm', () => {
    expect(filtersOf({ ...DEFAULT_VIEW, filter: ' 64 ' }, clock)).toEqual({ pid: 64 })
    expect(filtersOf({ ...DEFAULT_VIEW, filter: 'ts-mux' }, clock)).toEqual({ comm: 'ts-mux' })
    expect(filtersOf({ ...DEFAULT_VIEW, filter: 'kworker/0:1' }, clock)).toEqual({ comm: 'kworker/0:1' })
  })
})

test('a term is added beside the others, and what is joined by or is put in parentheses', () => {
  expect(withTerm(undefined, 'cpu:1')).toBe('cpu:1')
  expect(withTerm('op:set ', 'cpu:1')).toBe('op:set cpu:1')
  expect(withTerm('a or b', 'cpu:1')).toBe('(a or b) cpu:1')
  expect(withTerm('a | b', 'cpu:1')).toBe('(a | b) cpu:1')
  expect(withTerm('comm:"x or y"', 'cpu:1')).toBe('comm:"x or y" cpu:1')
})
