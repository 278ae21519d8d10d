import { useEffect, useLayoutEffect, useRef, useState } from 'react'

/** Names that were given back, and how many there are at all. */
const free: string[] = []
let made = 0

/**
 * A name that nothing else on the page has as long as it is lent: until who uses it is gone for good. What Suspense hides keeps
 * its name, as its lines stay on the page. There are never more names than were needed at once, by what goes and what comes.
 *
 * For lines of recharts, whose selectors remember every name of a line that they ever saw, for as long as the page lives:
 * they look it up in the empty list that all charts begin with. Named by React, a line has a new name each time it is shown.
 * Undefined until it is lent, which is before anything is painted: a chart is to be drawn only then.
 */
export function useLentName(): string | undefined {
  const [name, setName] = useState<string>()
  const lent = useRef<string>(undefined)
  // Taken in an effect, so that what is never shown takes none. Run anew for what was hidden, which has its name still.
  useLayoutEffect(() => {
    lent.current ??= free.pop() ?? `drawing-${made++}`
    setName(lent.current)
  }, [])
  // Not as the clean-up of the other, nor as that of a ref: both are run for what Suspense hides, too.
  useEffect(
    () => () => {
      if (lent.current !== undefined) free.push(lent.current)
      lent.current = undefined
    },
    [],
  )
  return name
}
