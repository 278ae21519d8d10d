import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { focusedCopyButton, focusedPlace } from '../../../src/ui/shell/focused-place.ts'

afterEach(cleanup)

function Page() {
  return (
    <>
      <main>
        <table>
          <tbody>
            <tr tabIndex={0} aria-label="own" data-place="trace.txt:7">
              <td />
            </tr>
            <tr tabIndex={0} aria-label="shown">
              <td>
                <button type="button" data-place="trace.txt:8">
                  8
                </button>
              </td>
              <td tabIndex={-1} data-cell="1" aria-label="of the other">
                <button type="button" data-place="good.txt:5" data-of="other">
                  5
                </button>
              </td>
            </tr>
            <tr aria-selected="true" data-place="trace.txt:9">
              <td />
            </tr>
          </tbody>
        </table>
        <button type="button" data-copy-menu="">
          far
        </button>
        <section aria-label="stack">
          <a href="#x">frame</a>
          <button type="button" data-copy-menu="">
            near
          </button>
        </section>
      </main>
    </>
  )
}

test('the line of what has the focus is its own, else the one it shows, else that of what is selected', () => {
  render(<Page />)
  screen.getByRole('row', { name: 'own' }).focus()
  expect(focusedPlace()).toEqual({ event: 'trace.txt:7' })
  screen.getByRole('row', { name: 'shown' }).focus()
  expect(focusedPlace()).toEqual({ event: 'trace.txt:8' })
  screen.getByRole('link').focus()
  expect(focusedPlace()).toEqual({ event: 'trace.txt:9' })
})

test('a cell of a row has its own line, which may be one of the other capture', () => {
  render(<Page />)
  screen.getByRole('cell', { name: 'of the other' }).focus()
  expect(focusedPlace()).toEqual({ otherEvent: 'good.txt:5' })
})

test('what copies the thing that has the focus is the nearest button around it', () => {
  render(<Page />)
  screen.getByRole('link').focus()
  expect(focusedCopyButton()?.textContent).toBe('near')
  screen.getByRole('row', { name: 'own' }).focus()
  expect(focusedCopyButton()?.textContent).toBe('far')
})
