import { act, cleanup, render, screen } from '@testing-library/react'
import { type ReactNode } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { linearScale } from '../../../src/ui/widgets/chart-scale.ts'
import { useChartGestures } from '../../../src/ui/widgets/chart-gestures.ts'
import { type TimeWindow } from '../../../src/ui/widgets/time-window.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const window: TimeWindow = { from: 0, to: 1000 }
const limits = { extent: window, minSpan: 10 }
const nothing = (): void => undefined

function Chart({ subject, onCommit }: { readonly subject: string; readonly onCommit: () => void }): ReactNode {
  const { setSurface, handlers } = useChartGestures({
    subject,
    window,
    limits,
    onCommit,
    scale: linearScale(0, 1000, 0, 1000),
    onPreview: nothing,
    onHover: nothing,
    onPick: nothing,
  })
  return <div ref={setSurface} data-testid="chart" {...handlers} />
}

/** Times that a window was committed after a turn of the wheel, when another subject is shown before the wheel rests. */
function commitsAfterWheel(next: string): number {
  const onCommit = vi.fn<() => void>()
  const { rerender } = render(<Chart subject="0x100" onCommit={onCommit} />)
  act(() => void screen.getByTestId('chart').dispatchEvent(new WheelEvent('wheel', { deltaY: -30, clientX: 500 })))
  rerender(<Chart subject={next} onCommit={onCommit} />)
  act(() => void vi.advanceTimersByTime(1000))
  return onCommit.mock.calls.length
}

test('a turn of the wheel is committed when it rests', () => {
  expect(commitsAfterWheel('0x100')).toBe(1)
})

test('a turn of the wheel over one page does not move the window of the page that is shown next', () => {
  expect(commitsAfterWheel('0x200')).toBe(0)
})

/** A key pressed on the chart: how often a window was committed, and whether the page hears of it. */
function pressed(init: KeyboardEventInit): { readonly commits: number; readonly isLeft: boolean } {
  const onCommit = vi.fn<() => void>()
  render(<Chart subject="0x100" onCommit={onCommit} />)
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init })
  act(() => void screen.getByTestId('chart').dispatchEvent(event))
  cleanup()
  return { commits: onCommit.mock.calls.length, isLeft: !event.defaultPrevented }
}

test('letters with Shift are the page’s on a chart, and small ones the chart’s', () => {
  for (const small of ['w', 's', 'a', 'd']) {
    expect(pressed({ key: small })).toEqual({ commits: 1, isLeft: false })
    expect(pressed({ key: small.toUpperCase(), shiftKey: true })).toEqual({ commits: 0, isLeft: true })
    // Where Shift and Caps Lock cancel out.
    expect(pressed({ key: small, shiftKey: true })).toEqual({ commits: 0, isLeft: true })
  }
})
