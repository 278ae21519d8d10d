import { type ReactNode } from 'react'
import { counted } from '../../../base/counted.ts'
import { type TriageGroupRow } from '../../../queries/triage-rows.ts'
import { kindWord } from '../../timeline/culprit-words.ts'
import { TRIGGER_WORDS } from '../../timeline/trigger-words.ts'
import { ClassDot } from '../../widgets/class-dot.tsx'
import { VERDICT_ABOUT } from './failure-words.ts'
import { Sureness } from './sureness.tsx'
import styles from './triage-list.module.css'

/** A group of failed ranges on one line: who, what it blocks, for how long, how sure. */
export function GroupLine({ row }: { readonly row: TriageGroupRow }): ReactNode {
  return (
    <span className={styles.group}>
      <span className={styles.name}>
        <GroupName row={row} />
      </span>
      <span className={styles.figure}>{row.blocks}</span>
      {row.attempts > row.ranges && <span className={styles.figure}>{counted(row.attempts, 'attempt')}</span>}
      {row.pages > 0 && <span className={styles.figure}>{counted(row.pages, 'page')}</span>}
      {row.culprit && (
        <>
          {row.holdKind && <span>{holdText(row)}</span>}
          <Sureness culprit={{ ...row.culprit, ...sureOf(row) }} />
          {row.culprit.class && <ClassDot class={row.culprit.class} hasLabel />}
        </>
      )}
      {row.listed < row.ranges && <span className={styles.dim}>{row.listed} listed</span>}
    </span>
  )
}

function GroupName({ row }: { readonly row: TriageGroupRow }): ReactNode {
  const { culprit, trigger, verdict, title } = row
  if (trigger !== undefined) return <b>{TRIGGER_WORDS[trigger]}</b>
  if (verdict !== undefined) return <b title={VERDICT_ABOUT[verdict]}>{verdict}</b>
  if (culprit === undefined) return <b>{title}</b>
  const task = culprit.anyOf.length > 0 ? culprit.anyOf.join(', ') : culprit.task
  return (
    <>
      <b>{culprit.holder}</b>
      {task !== '' && <span> {task}</span>}
    </>
  )
}

/** Of the surest range: the group's own, not that of its first one. */
function sureOf({ confidence, confidenceWord }: TriageGroupRow): Pick<TriageGroupRow, 'confidence' | 'confidenceWord'> {
  return { confidence, confidenceWord }
}

/** `long-term 836.865 ms`, `leak, its task is gone`, `leak, others up to 2.239 s`. */
function holdText({ holdKind, taskGone, longest }: TriageGroupRow): string {
  if (holdKind === undefined) return ''
  const kind = kindWord({ kind: holdKind, ...(taskGone ? { taskGone } : {}) })
  if (longest === '') return kind
  return holdKind === 'leak' ? `${kind}, others up to ${longest}` : `${kind} ${longest}`
}
