import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { type ReactNode, useState } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { DraftInput } from '../../../src/ui/widgets/draft-input.tsx'

afterEach(() => {
  vi.useRealTimers()
  cleanup()
})

/** A field whose value lives here and arrives in capitals, as a PFN arrives with its prefix. */
function Shouting({ onCommit }: { readonly onCommit: (text: string) => void }): ReactNode {
  const [value, setValue] = useState('')
  return (
    <DraftInput
      label="pfn"
      value={value}
      judge={(text) => (text.includes('!') ? 'no shouting' : undefined)}
      onCommit={(text) => {
        onCommit(text)
        setValue(text.toUpperCase())
      }}
    />
  )
}

const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'pfn' })

test('hands over what was typed when typing pauses, once', () => {
  vi.useFakeTimers()
  const onCommit = vi.fn<(text: string) => void>()
  render(<Shouting onCommit={onCommit} />)
  for (const typed of [' a', ' ab', ' abc '])
    act(() => {
      fireEvent.change(field(), { target: { value: typed } })
      vi.advanceTimersByTime(10)
    })
  expect(onCommit).not.toHaveBeenCalled()
  act(() => void vi.advanceTimersByTime(1000))
  expect(onCommit).toHaveBeenCalledWith('abc')
  expect(field().value).toBe('ABC')
  act(() => void vi.advanceTimersByTime(1000))
  expect(onCommit).toHaveBeenCalledTimes(1)
})

test('hands over at once on Enter and on leaving', async () => {
  const onCommit = vi.fn<(text: string) => void>()
  render(<Shouting onCommit={onCommit} />)
  await userEvent.type(field(), 'a{Enter}')
  expect(onCommit).toHaveBeenCalledWith('a')
  await userEvent.type(field(), 'b')
  await userEvent.tab()
  expect(onCommit).toHaveBeenLastCalledWith('Ab')
})

test('keeps to itself what is wrong, and says what is', async () => {
  const onCommit = vi.fn<(text: string) => void>()
  render(<Shouting onCommit={onCommit} />)
  await userEvent.type(field(), 'a!{Enter}')
  expect(field().getAttribute('aria-invalid')).toBe('true')
  expect(screen.getByText('no shouting')).toBeTruthy()
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(onCommit).not.toHaveBeenCalled()
})

test('shows what the value becomes elsewhere', () => {
  const { rerender } = render(<DraftInput label="pfn" value="0x1" onCommit={() => undefined} />)
  rerender(<DraftInput label="pfn" value="0x2" onCommit={() => undefined} />)
  expect(field().value).toBe('0x2')
})

test('a value that comes back to an earlier one from elsewhere stays', () => {
  vi.useFakeTimers()
  const onCommit = vi.fn<(text: string) => void>()
  const { rerender } = render(<DraftInput label="pfn" value="300 ms" onCommit={onCommit} />)
  for (const value of ['0', '300 ms']) {
    rerender(<DraftInput label="pfn" value={value} onCommit={onCommit} />)
    act(() => void vi.advanceTimersByTime(1000))
    expect(field().value).toBe(value)
  }
  expect(onCommit).not.toHaveBeenCalled()
})
