import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { parseSessionVerdict } from '../../session/session-verdict.ts'
import { subjectNow } from '../../state/session-subject.ts'
import { useView } from '../../state/use-view.ts'
import { JUDGE, SESSION_KEYS } from './session-keys.ts'
import { useViewShortcuts } from '../shell/view-shortcuts.ts'
import styles from './session.module.css'

const SessionDialog = lazy(async () => ({ default: (await import('./session-dialog.tsx')).SessionDialog }))
const BookmarkDialog = lazy(async () => ({ default: (await import('./bookmark-dialog.tsx')).BookmarkDialog }))
const ImportDialog = lazy(async () => ({ default: (await import('./import-dialog.tsx')).ImportDialog }))

interface SessionLayerProps {
  /** A session file that was dropped, pasted or chosen. */
  readonly file: File | undefined
  readonly onFile: (file: File) => void
  /** Its preview was answered. */
  readonly onTaken: () => void
}

/** What the triage session adds to the frame: its keys, on every screen, and its dialogs, which load when they are asked for. */
export function SessionLayer({ file, onFile, onTaken }: SessionLayerProps): ReactNode {
  const [view, setView] = useView()
  const [over, setOver] = useState<'bookmark' | 'session'>()
  const [said, setSaid] = useSaid()
  const input = useRef<HTMLInputElement>(null)
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
      <output className={styles.said} aria-live="polite">
        {said}
      </output>
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
      <Suspense fallback={null}>
        {over === 'bookmark' && view.event !== undefined && <BookmarkDialog place={view.event} onClose={close} />}
        {over === 'session' && <SessionDialog onImport={() => input.current?.click()} onClose={close} />}
        {file && <ImportDialog key={`${file.name} ${file.size} ${file.lastModified}`} file={file} onClose={onTaken} />}
      </Suspense>
    </>
  )
}

/** What a key has to say, until the next key or click. */
function useSaid(): readonly [string, (text: string) => void] {
  const [said, setSaid] = useState('')
  useEffect(() => {
    if (said === '') return undefined
    const forget = (): void => setSaid('')
    window.addEventListener('keydown', forget, true)
    window.addEventListener('pointerdown', forget, true)
    return () => {
      window.removeEventListener('keydown', forget, true)
      window.removeEventListener('pointerdown', forget, true)
    }
  }, [said])
  return [said, setSaid]
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
  const [{ sessionStore }, { saveSession }] = await Promise.all([
    import('../../state/session-store.ts'),
    import('./save-session.ts'),
  ])
  saveSession(sessionStore().exportText())
  return 'The triage session was handed to the downloads.'
}

async function stepBack(isUndo: boolean): Promise<string> {
  const { sessionStore } = await import('../../state/session-store.ts')
  const words = isUndo ? sessionStore().undo() : sessionStore().redo()
  if (words === '') return isUndo ? 'Nothing to undo.' : 'Nothing to redo.'
  return `${isUndo ? 'Undone' : 'Done again'}: ${words}`
}
