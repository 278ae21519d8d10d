import { formatDuration } from '../../base/clock.ts'
import { counted } from '../../base/counted.ts'
import { formatPfn } from '../../base/pfn.ts'
import { type TimelineAnswer } from '../../queries/timeline.ts'
import { type ChartFlag } from '../widgets/chart-flags.tsx'
import { type HoldBar } from '../widgets/hold-bars.tsx'
import { type ExcessMark } from '../widgets/step-overlay.tsx'
import { pointAt } from '../widgets/step-point.ts'
import { silenceWords } from './timeline-notes.ts'

/** What a story is told of beside the answer. */
export interface StoryOf {
  readonly flags: readonly ChartFlag[]
  readonly excess: readonly ExcessMark[]
  /** Unexpected ones first. */
  readonly holds: readonly HoldBar[]
  readonly unit: Parameters<typeof formatDuration>[1]
}

/** Holds that are told one by one; of more, how many there are. */
const MOST_HOLDS = 3

/** What a timeline tells, in a few sentences: for those who do not see it. The table has each event. */
export function chartStory(answer: TimelineAnswer, { flags, excess, holds, unit }: StoryOf): string {
  const { headPfn, from, to, attemptCount } = answer
  const span = `${from.text} … ${to.text}, ${formatDuration(to.ns - from.ns, unit)}`
  const attempts = attemptCount === 0 ? [] : [`${counted(attemptCount, 'attempt')} to move it`]
  const silence = silenceWords(answer)
  const silences = silence === undefined ? [] : [silence]
  return [
    `References of ${formatPfn(headPfn)} in ${span}: ${countWords(answer)}`,
    ...flags
      .filter(({ ns }) => ns >= from.ns && ns <= to.ns)
      .map((flag) => `${flag.label} at ${flag.text}${atFailure(answer, flag.ns, excess)}`),
    ...holdWords(answer, holds),
    ...attempts,
    ...silences,
    lossWords(answer),
  ]
    .map((sentence) => `${sentence}.`)
    .join(' ')
}

function lossWords({ losses }: TimelineAnswer): string {
  if (losses.length === 0) return 'No event was lost'
  return `Events were lost in ${losses.length === 1 ? '1 stretch' : `${losses.length} stretches`}: what happened there is unknown`
}

function countWords({ points, eventsInWindow, gapsInWindow }: TimelineAnswer): string {
  if (points.length === 0) return 'no event'
  let [least, most] = [Infinity, -Infinity]
  for (const { count } of points) [least, most] = [Math.min(least, count), Math.max(most, count)]
  const range = least === most ? `count ${least}` : `counts from ${least} to ${most}`
  const gaps = gapsInWindow === 0 ? '' : `, ${counted(gapsInWindow, 'contradiction')}`
  return `${range}, ${counted(eventsInWindow, 'event')}${gaps}`
}

/** By the excess that the finding tells where it does, else by the point in force. */
function atFailure({ points }: TimelineAnswer, ns: number, excess: readonly ExcessMark[]): string {
  const mark = excess.find((one) => one.ns === ns)
  if (mark) return `: count ${mark.count}, ${mark.excess} more than migration expects`
  const point = points[pointAt(points, ns)]
  if (!point) return ''
  const judged = point.expected === undefined ? '' : `, expected ${point.expected}, excess ${point.excess ?? 0}`
  return `: count ${point.count}${judged}`
}

function holdWords({ holdCount }: TimelineAnswer, holds: readonly HoldBar[]): readonly string[] {
  if (holdCount === 0) return ['no hold']
  const told = holds.slice(0, MOST_HOLDS).map(({ label, duration }) => `${label.replace(/ {2}/g, ' of ')}, ${duration}`)
  return [`${counted(holdCount, 'hold')}: ${told.join('; ')}${holdCount > told.length ? '; and others' : ''}`]
}
