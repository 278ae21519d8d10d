import { type FailuresAnswer } from '../../queries/failures.ts'

/** The page to show when none is chosen: the first that blocked the chosen range, or else the first range. */
export function firstBlocking(answer: FailuresAnswer | undefined, failureId: string | undefined): number | undefined {
  const failures = answer?.failures ?? []
  const failure = failures.find(({ id }) => id === failureId) ?? failures.find(({ blockingCount }) => blockingCount > 0)
  return failure?.blockingPfns.at(0)
}
