import { useMemo } from 'react'
import { type TimelineAnswer } from '../../queries/timeline.ts'
import { type BlockingPageAnswer } from '../../queries/wire.ts'
import { type ChartMark } from '../widgets/chart-marks.tsx'
import { leaksAmong, marksOf, type NumberedFact, numberedFacts, numbersOfHolds } from './numbered-facts.ts'

/** Where the facts of a finding lie on the timeline. */
export interface FoundMarks {
  readonly facts: readonly NumberedFact[]
  readonly marks: readonly ChartMark[]
  /** Numbers of the facts that cite a hold, by its id. */
  readonly holds: ReadonlyMap<string, readonly number[]>
  /** Ids of holds that the finding calls leaks. */
  readonly leaks: ReadonlySet<string>
}

/** Numbers the facts of a page and finds what they cite among what is drawn. */
export function useFoundMarks(
  page: BlockingPageAnswer | undefined,
  answer: Pick<TimelineAnswer, 'points' | 'holds'> | undefined,
): FoundMarks {
  return useMemo(() => {
    const facts = page ? numberedFacts(page) : []
    const holds = answer?.holds ?? []
    return {
      facts,
      marks: marksOf(facts, answer?.points ?? []),
      holds: numbersOfHolds(facts, holds),
      leaks: leaksAmong(page, holds),
    }
  }, [page, answer])
}
