import { type ReactNode, useEffect, useRef, useState } from 'react'
import { parseSessionVerdict } from '../../session/session-verdict.ts'
import { subjectNow } from '../../state/session-subject.ts'
import { useCapture } from '../../state/use-trace.ts'
import { useView } from '../../state/use-view.ts'
import { type TellLate } from './late-bookmarks.ts'
import { JUDGE, SESSION_KEYS } from './session-keys.ts'
import { useViewShortcuts } from '../shell/view-shortcuts.ts'

/**
 * What keys open. Drawn in the same turn once it is loaded, not through `lazy`, which shows nothing for a moment first: what
 * is typed right after the key must be in the field.
 */
const loadDialogs = async () => {
  const [{ SessionDialog }, { BookmarkDialog }, { ImportDialog }] = await Promise.all([
    import('./session-dialog.tsx'),
    import('./bookmark-dialog.tsx'),
    import('./import-dialog.tsx'),
    import('./session-deeds.ts'),
    import('./late-notice.tsx'), // what it says must not wait for a server that is gone
  ])
  return { SessionDialog, BookmarkDialog, ImportDialog }
}
type Dialogs = Awaited<ReturnType<typeof loadDialogs>>

interface SessionLayerProps {
  /** A session file that was dropped, pasted or chosen. */
  readonly file: File | undefined
  readonly onFile: (file: File) => void
  /** Its preview was answered. */
  readonly onTaken: () => void
  /** What a key has to say: shown in the status line. Empty when that is past. */
  readonly onSaid: (text: string) => void
  /** What became of a bookmark after its dialog was closed. */
  readonly onLate: TellLate
}

/** What the triage session adds to the frame: its keys, on every screen, and its dialogs, which load when they are asked for. */
export function SessionLayer({ file, onFile, onTaken, onSaid, onLate }: SessionLayerProps): ReactNode {
  const [view, setView] = useView()
  const [over, setOver] = useState<'bookmark' | 'session'>()
  const setSaid = useSaid(onSaid)
  const input = useRef<HTMLInputElement>(null)
  const dialogs = useDialogs(over !== undefined || file !== undefined)
  const close = (): void => setOver(undefined)
  const run = (id: string): void => {
    if (id.startsWith(JUDGE)) void judge(id.slice(JUDGE.length)).then(setSaid)
    else if (id === 'note') setSaid(focusIn('[data-session-note]'))
    else if (id === 'assignee') setSaid(focusIn('[data-session-assignee] input'))
    else if (id === 'bookmark') {
      if (view.event === undefined) setSaid('No event is selected: choose one, then bookmark it.')
      else setOver('bookmark')
    } else if (id === 'bookmarks') setOver('session')
    else if (id === 'present') setView({ view: 'triage', isPresenting: true })
    else if (id === 'session-export') void exportNow().then(setSaid)
    else if (id === 'session-import') input.current?.click()
    else void stepBack(id === 'undo').then(setSaid)
  }
  useViewShortcuts(SESSION_KEYS, run)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        multiple
        hidden
        aria-label="Triage session"
        onChange={(event) => {
          for (const chosen of event.target.files ?? []) onFile(chosen)
          event.target.value = ''
        }}
      />
      {dialogs && over === 'bookmark' && view.event !== undefined && (
        <dialogs.BookmarkDialog place={view.event} onClose={close} onLate={onLate} />
      )}
      {dialogs && over === 'session' && (
        <dialogs.SessionDialog onImport={() => input.current?.click()} onClose={close} />
      )}
      {dialogs && file && (
        <dialogs.ImportDialog key={`${file.name} ${file.size} ${file.lastModified}`} file={file} onClose={onTaken} />
      )}
    </>
  )
}

/** Time after which a capture that is read leaves room for scripts. ms. */
const AHEAD_MS = 1000

/** Loads what keys open soon after a capture is there, or when it is wanted before. */
function useDialogs(isWanted: boolean): Dialogs | undefined {
  const [dialogs, setDialogs] = useState<Dialogs>()
  const hasCapture = useCapture() !== undefined
  useEffect(() => {
    if (!isWanted && !hasCapture) return undefined
    const timer = setTimeout(() => void loadDialogs().then(setDialogs), isWanted ? 0 : AHEAD_MS)
    return () => clearTimeout(timer)
  }, [isWanted, hasCapture])
  return dialogs
}

/** Says what a key has to say, until the next key or click. */
function useSaid(onSaid: (text: string) => void): (text: string) => void {
  const [said, setSaid] = useState('')
  useEffect(() => {
    onSaid(said)
    if (said === '') return undefined
    const forget = (): void => setSaid('')
    window.addEventListener('keydown', forget, true)
    window.addEventListener('pointerdown', forget, true)
    return () => {
      window.removeEventListener('keydown', forget, true)
      window.removeEventListener('pointerdown', forget, true)
    }
  }, [said, onSaid])
  return setSaid
}

/** Gives the verdict to what is shown; what happened, in words. */
async function judge(word: string): Promise<string> {
  const subject = subjectNow()
  if (subject === undefined) return 'Nothing to judge is shown: choose a failed range or a stack.'
  const { judgeSubject } = await import('./session-deeds.ts')
  const verdict = parseSessionVerdict(word)
  const problem = judgeSubject(subject, verdict ?? null)
  if (problem !== '') return problem
  const { SESSION_VERDICT_WORDS } = await import('../../session/session-verdict.ts')
  return verdict === undefined
    ? `Triage verdict taken away: ${subject.title}`
    : `Triage verdict ${SESSION_VERDICT_WORDS[verdict]}: ${subject.title}`
}

function focusIn(selector: string): string {
  const field = document.querySelector<HTMLElement>(`[data-session-editor] ${selector}`)
  field?.scrollIntoView({ block: 'nearest' })
  field?.focus()
  return field === null ? 'Nothing to write on is shown: choose a failed range or a stack.' : ''
}

async function exportNow(): Promise<string> {
  const { saveSession } = await import('./save-session.ts')
  saveSession()
  return 'The triage session was handed to the downloads.'
}

async function stepBack(isUndo: boolean): Promise<string> {
  const { sessionStore } = await import('../../state/session-store.ts')
  const words = isUndo ? sessionStore().undo() : sessionStore().redo()
  if (words === '') return isUndo ? 'Nothing to undo.' : 'Nothing to redo.'
  return `${isUndo ? 'Undone' : 'Done again'}: ${words}`
}
