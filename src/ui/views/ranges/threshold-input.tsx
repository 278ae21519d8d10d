import { type ReactNode, useState } from 'react'
import { useView } from '../../../state/use-view.ts'
import { DEFAULT_THRESHOLD_US } from '../../../state/view-state.ts'
import styles from './ranges-view.module.css'

/** Longest threshold: an hour. us. */
const MOST_US = 3_600_000_000

/** From how long on a hold is long-term. Live: every whole number typed is asked with. */
export function ThresholdInput(): ReactNode {
  const [view, setView] = useView()
  const [draft, setDraft] = useState<string>()
  const text = draft ?? String(view.thresholdUs)
  const isValid = parseThreshold(text) !== undefined
  const change = (next: string): void => {
    setDraft(next)
    const thresholdUs = parseThreshold(next)
    if (thresholdUs !== undefined) setView({ thresholdUs }, { replace: true })
  }
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

/** Whole microseconds from 0 to an hour; `undefined` for anything else. */
export function parseThreshold(text: string): number | undefined {
  const value = /^\d{1,10}$/.test(text.trim()) ? Number(text) : Number.NaN
  return value <= MOST_US ? value : undefined
}
