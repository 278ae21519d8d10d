import { type ReactNode } from 'react'
import styles from './small-marks.module.css'

/** Keys as they are pressed one after the other or together: `[` `]`, `Ctrl` `K`. */
export function KeyHint({ keys }: { readonly keys: readonly string[] }): ReactNode {
  return (
    <span className={styles.keys}>
      {keys.map((key) => (
        <kbd key={key} className={styles.key}>
          {key}
        </kbd>
      ))}
    </span>
  )
}
