import { useMemo } from 'react'
import { type FieldView, viewRegister } from '../../session/register.ts'
import { type CaptureIdentity } from '../../session/carried.ts'
import { type Entry, type Session } from '../../session/session.ts'
import { type Subject } from '../../session/subject.ts'
import { timeFromLink } from '../../state/time-in-link.ts'
import { useCaptureIdentity, useTriageSession } from '../../state/use-triage-session.ts'
import { useCapture } from '../../state/use-trace.ts'
import { type Clock } from '../../base/clock.ts'
import { type ChartFlag } from '../widgets/chart-flags.tsx'

/** A labelled event. */
export interface Bookmark {
  readonly subject: Extract<Subject, { kind: 'event' }>
  readonly entry: Entry
  readonly label: FieldView
  /** What is shown of the label: both, where people differ. */
  readonly text: string
  /** Name of the open file that it is in; absent when it is in another capture. */
  readonly fileName?: string
}

/** All bookmarks, those of the open files first, by file and line. */
export function bookmarksOf(session: Session, identity: CaptureIdentity | undefined): readonly Bookmark[] {
  const found = [...session.values()].flatMap((entry): readonly Bookmark[] => {
    const { subject } = entry
    const label = viewRegister(entry.fields.label)
    const text = label.value ?? label.conflict.map(({ value }) => value ?? 'taken away').join(' ≠ ')
    if (subject.kind !== 'event' || text === '') return []
    const file = identity?.files.find(({ hashes }) => hashes.includes(subject.hash))
    return [{ subject, entry, label, text, ...(file === undefined ? {} : { fileName: file.name }) }]
  })
  return found.toSorted(
    (one, other) =>
      Number(one.fileName === undefined) - Number(other.fileName === undefined) ||
      placeText(one).localeCompare(placeText(other)) ||
      one.subject.line - other.subject.line,
  )
}

function placeText({ fileName, entry }: Bookmark): string {
  return fileName ?? entry.about.file ?? ''
}

/** Bookmarks of one page, or of the head of its folio, on its timeline: each with its label. */
export function usePageBookmarks(pfn: number, headPfn: number): readonly ChartFlag[] {
  const [{ session }] = useTriageSession()
  const identity = useCaptureIdentity()
  const clock = useCapture()?.overview.clock
  return useMemo(
    () => flagsOf(bookmarksOf(session, identity), [pfn, headPfn], clock),
    [session, identity, pfn, headPfn, clock],
  )
}

/** Flags of the bookmarks whose event is of one of these pages, in the order of time. */
export function flagsOf(
  bookmarks: readonly Bookmark[],
  pfns: readonly number[],
  clock: Clock | undefined,
): readonly ChartFlag[] {
  return bookmarks
    .flatMap(({ entry: { about }, subject, fileName, text }): readonly ChartFlag[] => {
      const isHere = fileName !== undefined && pfns.includes(Number(about.pfn ?? Number.NaN))
      if (!isHere || clock === undefined || about.ns === undefined) return []
      const ns = timeFromLink(about.ns, clock)
      return ns === undefined ? [] : [{ id: `${fileName}:${subject.line}`, ns, text: about.time ?? '', label: text }]
    })
    .toSorted((one, other) => one.ns - other.ns)
}
