import { type ReactNode } from 'react'
import styles from './small-marks.module.css'

interface ConfidenceProps {
  /** `very likely`. */
  readonly word: string
  /** 0 … 1. */
  readonly value: number
  /** Whose it is where the evidence does not separate holders: `together, one of these 2`. */
  readonly ofSet?: string
}

/** How sure: a word and a number, `very likely 0.94`; and when the evidence fits several, that it is theirs together. */
export function Confidence({ word, value, ofSet }: ConfidenceProps): ReactNode {
  return (
    <span className={styles.data}>
      {word} {value.toFixed(2)}
      {ofSet !== undefined && <span className={styles.dim}> {ofSet}</span>}
    </span>
  )
}
