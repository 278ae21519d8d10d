import { type ReactNode, useState } from 'react'
import { NO_THRESHOLD, useHasDurations } from '../../../state/use-threshold.ts'
import { useView } from '../../../state/use-view.ts'
import { DEFAULT_THRESHOLD_US } from '../../../state/view-state.ts'
import styles from './triage-view.module.css'

/** Longest threshold: an hour of microseconds. */
const MOST = 3_600_000_000

/** From how long on a hold is long-term. Live: every whole number typed is asked with. */
export function ThresholdInput(): ReactNode {
  const [view, setView] = useView()
  const hasDurations = useHasDurations()
  const [draft, setDraft] = useState<string>()
  const text = draft ?? String(view.thresholdUs)
  const isValid = parseThreshold(text) !== undefined
  const change = (next: string): void => {
    setDraft(next)
    const value = parseThreshold(next)
    if (value !== undefined) setView({ thresholdUs: value }, { replace: true })
  }
  if (!hasDurations) return <span className={styles.threshold}>{NO_THRESHOLD}</span>
  return (
    <label className={styles.threshold}>
      long-term from
      <input
        className="data"
        type="text"
        inputMode="numeric"
        size={9}
        value={text}
        aria-invalid={!isValid}
        title={`Whole microseconds; the kernel's page_pinner has ${DEFAULT_THRESHOLD_US}`}
        onChange={(event) => change(event.target.value)}
        onBlur={() => setDraft(undefined)}
      />
      us
    </label>
  )
}

/** A whole number from 0 to an hour of microseconds; `undefined` for anything else. */
export function parseThreshold(text: string): number | undefined {
  const value = /^\d{1,10}$/.test(text.trim()) ? Number(text) : Number.NaN
  return value <= MOST ? value : undefined
}
