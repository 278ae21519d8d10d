import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { type ReactNode, useEffect, useState } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { NoteInput } from '../../../src/ui/session/note-input.tsx'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const taken: [string, string][] = []
const elsewhere = new EventTarget()
const sayElsewhere = (value: string): boolean => elsewhere.dispatchEvent(new CustomEvent('said', { detail: value }))
let refuse = ''

/** A note that lives here, and of which another tab may say something. */
function Kept({ first }: { readonly first: string }): ReactNode {
  const [value, setValue] = useState(first)
  useEffect(() => {
    const hear = (event: Event): void => void (event instanceof CustomEvent && setValue(String(event.detail)))
    elsewhere.addEventListener('said', hear)
    return () => elsewhere.removeEventListener('said', hear)
  }, [])
  return (
    <NoteInput
      label="note"
      hint=""
      value={value}
      isLarge={false}
      saved="Saved"
      onCommit={(text, instead) => {
        taken.push([text, instead])
        if (refuse === '') setValue(text)
        return refuse
      }}
    />
  )
}

beforeEach(() => {
  taken.length = 0
  refuse = ''
})

const field = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'note' })
const type = (text: string): void => act(() => void fireEvent.change(field(), { target: { value: text } }))
const rest = (): void => act(() => void vi.advanceTimersByTime(1000))

test('what is typed is handed over in a pause, with what it takes the place of', () => {
  render(<Kept first="seen" />)
  type('seen on')
  expect(screen.getByText('Not saved yet')).toBeTruthy()
  rest()
  type('seen on two boards')
  rest()
  expect(taken).toEqual([
    ['seen on', 'seen'],
    ['seen on two boards', 'seen on'],
  ])
  expect(screen.getByText('Saved')).toBeTruthy()
})

test('what another tab says meanwhile does not take its place, and is told apart from what was seen', () => {
  render(<Kept first="seen" />)
  type('seen on')
  act(() => void sayElsewhere('said elsewhere'))
  expect(field().value).toBe('seen on')
  rest()
  expect(taken).toEqual([['seen on', 'seen']])
  // Both stand now: the field of a conflict is empty, but not while it is being typed in.
  act(() => void sayElsewhere(''))
  type('seen on two')
  rest()
  expect(taken.at(-1)).toEqual(['seen on two', 'seen on'])
})

test('what another tab says is shown where nobody types', () => {
  render(<Kept first="seen" />)
  act(() => void sayElsewhere('said elsewhere'))
  expect(field().value).toBe('said elsewhere')
  type('said elsewhere, and here')
  act(() => void fireEvent.blur(field()))
  act(() => void sayElsewhere('settled'))
  expect(field().value).toBe('settled')
})

test('what is being typed is handed over when the page goes, and when its place does', () => {
  const { unmount } = render(<Kept first="" />)
  type('a')
  act(() => void window.dispatchEvent(new Event('pagehide')))
  expect(taken).toEqual([['a', '']])
  type('ab')
  unmount()
  expect(taken.at(-1)).toEqual(['ab', 'a'])
})

test('what is refused stays in the field, with the reason', () => {
  refuse = 'too much'
  render(<Kept first="seen" />)
  type('seen for too long')
  act(() => void fireEvent.blur(field()))
  expect(screen.getByText('too much')).toBeTruthy()
  expect(field().value).toBe('seen for too long')
})
