import { type ReactNode, useState } from 'react'
import { useCapture } from '../../../state/use-trace.ts'
import { type Recording, useRecording } from '../../../state/use-record.ts'
import { useView } from '../../../state/use-view.ts'
import { RECORD_KEYS } from '../../keys/record-keys.ts'
import { useViewShortcuts } from '../../shell/view-shortcuts.ts'
import { copyText } from '../../widgets/command-block.tsx'
import { EmptyNote } from '../../widgets/empty-note.tsx'
import { NextReasons } from './next-reasons.tsx'
import { RecordForm } from './record-form.tsx'
import { RecordStepList } from './record-step-list.tsx'
import { ScriptButtons } from './script-buttons.tsx'
import styles from './record-view.module.css'

/** How to record: for a kernel and a failure, or what the open capture leaves open. All of the form is in the link. */
export function RecordView(): ReactNode {
  const capture = useCapture()
  const [said, setSaid] = useState('')
  const recording = useRecording()
  const { answer } = recording
  const copyScript = async (): Promise<void> => {
    if (answer?.ok)
      setSaid((await copyText(answer.script)) ? 'Script copied' : 'Copying is not allowed: save the script')
  }
  useViewShortcuts(RECORD_KEYS, () => void copyScript())
  return (
    <div className={styles.view}>
      {capture === undefined && <NoCapture />}
      <RecordForm question={recording.question} />
      <div className={styles.steps}>
        {capture !== undefined && <NextReasons recording={recording} />}
        <Answer recording={recording} />
        {answer?.ok && <ScriptButtons script={answer.script} said={said} onCopy={() => void copyScript()} />}
        {answer?.ok && <RecordStepList plan={answer.plan} />}
      </div>
    </div>
  )
}

function NoCapture(): ReactNode {
  const [, setView] = useView()
  return (
    <p className={styles.line}>
      No file is open.{' '}
      <button type="button" className="link-button" onClick={() => setView({ view: 'triage' })}>
        Open files
      </button>{' '}
      to see what a capture leaves open, and what to record next.
    </p>
  )
}

function Answer({ recording: { answer, isLooking, question } }: { readonly recording: Recording }): ReactNode {
  if (isLooking) return <p className={styles.line}>Looking what this capture leaves open…</p>
  if (answer === undefined && question.kernel === '')
    return (
      <EmptyNote title="Which kernel?">
        <p>
          Type its release above, as <code className="data">uname -r</code> says: the events and files differ from one
          to the next.
        </p>
      </EmptyNote>
    )
  if (answer?.ok === false) return <EmptyNote title="This cannot be recorded.">{answer.problem}</EmptyNote>
  return null
}
