import { useCapture } from './use-trace.ts'
import { useView } from './use-view.ts'
import { thresholdNsOf } from './view-state.ts'

/** Said in the place of a threshold where none can be applied. */
export const NO_THRESHOLD = 'The trace clock counts: no threshold is applied'

/** From how long on a hold is long-term, ns; undefined while the trace clock counts, for then nothing tells how long. */
export function useThresholdNs(): number | undefined {
  const hasDurations = useHasDurations()
  const [view] = useView()
  return hasDurations ? thresholdNsOf(view) : undefined
}

/** False when the clock of the trace that is open counts. */
export function useHasDurations(): boolean {
  return useCapture()?.overview.clock.style.unit !== 'counts'
}
