/** Work without a pause is no longer than this: questions that came meanwhile are answered then. ms. */
const WORK_MS = 25
/** Progress is told ten times a second at most. ms. */
const TELL_MS = 100

/** Runs steps to their end, and lets go of the thread every few milliseconds. Undefined when given up. */
export async function runWithPauses<Step, Value>(
  steps: Generator<Step, Value>,
  signal: AbortSignal,
  tell?: (step: Step) => void,
): Promise<Value | undefined> {
  let pausedAt = performance.now()
  let toldAt = Number.NEGATIVE_INFINITY
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value
    const now = performance.now()
    if (now - pausedAt < WORK_MS) continue
    if (now - toldAt >= TELL_MS) {
      tell?.(step.value)
      toldAt = now
    }
    await new Promise((resolve) => setTimeout(resolve, 0))
    if (signal.aborted) return undefined
    pausedAt = performance.now()
  }
}

/** Runs steps to their end, as `runWithPauses`, where nobody gives up. */
export async function runToEnd<Step, Value>(steps: Generator<Step, Value>): Promise<Value> {
  let pausedAt = performance.now()
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value
    if (performance.now() - pausedAt < WORK_MS) continue
    await new Promise((resolve) => setTimeout(resolve, 0))
    pausedAt = performance.now()
  }
}
