import { type TimelineAnswer } from '../../queries/timeline.ts'

/** Losses named one by one; more are counted. */
const MOST_LOSSES = 3

/** What is not drawn or not known of a window, in words. */
export function timelineNotes(answer: TimelineAnswer): readonly string[] {
  return [...decimationNote(answer), ...lossNotes(answer)]
}

function decimationNote({ isDecimated, eventsInWindow, points, from }: TimelineAnswer): readonly string[] {
  if (!isDecimated) return []
  const drawn = points.filter((point) => point.ns >= from.ns).length
  return [`${drawn} of ${eventsInWindow} events drawn: zoom in to see each`]
}

function lossNotes({ losses }: TimelineAnswer): readonly string[] {
  if (losses.length === 0) return []
  const words = [...new Set(losses.map((loss) => loss.label))]
  const more = words.length > MOST_LOSSES ? [`${words.length - MOST_LOSSES} more`] : []
  return [`hatched: ${[...words.slice(0, MOST_LOSSES), ...more].join(', ')}. What happened there is unknown`]
}
