import { counted } from '../base/counted.ts'
import { unreadEnds } from '../derive/failures/unread-ends.ts'
import { type Trace } from '../model/trace.ts'
import { placeOf } from './place.ts'

/** Lines named; the others are counted. */
const NAMED = 3

/** For each file, by its index, what to say of events in it that end an attempt and cannot be understood. O(events) once. */
export function unreadEndNotices(trace: Trace): ReadonlyMap<number, string> {
  const byFile = new Map<number, string[]>()
  for (const { row, kind } of unreadEnds(trace)) {
    const { file, fileName, line } = placeOf(trace, trace.events.line[row])
    const places = byFile.get(file)
    const text = `${kind} at ${fileName}:${line}`
    if (places === undefined) byFile.set(file, [text])
    else places.push(text)
  }
  return new Map(Array.from(byFile, ([file, places]) => [file, noticeOf(places)]))
}

function noticeOf(places: readonly string[]): string {
  const more = places.length - NAMED
  const named = places.slice(0, NAMED).join(', ')
  const tells = places.length === 1 ? 'ends an attempt, but does' : 'end attempts, but do'
  return (
    `${counted(places.length, 'event')} ${tells} not say how or where: a failed range may be missing; ` +
    `see ${named}${more > 0 ? ` and ${more} more` : ''}`
  )
}
