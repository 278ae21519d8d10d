import { type ReactNode, useMemo } from 'react'
import { counted } from '../../base/counted.ts'
import { isSaid } from '../../session/session.ts'
import { useCaptureIdentity, useTriageSession } from '../../state/use-triage-session.ts'
import { useView } from '../../state/use-view.ts'
import { Dialog } from '../shell/dialog.tsx'
import { AuthorField } from './author-field.tsx'
import { authorText, dayText } from './said-words.ts'
import { saveSession, saveUnread } from './save-session.ts'
import { KeepingNotice } from './session-editor.tsx'
import styles from './session.module.css'
import { type Bookmark, bookmarksOf } from './use-bookmarks.ts'

interface SessionDialogProps {
  readonly onImport: () => void
  readonly onClose: () => void
}

/** The triage session as a whole: who speaks, what there is, its bookmarks, and the ways out and in. */
export function SessionDialog({ onImport, onClose }: SessionDialogProps): ReactNode {
  const [{ session, undo, redo }, store] = useTriageSession()
  const identity = useCaptureIdentity()
  const bookmarks = useMemo(() => bookmarksOf(session, identity), [session, identity])
  const said = [...session.values()].filter(isSaid)
  const of = (kind: string): number => said.filter(({ subject }) => subject.kind === kind).length
  return (
    <Dialog title="Triage session" size="wide" onClose={onClose}>
      <p>
        {counted(of('range'), 'failed range')}, {counted(of('stack'), 'stack')} and {counted(of('event'), 'bookmark')}{' '}
        have something said of them. It is kept in this browser, and leaves it only as a file that you save: that has
        ids, names of files and functions, times, PFNs, and what you typed; no line of a trace and no task.
      </p>
      <KeepingNotice />
      <Unread count={store.unread().length} />
      <AuthorField />
      <p className={styles.buttons}>
        <button type="button" className={styles.button} onClick={saveSession}>
          Export <kbd className="key-cap">k e</kbd>
        </button>
        <button type="button" className={styles.button} onClick={onImport}>
          Import <kbd className="key-cap">k i</kbd>
        </button>
        <button type="button" className={styles.button} disabled={undo === undefined} onClick={() => store.undo()}>
          Undo{undo === undefined ? '' : `: ${undo}`}
        </button>
        <button type="button" className={styles.button} disabled={redo === undefined} onClick={() => store.redo()}>
          Redo{redo === undefined ? '' : `: ${redo}`}
        </button>
      </p>
      <h3 id="bookmarks">Bookmarks {bookmarks.length}</h3>
      {bookmarks.length === 0 ? (
        <p className={styles.by}>None. Select an event and press k then b.</p>
      ) : (
        <ul className={styles.bookmarks} aria-labelledby="bookmarks">
          {bookmarks.map((bookmark) => (
            <BookmarkLine key={`${bookmark.subject.hash} ${bookmark.subject.line}`} {...{ bookmark, onClose }} />
          ))}
        </ul>
      )}
    </Dialog>
  )
}

/** What was put aside is still a person's: some of it can be read by eye. */
function Unread({ count }: { readonly count: number }): ReactNode {
  if (count === 0) return null
  return (
    <p className={styles.notice}>
      {counted(count, 'session')} that could not be read {count === 1 ? 'was' : 'were'} put aside in this browser.{' '}
      <button type="button" className="link-button" onClick={saveUnread}>
        Save as text
      </button>
    </p>
  )
}

function BookmarkLine({ bookmark, onClose }: { readonly bookmark: Bookmark; readonly onClose: () => void }): ReactNode {
  const [, setView] = useView()
  const [, store] = useTriageSession()
  const { subject, entry, label, text, fileName } = bookmark
  const { about } = entry
  const place = `${fileName ?? about.file ?? 'a file'}:${subject.line}`
  const pfn = about.pfn === undefined ? undefined : Number(about.pfn)
  const go = (): void => {
    onClose()
    const page = pfn === undefined ? ({ view: 'events' } as const) : ({ view: 'pfn', pfn } as const)
    setView({ ...page, event: place, lifetime: undefined, from: undefined, to: undefined, isPresenting: undefined })
  }
  return (
    <li>
      <span aria-hidden="true">⚑</span> <b className={styles.text}>{text}</b>{' '}
      {fileName === undefined ? (
        <span className={styles.by}>{place}, which is not open</span>
      ) : (
        <button type="button" className="link-button data" onClick={go}>
          {place}
        </button>
      )}{' '}
      <span className="data">
        {[about.time, about.pfn, about.what].filter((word) => word !== undefined).join('  ')}
      </span>
      {label.change && (
        <span className={styles.by}>
          {' '}
          by {authorText(label.change, store.isMine(label.change))}, {dayText(label.change)}
        </span>
      )}
    </li>
  )
}
