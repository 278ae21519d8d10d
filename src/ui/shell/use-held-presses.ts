import { useEffectEvent, useLayoutEffect, useState } from 'react'

/** A held key runs up no debt beyond this. */
const MOST_HELD = 20

/** Takes presses in order, the next where the one before led. */
export interface HeldPresses<Press> {
  /** Whether some wait. */
  readonly isWaiting: boolean
  readonly take: (press: Press) => void
}

/**
 * Presses whose effect depends on an answer: done at once when that is there, else kept in order until it is, so that a
 * quick hand is led where a slow one is. `run` sees what the press before it changed.
 */
export function useHeldPresses<Press>(isReady: boolean, run: (press: Press) => void): HeldPresses<Press> {
  const [held, setHeld] = useState<readonly Press[]>([])
  const runNext = useEffectEvent(() => {
    setHeld(held.slice(1))
    run(held[0])
  })
  useLayoutEffect(() => {
    // oxlint-disable-next-line react/set-state-in-effect -- what waited is done as the answer comes
    if (isReady && held.length > 0) runNext()
  }, [isReady, held])
  return {
    isWaiting: held.length > 0,
    take: (press) => {
      if (isReady && held.length === 0) run(press)
      else setHeld((before) => [...before, press].slice(0, MOST_HELD))
    },
  }
}
