import { useEffect, useState } from 'react'
import { focusedPlace, type FocusedPlace } from './focused-place.ts'

/** Said in the status line when the key for raw lines finds none. */
const NO_LINE = 'No line is known of this.'

/** What the key for raw lines does: opens the line of what has the focus, or says that none is known. */
export function useLinesKey(onPlace: (place: FocusedPlace) => void): {
  /** Empty until a line is not found, and again from the next key or click on. */
  readonly said: string
  readonly showLines: () => void
} {
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (said === '') return undefined
    const forget = (): void => setSaid('')
    // In the capture phase: the key that asked has passed it, and one that asks again is heard as a new one.
    window.addEventListener('keydown', forget, true)
    window.addEventListener('pointerdown', forget, true)
    return () => {
      window.removeEventListener('keydown', forget, true)
      window.removeEventListener('pointerdown', forget, true)
    }
  }, [said])
  const showLines = (): void => {
    const place = focusedPlace()
    if (place === undefined) setSaid(NO_LINE)
    else onPlace(place)
  }
  return { said, showLines }
}
