import { type LoadProgress } from './protocol.ts'

const TELL_EVERY_MS = 100

/** Tells progress at most ten times a second; a new phase is told at once. `now` in ms. */
export function pacedProgress(
  tell: (progress: LoadProgress) => void,
  now: () => number = () => performance.now(),
): (progress: LoadProgress) => void {
  let toldAt = -Infinity
  let phase = ''
  return (progress) => {
    if (progress.phase === phase && now() - toldAt < TELL_EVERY_MS) return
    toldAt = now()
    phase = progress.phase
    tell(progress)
  }
}
