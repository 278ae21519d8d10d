import { type ReactNode } from 'react'
import styles from './small-marks.module.css'

interface ConfidenceProps {
  /** `very likely`. */
  readonly word: string
  /** 0 … 1. */
  readonly value: number
  /** Holders that the evidence does not separate; 1 when it does. */
  readonly anyOf?: number
}

/** How sure: a word and a number, `very likely 0.94`; and when the evidence fits several, that it does. */
export function Confidence({ word, value, anyOf = 1 }: ConfidenceProps): ReactNode {
  return (
    <span className={styles.data}>
      {word} {value.toFixed(2)}
      {anyOf > 1 && <span className={styles.dim}> any of these {anyOf}</span>}
    </span>
  )
}
