import { type ReactNode } from 'react'
import { CLASS_STYLES, type ReferenceClassId } from '../theme/class-style.ts'
import styles from './small-marks.module.css'

interface ClassDotProps {
  readonly class: ReferenceClassId
  /** Says the class in words beside the mark. */
  readonly hasLabel?: boolean
}

/** A reference class: its glyph in its colour, its name in the tooltip or beside it. */
export function ClassDot({ class: id, hasLabel = false }: ClassDotProps): ReactNode {
  const { glyph, color, label } = CLASS_STYLES[id]
  return (
    <span className={styles.classDot} title={label}>
      <span aria-hidden="true" className={styles.glyph} style={{ color }}>
        {glyph}
      </span>
      {hasLabel ? ` ${label}` : <span className={styles.hidden}>{label}</span>}
    </span>
  )
}
