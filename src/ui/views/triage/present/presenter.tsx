import { type KeyboardEvent, type ReactNode, useCallback, useRef, useState } from 'react'
import { type TriageList } from '../../../../queries/triage.ts'
import { SESSION_VERDICTS } from '../../../../session/session-verdict.ts'
import { sessionStore } from '../../../../state/session-store.ts'
import { useCaptureIdentity } from '../../../../state/use-triage-session.ts'
import { shownOf, useQuery } from '../../../../state/use-query.ts'
import { useView, useViewNow } from '../../../../state/use-view.ts'
import { thresholdNsOf } from '../../../../state/view-state.ts'
import { PRESENT_KEYS, presentActionOf } from '../../../session/present-keys.ts'
import { ChoiceSelect } from '../../../session/choice-select.tsx'
import { judgeSubject } from '../../../session/session-deeds.ts'
import { rangeSubject } from '../../../session/subject-of.ts'
import { useAmong } from '../../../session/use-among.ts'
import { keyOf, showKeys } from '../../../shell/shortcut.ts'
import { listOf } from '../triage-question.ts'
import { rangePatch } from '../use-triage-keys.ts'
import { PresentedFinding } from './presented-finding.tsx'
import styles from './presenter.module.css'

/** The findings one by one, for a meeting: large type, all of one finding on one screen, everything by key. Esc leaves. */
export function Presenter(): ReactNode {
  const [view, setView] = useView()
  const viewNow = useViewNow()
  const identity = useCaptureIdentity()
  const list = usePresentedList()
  const place = shownOf(
    useQuery('triagePlace', { ...list, ...(view.failure === undefined ? {} : { id: view.failure }) }),
  )
  const isListed = place?.at !== undefined
  const id = isListed && view.failure !== undefined ? view.failure : place?.first?.id
  const thresholdNs = thresholdNsOf(view)
  const asked = id ?? (place === undefined ? view.failure : undefined)
  const detail = shownOf(
    useQuery(
      'failure',
      asked === undefined ? undefined : { id: asked, thresholdNs, offset: 0, limit: 0, pfn: view.pfn },
    ),
  )
  const [said, setSaid] = useState('')
  const body = useRef<HTMLElement>(null)
  const open = useCallback((dialog: HTMLDialogElement | null) => {
    if (!dialog) return undefined
    dialog.showModal()
    dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    return () => dialog.close()
  }, [])
  const leave = (): void => setView({ isPresenting: undefined })
  const step = (by: number): void => {
    const now = viewNow()
    const patch =
      isListed || place?.first === undefined ? rangePatch(now, place, by) : { failure: place.first.id, pfn: undefined }
    setView({ ...patch, event: undefined }, { replace: true })
    body.current?.scrollTo({ top: 0 })
  }
  const stepPage = (by: number): void => {
    if (!detail?.found) return
    const { blockingPfns } = detail.failure
    const at = blockingPfns.indexOf(detail.page?.pfn ?? -1)
    const next = blockingPfns[Math.min(Math.max(at + by, 0), blockingPfns.length - 1)]
    if (next !== undefined) setView({ pfn: next }, { replace: true })
  }
  const focus = (selector: string): void =>
    body.current?.closest('dialog')?.querySelector<HTMLElement>(selector)?.focus()
  const judge = (key: string): void => {
    if (identity === undefined || !detail?.found) return
    setSaid(judgeSubject(rangeSubject(identity, detail.failure), SESSION_VERDICTS[Number(key) - 1] ?? null))
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || isTyped(event)) return
    const key = keyOf(event)
    const action = presentActionOf(key)
    if (key === 'mod+z') setSaid(words('Undone', sessionStore().undo()))
    else if (key === 'mod+Z' || key === 'mod+y') setSaid(words('Done again', sessionStore().redo()))
    else if (action === 'next') step(1)
    else if (action === 'previous') step(-1)
    else if (action === 'judge' || action === 'clear') judge(key)
    else if (action === 'note') focus('[data-session-note]')
    else if (action === 'assignee') focus('[data-session-assignee] input')
    else if (action === 'choice') focus('select')
    else if (action === 'page-next') stepPage(1)
    else if (action === 'page-previous') stepPage(-1)
    else if (action === 'leave') leave()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a dialog with keys of its own
    <dialog
      ref={open}
      className={styles.presenter}
      aria-labelledby="presented"
      onCancel={(event) => {
        event.preventDefault()
        leave()
      }}
      onKeyDownCapture={(event) => {
        // From a field Esc leads back to the finding, with what was typed: only from there it leaves.
        if (event.key !== 'Escape' || !isTyped(event)) return
        event.preventDefault()
        event.stopPropagation()
        body.current?.focus()
      }}
      onKeyDown={onKeyDown}
    >
      <header className={styles.head}>
        <output className={styles.progress}>
          {place === undefined ? 'looking…' : `${place.at?.nth ?? (place.listed === 0 ? 0 : 1)} of ${place.listed}`}
        </output>
        <button type="button" className={styles.button} onClick={() => step(-1)}>
          Previous
        </button>
        <button type="button" className={styles.button} onClick={() => step(1)}>
          Next
        </button>
        <ChoiceSelect />
        <button type="button" className={styles.leave} onClick={leave}>
          Leave <kbd className="key-cap">Esc</kbd>
        </button>
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolled by keys */}
      <section ref={body} className={styles.body} tabIndex={0} aria-label="The finding" data-autofocus>
        {detail?.found && place !== undefined && place.listed > 0 ? (
          <PresentedFinding detail={detail} />
        ) : (
          <h2 id="presented" className={styles.sentence}>
            {place === undefined || place.listed > 0 ? 'Looking…' : 'No failed range is among those that were chosen.'}
          </h2>
        )}
      </section>
      <footer className={styles.keys}>
        {PRESENT_KEYS.map(({ id: action, keys, label }) => (
          <span key={action}>
            <kbd className="key-cap">{keys.length > 3 ? `${keys[0]}–${keys[keys.length - 1]}` : showKeys(keys[0])}</kbd>{' '}
            {label}
          </span>
        ))}
        <output className={styles.said}>{said}</output>
      </footer>
    </dialog>
  )
}

/** The list as it was when the choice was made: a finding that is judged stays where it is in the row. */
function usePresentedList(): TriageList {
  const [view] = useView()
  const among = useAmong(view.sessionChoice)
  const [kept, setKept] = useState({ choice: view.sessionChoice, among })
  const isKept = kept.choice === view.sessionChoice && (kept.among !== undefined || among === undefined)
  if (!isKept) setKept({ choice: view.sessionChoice, among })
  return listOf(view, isKept ? kept.among : among)
}

function isTyped({ target }: KeyboardEvent): boolean {
  return (
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && target.type === 'text')
  )
}

function words(what: string, done: string): string {
  return done === '' ? 'Nothing is left to take back.' : `${what}: ${done}`
}
