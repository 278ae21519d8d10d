import { type ReactNode } from 'react'
import { type FieldView } from '../../session/register.ts'
import {
  parseSessionVerdict,
  SESSION_VERDICT_ABOUT,
  SESSION_VERDICT_GLYPHS,
  SESSION_VERDICT_WORDS,
  type SessionVerdict,
  sessionVerdictText,
} from '../../session/session-verdict.ts'
import styles from './session.module.css'

/** A triage verdict as a glyph and its word. */
export function VerdictMark({ verdict }: { readonly verdict: SessionVerdict }): ReactNode {
  return (
    <span className={styles.mark} title={SESSION_VERDICT_ABOUT[verdict]}>
      <span aria-hidden="true">{SESSION_VERDICT_GLYPHS[verdict]}</span> {SESSION_VERDICT_WORDS[verdict]}
    </span>
  )
}

/** What the column of a table says: the triage verdict, that people differ, or nothing. */
export function verdictCell({ value, conflict }: FieldView): string {
  if (conflict.length > 0) return `≠ ${conflict.length} differ`
  const verdict = parseSessionVerdict(value)
  return verdict === undefined ? '' : sessionVerdictText(verdict)
}
