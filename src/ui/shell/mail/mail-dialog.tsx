import { Button, SegmentedControl } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { type BugReportFormat as Format, type PersonSaid } from '../../../queries/bug-report-question.ts'
import { saidOf } from '../../../session/carried.ts'
import { useQuery } from '../../../state/use-query.ts'
import { useTriageSession } from '../../../state/use-triage-session.ts'
import { useView } from '../../../state/use-view.ts'
import { thresholdNsOf } from '../../../state/view-state.ts'
import { copyText } from '../../widgets/command-block.tsx'
import { saveFile } from '../../widgets/copy-out.ts'
import { personSaidOf } from '../../session/person-said.ts'
import { Dialog } from '../dialog.tsx'
import { type MailAbout } from './mail-about.ts'
import styles from './mail-dialog.module.css'

const FORMS: Readonly<Record<Format, { readonly label: string; readonly file: string; readonly type: string }>> = {
  text: { label: 'Mail text', file: 'pinscope-mail.txt', type: 'text/plain' },
  markdown: { label: 'Markdown', file: 'pinscope-finding.md', type: 'text/markdown' },
  json: { label: 'JSON', file: 'pinscope-finding.json', type: 'application/json' },
}
const CHOICES = (['text', 'markdown', 'json'] as const).map((value) => ({ value, label: FORMS[value].label }))

interface MailDialogProps {
  readonly about: MailAbout
  /** The form that is shown, and copied, first. */
  readonly format: string
  readonly onClose: () => void
}

/** The finding as text, exactly as it is copied: to look at, to copy, to save. */
export function MailDialog({ about, format: first, onClose }: MailDialogProps): ReactNode {
  const [view] = useView()
  const session = usePersonSaid(about)
  const [format, setFormat] = useState<Format>(formatOf(first))
  const question = { about: about.about, format, thresholdNs: thresholdNsOf(view) }
  const state = useQuery('bugReport', session === undefined ? question : { ...question, session })
  const text = state.status === 'ready' ? state.value.text : undefined
  const shown = useRef<HTMLPreElement>(null)
  const [said, copy] = useCopied(text, shown)
  const { label, file, type } = FORMS[format]
  return (
    <Dialog title="This finding as text" size="wide" onClose={onClose}>
      <div className={styles.choice}>
        <SegmentedControl
          size="xs"
          name="mail-form"
          aria-label="Form"
          data={CHOICES}
          value={format}
          onChange={(value) => setFormat(formatOf(value))}
        />
        <span className={`${styles.size} data`}>{text === undefined ? '' : sizeText(text)}</span>
      </div>
      {state.status === 'failed' && <p>{state.error.message}</p>}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls is to be reached by keys */}
      <section tabIndex={0} data-autofocus className={styles.text} aria-label={label} aria-busy={text === undefined}>
        <pre ref={shown} className="data">
          {text ?? 'Writing it …'}
        </pre>
      </section>
      <div className={styles.buttons}>
        <Button size="compact-sm" disabled={text === undefined} onClick={() => void copy(text)}>
          Copy
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          disabled={text === undefined}
          onClick={() => text !== undefined && saveFile(new Blob([text], { type }), file)}
        >
          Save {file}
        </Button>
        <output>{said}</output>
      </div>
    </Dialog>
  )
}

/** Copies the first text that there is, and what is asked for after; says what became of it. */
function useCopied(
  text: string | undefined,
  shown: { readonly current: HTMLPreElement | null },
): readonly [string, (text: string | undefined) => Promise<void>] {
  const [outcome, setOutcome] = useState<{ readonly of: string; readonly said: string }>()
  const isCopied = useRef(false)
  const copy = async (wanted: string | undefined): Promise<void> => {
    if (wanted === undefined) return
    const isOn = await copyText(wanted)
    if (!isOn && shown.current) getSelection()?.selectAllChildren(shown.current)
    setOutcome({ of: wanted, said: isOn ? 'Copied.' : 'Press Ctrl+C: the text is selected.' })
  }
  useEffect(() => {
    if (text === undefined || isCopied.current) return
    isCopied.current = true
    void copy(text)
  })
  return [outcome !== undefined && outcome.of === text ? outcome.said : '', copy]
}

/** What people said of the range in this browser; undefined where nobody did, or they disagree. */
function usePersonSaid({ subject }: MailAbout): PersonSaid | undefined {
  const [{ session }] = useTriageSession()
  return subject === undefined ? undefined : personSaidOf(saidOf(session, subject.names))
}

function formatOf(text: string): Format {
  return CHOICES.find(({ value }) => value === text)?.value ?? 'text'
}

/** `58 lines × 79 columns`. */
function sizeText(text: string): string {
  const lines = text.replace(/\n$/, '').split('\n')
  return `${lines.length} lines × ${lines.reduce((most, line) => Math.max(most, line.length), 0)} columns`
}
