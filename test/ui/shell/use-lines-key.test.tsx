import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { useLinesKey } from '../../../src/ui/shell/use-lines-key.ts'

afterEach(cleanup)

function Page({ onPlace }: { readonly onPlace: (place: object) => void }) {
  const { said, showLines } = useLinesKey(onPlace)
  const onKeyDown = ({ key }: { readonly key: string }): void => {
    if (key === 'l') showLines()
  }
  return (
    <main>
      <output>{said}</output>
      <button type="button" onKeyDown={onKeyDown}>
        nothing
      </button>
      <ul>
        <li>
          <button type="button" data-place="trace.txt:8" onKeyDown={onKeyDown}>
            row
          </button>
        </li>
      </ul>
    </main>
  )
}

function press(name: string, key: string): void {
  const button = screen.getByRole('button', { name })
  act(() => button.focus())
  fireEvent.keyDown(button, { key })
}

test('the key opens the line of what has the focus, and says nothing', () => {
  const onPlace = vi.fn<(place: object) => void>()
  render(<Page onPlace={onPlace} />)
  press('row', 'l')
  expect(onPlace.mock.calls).toEqual([[{ event: 'trace.txt:8' }]])
  expect(screen.getByRole('status').textContent).toBe('')
})

test('where no line is known it says so, until the next key', () => {
  const onPlace = vi.fn<(place: object) => void>()
  render(<Page onPlace={onPlace} />)
  press('nothing', 'l')
  expect(screen.getByRole('status').textContent).toBe('No line is known of this.')
  press('nothing', 'l')
  expect(screen.getByRole('status').textContent).toBe('No line is known of this.')
  press('nothing', 'ArrowDown')
  expect(screen.getByRole('status').textContent).toBe('')
  expect(onPlace).not.toHaveBeenCalled()
})
