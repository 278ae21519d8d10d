import { useState } from 'react'

/** The span of the vertical axis, in references. */
export interface CountRange {
  readonly low: number
  readonly high: number
}

interface Held {
  readonly subject: string
  readonly range: CountRange
}

/**
 * The span to draw: that of the points, and while they change with each move of a gesture the widest there was, so that the
 * axis stands still and nothing is cut off. Of another subject it begins anew.
 */
export function useCountRange(told: CountRange, subject: string, isMoving: boolean): CountRange {
  const [held, setHeld] = useState<Held>({ subject, range: told })
  const range = isMoving && held.subject === subject ? widest(held.range, told) : told
  if (held.subject !== subject || held.range.low !== range.low || held.range.high !== range.high)
    setHeld({ subject, range })
  return range
}

function widest(one: CountRange, other: CountRange): CountRange {
  return { low: Math.min(one.low, other.low), high: Math.max(one.high, other.high) }
}
