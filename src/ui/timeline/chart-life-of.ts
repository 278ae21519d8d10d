import { type LifetimeAnswer } from '../../queries/page-facts.ts'
import { type ChartLife } from '../widgets/chart-lives-layout.ts'

/** The lives of a page as bands: one that did not end goes on to the end of the trace. */
export function chartLives(lives: readonly LifetimeAnswer[], traceEndNs: number | undefined): readonly ChartLife[] {
  return lives.map((life) => ({
    number: life.number,
    fromNs: life.from.ns,
    toNs: life.endsWithTrace ? Math.max(life.to.ns, traceEndNs ?? life.to.ns) : life.to.ns,
    hasBegin: !life.startsWithTrace,
    hasEnd: !life.endsWithTrace,
    events: life.events,
    words: lifeWords(life, lives.length),
  }))
}

/** `lifetime 2 of 3, 3.769956 … 8.790392, 9 events, events were lost in it`. */
function lifeWords({ number, from, to, events, hasLoss }: LifetimeAnswer, of: number): string {
  const words = [
    `lifetime ${number} of ${of}`,
    `${from.text} … ${to.text}`,
    events === 1 ? '1 event' : `${events} events`,
    ...(hasLoss ? ['events were lost in it'] : []),
  ]
  return words.join(', ')
}

/** The life `by` after (or before) the one shown; the first, or the last, when none is. Numbers from 1; undefined when there is none. */
export function nextLife(count: number, shown: number, by: number): number | undefined {
  if (count === 0) return undefined
  if (shown === 0) return by > 0 ? 1 : count
  return Math.min(Math.max(shown + by, 1), count)
}
