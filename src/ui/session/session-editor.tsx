import { type ReactNode } from 'react'
import { type Said } from '../../session/carried.ts'
import { type FieldView } from '../../session/register.ts'
import { LIMITS } from '../../session/session-limits.ts'
import {
  parseSessionVerdict,
  SESSION_VERDICT_ABOUT,
  SESSION_VERDICT_GLYPHS,
  SESSION_VERDICT_WORDS,
  SESSION_VERDICTS,
  type SessionVerdict,
} from '../../session/session-verdict.ts'
import { type Keeping } from '../../state/session-shelf.ts'
import { type SessionSubject } from '../../state/session-subject.ts'
import { useIsPrivateWindow } from '../../state/use-private-window.ts'
import { useTriageSession } from '../../state/use-triage-session.ts'
import { DraftInput } from '../widgets/draft-input.tsx'
import { Conflicts } from './conflicts.tsx'
import { NoteInput } from './note-input.tsx'
import { authorText, dayText } from './said-words.ts'
import { judgeSubject, writeSubject } from './session-deeds.ts'
import styles from './session.module.css'

interface SessionEditorProps {
  readonly subject: SessionSubject
  readonly said: Said
  /** In the presenter: its own keys, and larger type. */
  readonly isLarge?: boolean
}

const SCREEN_KEYS = { verdict: 'k ', assignee: 'k a', note: 'k n' }
const PRESENTED_KEYS = { verdict: '', assignee: 'a', note: 'e' }

/** Verdict, assignee and note of one range or stack; conflicts side by side above them. Each change is kept at once. */
export function SessionEditor({ subject, said, isLarge = false }: SessionEditorProps): ReactNode {
  const [{ keeping }] = useTriageSession()
  const keys = isLarge ? PRESENTED_KEYS : SCREEN_KEYS
  return (
    <section
      className={styles.editor}
      data-session-editor={subject.kind}
      data-large={isLarge}
      aria-label={`Triage of ${subject.title}`}
    >
      <Conflicts subject={subject} said={said} />
      <div className={styles.fields}>
        <VerdictButtons subject={subject} verdict={said.verdict} prefix={keys.verdict} />
        {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- of the field in it: Esc leaves it as it is */}
        <span
          data-session-assignee
          title={keys.assignee}
          onKeyDownCapture={(event) => {
            if (event.key !== 'Escape') return
            event.stopPropagation()
            if (event.target instanceof HTMLElement) event.target.blur()
          }}
        >
          <DraftInput
            label="assignee"
            widthChars={18}
            value={said.assignee.value ?? ''}
            judge={(text) => (text.length > LIMITS.line ? `at most ${LIMITS.line} characters` : undefined)}
            onCommit={(text) => writeSubject(subject, 'assignee', text === '' ? null : text)}
          />
        </span>
        <SaidBy view={said.verdict} />
      </div>
      <NoteInput
        key={subject.names.length === 0 ? '' : JSON.stringify(subject.names[0])}
        label="note"
        hint={keys.note}
        value={said.note.value ?? ''}
        isLarge={isLarge}
        saved={savedWords(keeping)}
        onCommit={(text, seen) => {
          // Nothing is seen where several values stand side by side: what is typed settles them.
          const instead = seen === '' && said.note.conflict.length > 0 ? undefined : textOrNone(seen)
          return writeSubject(subject, 'note', textOrNone(text), instead)
        }}
      />
      <KeepingNotice />
    </section>
  )
}

function textOrNone(text: string): string | null {
  return text === '' ? null : text
}

/** How far what was said last is; empty before anything was said here. */
function savedWords(keeping: Keeping): string {
  if (keeping.how !== 'kept' || keeping.disk === undefined) return ''
  return { waiting: 'Saving…', written: 'Saved', later: 'Saved; on the disk when the browser writes it' }[keeping.disk]
}

interface VerdictButtonsProps {
  readonly subject: SessionSubject
  readonly verdict: FieldView
  readonly prefix: string
}

function VerdictButtons({ subject, verdict, prefix }: VerdictButtonsProps): ReactNode {
  const given = parseSessionVerdict(verdict.value)
  const judge = (next: SessionVerdict): string => judgeSubject(subject, next === given ? null : next)
  return (
    // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a fieldset's legend would take a line of its own
    <div className={styles.verdicts} role="group" aria-label={`Triage verdict of the ${subject.kind}`}>
      <span className={styles.legend}>triage verdict</span>
      {SESSION_VERDICTS.map((one, at) => (
        <button
          key={one}
          type="button"
          className={styles.verdict}
          aria-pressed={one === given}
          title={`${SESSION_VERDICT_ABOUT[one]} (${prefix}${at + 1})`}
          onClick={() => judge(one)}
        >
          <span aria-hidden="true">{SESSION_VERDICT_GLYPHS[one]}</span> {SESSION_VERDICT_WORDS[one]}
        </button>
      ))}
    </div>
  )
}

/** `by Ann, 2026-11-22, on trace.txt`. */
function SaidBy({ view }: { readonly view: FieldView }): ReactNode {
  const [, store] = useTriageSession()
  const { change } = view
  if (change === undefined) return null
  return (
    <span className={styles.by}>
      by {authorText(change, store.isMine(change))}, {dayText(change)}
      {change.on === undefined ? '' : `, on ${change.on.file}`}
      {change.on === undefined || change.on.release === '' ? '' : ` of kernel ${change.on.release}`}
    </span>
  )
}

/** Where what is said is not kept, that is said where it is typed, with the way to keep it. */
export function KeepingNotice(): ReactNode {
  const [{ keeping }] = useTriageSession()
  const isPrivate = useIsPrivateWindow()
  if (keeping.how === 'kept' && isPrivate)
    return (
      <p className={styles.notice}>
        This is a private window: what you say here goes with it. <ExportButton /> to keep it.
        {keeping.note !== undefined && ` ${keeping.note}`}
      </p>
    )
  if (keeping.how === 'kept') return keeping.note === undefined ? null : <p className={styles.notice}>{keeping.note}</p>
  if (keeping.how === 'copy')
    return <p className={styles.notice}>This came with the report. What you change is kept.</p>
  return (
    <p className={styles.notice} role="alert">
      {keeping.why}: what you say here is lost when this tab closes. <ExportButton /> to keep it.
    </p>
  )
}

function ExportButton(): ReactNode {
  return (
    <button type="button" className="link-button" onClick={() => void exportLater()}>
      Export the session
    </button>
  )
}

async function exportLater(): Promise<void> {
  const { saveSession } = await import('./save-session.ts')
  saveSession()
}
