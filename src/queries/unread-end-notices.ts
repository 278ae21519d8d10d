import { counted } from '../base/counted.ts'
import { oncePer } from '../base/once-per.ts'
import { unreadEnds } from '../derive/failures/unread-ends.ts'
import { type Trace } from '../model/trace.ts'
import { placeOf } from './place.ts'

/** Lines named; the others are counted. */
const NAMED = 3

/** For each file, by its index, what to say of events in it that end an attempt and cannot be understood. O(events) once. */
export const unreadEndNotices: (trace: Trace) => ReadonlyMap<number, string> = oncePer((trace: Trace) => {
  const byFile = new Map<number, { count: number; readonly named: string[] }>()
  for (const { row, kind } of unreadEnds(trace)) {
    const { file, fileName, line } = placeOf(trace, trace.events.line[row])
    const told = byFile.get(file) ?? { count: 0, named: [] }
    byFile.set(file, told)
    told.count++
    if (told.named.length < NAMED) told.named.push(`${kind} at ${fileName}:${line}`)
  }
  return new Map(Array.from(byFile, ([file, { count, named }]) => [file, noticeOf(count, named)]))
})

function noticeOf(count: number, named: readonly string[]): string {
  const more = count > named.length ? ` and ${count - named.length} more` : ''
  const end = count === 1 ? 'ends an attempt' : 'end attempts'
  return `${counted(count, 'event')} ${end} and cannot be understood: a failed range may be missing; see ${named.join(', ')}${more}`
}
