/** Runs steps to their end without a pause; answers what they come to. */
export function finishSteps<Value>(steps: Generator<unknown, Value>): Value {
  for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value
}
