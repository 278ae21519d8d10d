import { useCallback, useEffect, useRef, useState } from 'react'

/** How long it is said what was copied, ms. */
const SAID_MS = 5000

/** What was copied, in words, until a moment later; saying it again begins anew. */
export function useCopySaid(): readonly [said: string, say: (words: string) => void] {
  const [said, setSaid] = useState('')
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const say = useCallback((words: string) => {
    clearTimeout(timer.current)
    setSaid(words)
    timer.current = setTimeout(() => setSaid(''), SAID_MS)
  }, [])
  return [said, say]
}
