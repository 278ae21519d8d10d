import { type ChosenEvents } from '../queries/event-filter.ts'

/** Work on all events that whoever asks drives on. */
export interface Driven {
  readonly isDone: boolean
  step(): void
}

/** An answer waits for no more than this: it then says how far the work is, and is asked for again. ms. */
const ANSWER_MS = 120
/** Work without a pause is no longer than this: questions that came meanwhile are answered then. ms. */
const WORK_MS = 20

/** What must be looked at for a choice of events. */
export function runsOf(chosen: ChosenEvents): readonly Driven[] {
  return chosen.kind === 'run' ? [chosen.run] : []
}

/** Drives work on for a while, one after the other, with pauses in which other questions are answered. */
export async function driveOn(runs: readonly Driven[]): Promise<void> {
  const beganAt = performance.now()
  let workedFrom = beganAt
  for (const run of runs) {
    while (!run.isDone) {
      run.step()
      const now = performance.now()
      if (now - beganAt >= ANSWER_MS) return
      if (now - workedFrom < WORK_MS) continue
      await new Promise((resolve) => setTimeout(resolve, 0))
      workedFrom = performance.now()
    }
  }
}
