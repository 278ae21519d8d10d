import { type ReactNode } from 'react'
import { captureOf, type CaptureStore } from '../../state/capture-store.ts'
import { type Loss } from '../../state/recovery.ts'
import { useCapturePair, useStateOf } from '../../state/use-captures.ts'
import { useLoss } from '../../state/use-trace.ts'
import { progressText } from './loading-bar.tsx'
import { namesOf } from './problem-notice.tsx'
import styles from './screen.module.css'
import { WorkBar } from './work-bar.tsx'

/** What became of captures whose worker ended: A's, and B's where there is one. */
export function LossNotices({ onChooseFiles }: { readonly onChooseFiles: () => void }): ReactNode {
  const [{ a, b }] = useCapturePair()
  return (
    <>
      <LossNotice store={a} onChooseFiles={onChooseFiles} />
      {b && <LossNotice store={b} />}
    </>
  )
}

interface LossNoticeProps {
  readonly store: CaptureStore
  /** Absent for B, whose files are chosen in its own place. */
  readonly onChooseFiles?: () => void
}

function LossNotice({ store, onChooseFiles }: LossNoticeProps): ReactNode {
  const loss = useLoss(store)
  const capture = captureOf(useStateOf(store))
  if (loss === undefined || capture === undefined) return null
  const names = namesOf(capture.overview.files)
  if (loss.status === 'reopening') return <ReopeningBar loss={loss} names={names} />
  const isScarce = loss.status === 'scarce'
  return (
    <div className={styles.notice} role="alert">
      <div>
        <p>
          <span className="data">{names}</span> {isScarce ? 'could not answer.' : 'must be opened again.'}{' '}
          {loss.problem.message}
        </p>
        <p className={styles.dim}>
          {isScarce
            ? 'What is open is still open, and notes are kept.'
            : 'What is shown stays, and notes are kept; nothing more can be asked until it is opened again.'}
        </p>
      </div>
      <button type="button" className="link-button" onClick={isScarce ? store.askAgain : store.recovery.reopen}>
        {isScarce ? 'Ask again' : 'Open again'}
      </button>
      {isScarce && (
        <button type="button" className="link-button" onClick={store.recovery.dismiss}>
          Dismiss
        </button>
      )}
      {!isScarce && onChooseFiles && (
        <button type="button" className="link-button" onClick={onChooseFiles}>
          Choose files
        </button>
      )}
    </div>
  )
}

function ReopeningBar({
  loss: { progress },
  names,
}: {
  readonly loss: Extract<Loss, { status: 'reopening' }>
  readonly names: string
}): ReactNode {
  const how = progress === undefined ? `opening ${names}` : progressText({ progress, names: [names] })
  return (
    <WorkBar
      label="Opening again"
      doneLabel="Bytes read"
      done={progress?.bytesRead}
      total={progress?.bytesTotal === 0 ? undefined : progress?.bytesTotal}
      text={`what held this capture ended by itself; it is opened again: ${how}`}
    />
  )
}
