import { cleanup, renderHook } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { useCountRange } from '../../../src/ui/widgets/use-count-range.ts'

afterEach(cleanup)

function stage() {
  const { result, rerender } = renderHook(
    ({ high, subject, isMoving }: { high: number; subject: string; isMoving: boolean }) =>
      useCountRange({ low: 0, high }, subject, isMoving),
    { initialProps: { high: 9, subject: 'a', isMoving: false } },
  )
  return (high: number, isMoving: boolean, subject = 'a') => {
    rerender({ high, subject, isMoving })
    return result.current.high
  }
}

test('the axis stands still while a gesture finds lower counts, and fits them when it rests', () => {
  const highAfter = stage()
  expect([highAfter(4, true), highAfter(6, true), highAfter(4, false)]).toEqual([9, 9, 4])
})

test('higher counts are never cut off, and the axis does not come back down before the gesture rests', () => {
  const highAfter = stage()
  expect([highAfter(20, true), highAfter(3, true), highAfter(3, false)]).toEqual([20, 20, 3])
})

test('the axis of one page says nothing of another', () => {
  const highAfter = stage()
  expect(highAfter(3, true, 'b')).toBe(3)
})
