import { cleanup, render, screen } from '@testing-library/react'
import { type ReactNode } from 'react'
import { afterEach, expect, test } from 'vitest'
import { useLateFocus } from '../../../../src/ui/views/triage/use-late-focus.ts'

afterEach(cleanup)

function Page({ hasProof }: { readonly hasProof: boolean }): ReactNode {
  const { ref, focus } = useLateFocus()
  return (
    <>
      <button type="button" onClick={focus}>
        go
      </button>
      <input aria-label="elsewhere" />
      {hasProof && <section ref={ref} tabIndex={-1} aria-label="proof" />}
    </>
  )
}

function ask(): void {
  const button = screen.getByRole('button')
  button.focus()
  button.click()
}

test('what is there is focused at once', () => {
  render(<Page hasProof />)
  ask()
  expect(document.activeElement).toBe(screen.getByRole('region'))
})

test('what comes later is focused when it comes, once', () => {
  const { rerender } = render(<Page hasProof={false} />)
  ask()
  rerender(<Page hasProof />)
  expect(document.activeElement).toBe(screen.getByRole('region'))
  screen.getByRole('textbox').focus()
  rerender(<Page hasProof={false} />)
  rerender(<Page hasProof />)
  expect(document.activeElement).toBe(screen.getByRole('textbox'))
})

test('whoever has gone elsewhere meanwhile is left there', () => {
  const { rerender } = render(<Page hasProof={false} />)
  ask()
  screen.getByRole('textbox').focus()
  rerender(<Page hasProof />)
  expect(document.activeElement).toBe(screen.getByRole('textbox'))
})
