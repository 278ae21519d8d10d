import { type LifetimeAnswer, type PageFactsAnswer } from '../../queries/page-facts.ts'

/**
 * The lifetime to show, 1-based, or 0 for the whole trace: the one asked for; else that of the selected event, of the
 * selected failure, of a failure that the page blocked; else the one with most events. 0 when there is none.
 */
export function chooseLifetime(
  facts: Pick<PageFactsAnswer, 'lifetimes' | 'failures'>,
  asked: number | undefined,
  eventNs: number | undefined,
  failureId: string | undefined,
): number {
  const { lifetimes, failures } = facts
  if (asked === 0) return 0
  if (asked !== undefined && lifetimes.some(({ number }) => number === asked)) return asked
  const moments = [
    eventNs,
    failures.find(({ id }) => id === failureId)?.time?.ns,
    failures.find(({ isBlocking, time }) => isBlocking && time)?.time?.ns,
  ]
  for (const ns of moments) {
    const found = ns === undefined ? undefined : lifetimeAt(lifetimes, ns)
    if (found !== undefined) return found
  }
  return lifetimes.reduce<LifetimeAnswer | undefined>(busier, undefined)?.number ?? 0
}

/** Number of the lifetime that a moment lies in. */
export function lifetimeAt(lifetimes: readonly LifetimeAnswer[], ns: number): number | undefined {
  return lifetimes.find(({ from, to }) => ns >= from.ns && ns <= to.ns)?.number
}

function busier(best: LifetimeAnswer | undefined, other: LifetimeAnswer): LifetimeAnswer {
  return best && best.events >= other.events ? best : other
}
