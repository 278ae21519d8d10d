import { useCallback, useState } from 'react'

/** Names that were given back, and how many there are at all. */
const free: string[] = []
let made = 0

/**
 * A name that nothing else on the page has as long as it is lent: while the element that takes `holder` is on the page.
 * There are never more of them than were needed at once.
 *
 * For lines of recharts, whose selectors remember every name of a line that they ever saw, for as long as the page lives:
 * they look it up in the empty list that all charts begin with. Named by React, a line has a new name each time it is shown.
 * Undefined until it is lent, which is before anything is painted: a chart is to be drawn only then.
 */
export function useLentName(): readonly [holder: () => () => void, name: string | undefined] {
  const [name, setName] = useState<string>()
  const holder = useCallback(() => {
    const lent = free.pop() ?? `drawing-${made++}`
    setName(lent)
    return () => void free.push(lent)
  }, [])
  return [holder, name]
}
