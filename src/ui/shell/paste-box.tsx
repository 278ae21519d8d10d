import { type ReactNode } from 'react'
import styles from './screen.module.css'

/** A place to paste into, for those who have a pointer only. The window takes the paste; typing does nothing here. */
export function PasteBox({ hasFocus }: { readonly hasFocus?: boolean }): ReactNode {
  return (
    <textarea
      className={styles.paste}
      data-takes-paste=""
      data-autofocus={hasFocus}
      aria-label="Paste text"
      placeholder="Or paste text here: a trace, a dump, a log, a mail with such in it"
      rows={3}
      spellCheck={false}
      value=""
      onChange={() => undefined}
    />
  )
}
