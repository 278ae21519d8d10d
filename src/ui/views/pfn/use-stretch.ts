import { useState } from 'react'
import { type WindowChange } from '../../widgets/chart-gestures.ts'
import { panBy, type TimeWindow, type WindowLimits } from '../../widgets/time-window.ts'

/** A stretch of time that keys choose: what a drag over the chart does, without a pointer. */
export interface Stretch {
  /** From where it was begun to the moment that is pointed at or selected now; undefined while none is begun. */
  readonly shown: TimeWindow | undefined
  /** Begins a stretch at a moment; pressed again, the window becomes the stretch. Where both are one it is forgotten. */
  readonly press: (ns: number | undefined) => void
}

/** The stretch that is being chosen on one page. */
export function useStretch(
  pfn: number,
  now: number | undefined,
  { limits, onCommit }: { readonly limits: WindowLimits; readonly onCommit: (change: WindowChange) => void },
): Stretch {
  const [begun, setBegun] = useState<{ readonly pfn: number; readonly ns: number }>()
  const start = begun?.pfn === pfn ? begun.ns : undefined
  return {
    shown: start === undefined ? undefined : between(start, now ?? start),
    press: (ns) => {
      if (ns === undefined) return
      setBegun(start === undefined ? { pfn, ns } : undefined)
      if (start !== undefined && ns !== start) onCommit(() => panBy(between(start, ns), 0, limits))
    },
  }
}

function between(one: number, other: number): TimeWindow {
  return { from: Math.min(one, other), to: Math.max(one, other) }
}
