import { type ReactNode } from 'react'
import { type FileIdentity, namesOfEvent } from '../../session/carried.ts'
import { fileIdentity } from '../../session/file-identity.ts'
import { viewRegister } from '../../session/register.ts'
import { entryOf, type Session } from '../../session/session.ts'
import { useCapture } from '../../state/use-trace.ts'
import { useTriageSession } from '../../state/use-triage-session.ts'
import screen from '../shell/screen.module.css'
import { isSameFile, type LateBookmark, type LateBookmarks } from './late-bookmarks.ts'

/** What is to be said of late bookmarks: of those of the open files whose labels are as they were told, still without an event. */
export function LateNotice({ late }: { readonly late: LateBookmarks }): ReactNode {
  const [{ session }] = useTriageSession()
  const open = useCapture()?.overview.files.map(fileIdentity) ?? []
  const shown = late.told.filter((one) => isTrueStill(one, open, session))
  if (shown.length === 0) return null
  return (
    <div className={screen.notice} role="alert">
      <div>
        {shown.map(({ words }) => (
          <p key={words}>{words}</p>
        ))}
      </div>
      <button type="button" className="link-button" onClick={() => late.dismiss(shown)}>
        Dismiss
      </button>
    </div>
  )
}

/** The words name a line by its file's name, which must lead to that line, and say of a label that no timeline has it. */
function isTrueStill({ file, line, label }: LateBookmark, open: readonly FileIdentity[], session: Session): boolean {
  const here = open.find((one) => one.name === file.name && isSameFile(one, file))
  const entry = here && entryOf(session, namesOfEvent(here, line))
  return entry !== undefined && viewRegister(entry.fields.label).value === label && entry.about.ns === undefined
}
