import { type RefCallback, useCallback, useRef } from 'react'

/** Something to be focused that may not be there yet. */
export interface LateFocus {
  readonly ref: RefCallback<HTMLElement>
  /** Focuses it, as soon as it is there; not where the focus has gone elsewhere by then. */
  readonly focus: () => void
}

/** Gives the focus to an element that a question still has to bring: a key must not be lost because it came early. */
export function useLateFocus(): LateFocus {
  const element = useRef<HTMLElement | null>(null)
  const asker = useRef<Element | null>(null)
  const ref = useCallback((shown: HTMLElement | null) => {
    element.current = shown
    if (shown === null || asker.current === null) return
    if (document.activeElement === asker.current) bringForward(shown)
    asker.current = null
  }, [])
  const focus = useCallback(() => {
    if (element.current === null) asker.current = document.activeElement
    else bringForward(element.current)
  }, [])
  return { ref, focus }
}

/** Focused, with its beginning at the top: what is opened is read from there. */
function bringForward(element: HTMLElement): void {
  element.focus({ preventScroll: true })
  element.scrollIntoView({ block: 'start' })
}
