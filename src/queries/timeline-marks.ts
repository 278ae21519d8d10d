import { counted } from '../base/counted.ts'
import { type Derived } from '../derive/derived.ts'
import { silencesOf } from '../derive/attribution/silence.ts'
import { type Loss } from '../model/loss-table.ts'
import { type Trace } from '../model/trace.ts'
import { concernsPage, failureLabel } from './failure-mark.ts'
import { overlaps } from './loss-overlap.ts'
import { type PageOfPfn } from './page-of-pfn.ts'
import { timeAnswer } from './time-answer.ts'
import { type TimelineAnswer, type TimelineLoss, type TimelineMark } from './timeline.ts'

interface Window {
  readonly from: number
  readonly to: number
}

/** Failed ranges around the page whose time lies in the window. */
export function timelineFailures(
  trace: Trace,
  derived: Derived,
  { pfn, headPfn }: PageOfPfn,
  window: Window,
): readonly TimelineMark[] {
  return derived.findings.flatMap((finding) => {
    const { time, id } = finding.range
    if (time === undefined || time < window.from || time > window.to) return []
    if (!concernsPage(finding, pfn, headPfn)) return []
    return [{ time: timeAnswer(trace, time), label: failureLabel(finding), failureId: id }]
  })
}

/** Losses in the window, cut to it. */
export function timelineLosses(trace: Trace, window: Window): readonly TimelineLoss[] {
  return trace.losses
    .filter((loss) => overlaps(loss, window.from, window.to))
    .map((loss) => ({
      from: Math.max(window.from, loss.from ?? window.from),
      to: Math.min(window.to, loss.to ?? window.to),
      label: lossText(loss),
    }))
}

/** A sparse trace may be silent a thousand times: only the longest are pauses. */
const MOST_SILENCES = 20

/** Silences that overlap the window; nothing where there is none. */
export function timelineSilences(trace: Trace, window: Window): Pick<TimelineAnswer, 'silences'> {
  const silences = silencesOf(trace).filter(({ from, to }) => to > window.from && from < window.to)
  if (silences.length === 0) return {}
  const longest = silences.toSorted((one, other) => other.to - other.from - (one.to - one.from)).slice(0, MOST_SILENCES)
  const shown = longest.toSorted((one, other) => one.from - other.from)
  return { silences: shown.map(({ from, to }) => ({ from: timeAnswer(trace, from), to: timeAnswer(trace, to) })) }
}

/** `CPU 2 lost 512 events`, `CPU 0 lost events, how many is not known`. */
export function lossText(loss: Loss): string {
  const who = loss.cpu < 0 ? 'the trace' : `CPU ${loss.cpu}`
  if (loss.kind === 'start') return `${who}: its history begins here`
  if (loss.kind === 'truncated') return 'the file ends early'
  if (loss.kind === 'cut') return 'lines were left out of the excerpt'
  const where = loss.kind === 'overrun' ? ' before the file begins' : ''
  if (loss.count < 0) return `${who} lost events${where}, how many is not known`
  return `${who} lost ${counted(loss.count, 'event')}${where}`
}
