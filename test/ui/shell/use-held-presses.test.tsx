import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { type ReactNode, useState } from 'react'
import { afterEach, expect, test } from 'vitest'
import { useHeldPresses } from '../../../src/ui/shell/use-held-presses.ts'

afterEach(cleanup)

/** Each press is written behind what the presses before it wrote. */
function Page({ isReady }: { readonly isReady: boolean }): ReactNode {
  const [text, setText] = useState('')
  const presses = useHeldPresses<string>(isReady, (one) => setText(`${text}${one}`))
  return (
    <>
      <input aria-label="keys" data-waiting={presses.isWaiting} onKeyDown={({ key }) => presses.take(key)} />
      <output>{text}</output>
    </>
  )
}

const keys = (): HTMLElement => screen.getByRole('textbox')

function press(...all: readonly string[]): void {
  for (const key of all) fireEvent.keyDown(keys(), { key })
}

test('what is pressed while an answer is there is done at once', () => {
  render(<Page isReady />)
  press('n', ' ')
  expect(screen.getByRole('status').textContent).toBe('n ')
  expect(keys().dataset['waiting']).toBe('false')
})

test('what is pressed before it is done when it comes, in order, each where the one before led', () => {
  const { rerender } = render(<Page isReady={false} />)
  press('f', 'n', ' ')
  expect(screen.getByRole('status').textContent).toBe('')
  expect(keys().dataset['waiting']).toBe('true')
  rerender(<Page isReady />)
  expect(screen.getByRole('status').textContent).toBe('fn ')
  expect(keys().dataset['waiting']).toBe('false')
})

test('a held key runs up no endless debt', () => {
  const { rerender } = render(<Page isReady={false} />)
  press(...Array.from({ length: 60 }, () => 'n'))
  rerender(<Page isReady />)
  expect(screen.getByRole('status').textContent).toHaveLength(20)
})
