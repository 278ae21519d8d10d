import { type TimelineAnswer, type TimelinePoint } from '../../queries/timeline.ts'

/** Losses named one by one; more are counted. */
const MOST_LOSSES = 3

/** What is not drawn or not known of a window, in words. */
export function timelineNotes(answer: TimelineAnswer): readonly string[] {
  const split = answer.isSplit ? [] : ['classes not split yet, nor what migration expects']
  return [...split, ...decimationNote(answer), ...lossNotes(answer), ...silenceNotes(answer)]
}

function decimationNote(answer: TimelineAnswer): readonly string[] {
  const { isDecimated, eventsInWindow, gapsInWindow, refusalsInWindow, points, from } = answer
  if (!isDecimated) return []
  const drawn = points.filter((point) => point.ns >= from.ns)
  const gaps = drawn.filter(({ gapKind }) => gapKind !== 'none').length
  const refused = drawn.filter(isRefusal).length
  const rare = [
    ...(gaps < gapsInWindow ? [`${gaps} of ${gapsInWindow} contradictions`] : []),
    ...(refused < refusalsInWindow ? [`${refused} of ${refusalsInWindow} refused freezes`] : []),
  ]
  const among = rare.length === 0 ? '' : `, among them ${rare.join(' and ')}`
  return [`${drawn.length} of ${eventsInWindow} events drawn${among}: min and max of each column; zoom in to see each`]
}

/** `freeze 2 refused`, with who wanted it behind. */
function isRefusal({ operation }: TimelinePoint): boolean {
  return /^freeze -?\d+ refused/.test(operation)
}

function lossNotes({ losses }: TimelineAnswer): readonly string[] {
  if (losses.length === 0) return []
  const words = [...new Set(losses.map((loss) => loss.label))]
  const more = words.length > MOST_LOSSES ? [`${words.length - MOST_LOSSES} more`] : []
  return [`hatched: ${[...words.slice(0, MOST_LOSSES), ...more].join(', ')}. What happened there is unknown`]
}

function silenceNotes(answer: TimelineAnswer): readonly string[] {
  const words = silenceWords(answer)
  return words === undefined ? [] : [`bracketed: ${words}`]
}

/** That the trace has no event at all in a stretch, and what that may hide; undefined where it has none. */
export function silenceWords({ silences = [] }: TimelineAnswer): string | undefined {
  if (silences.length === 0) return undefined
  const told = silences.slice(0, MOST_LOSSES).map(({ from, to }) => `from ${from.text} to ${to.text}`)
  const more = silences.length > told.length ? [`${silences.length - told.length} more`] : []
  return `no event at all ${[...told, ...more].join(', ')}. If tracing was paused then, what happened is unknown`
}
