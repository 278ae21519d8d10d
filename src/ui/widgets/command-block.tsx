import { type ReactNode, useRef, useState } from 'react'
import styles from './command-block.module.css'

interface CommandBlockProps {
  /** What the commands do, for those who hear the button only. */
  readonly label: string
  readonly text: string
}

/** Lines for a shell as they are, and a button that copies them. Where copying is not allowed, they are selected. */
export function CommandBlock({ label, text }: CommandBlockProps): ReactNode {
  const lines = useRef<HTMLPreElement>(null)
  const [said, setSaid] = useState('')
  const copy = async (): Promise<void> => {
    const isCopied = await copyText(text)
    if (!isCopied && lines.current) getSelection()?.selectAllChildren(lines.current)
    setSaid(isCopied ? 'copied' : 'press Ctrl+C: the lines are selected')
  }
  return (
    <div className={styles.block}>
      <pre ref={lines} className={`${styles.lines} data`}>
        {text}
      </pre>
      <span className={styles.side}>
        <button type="button" className={styles.button} aria-label={`Copy: ${label}`} onClick={() => void copy()}>
          Copy
        </button>
        <output className={styles.said}>{said}</output>
      </span>
    </div>
  )
}

/** Puts text on the clipboard; false where the browser does not let pages do that. */
export async function copyText(text: string): Promise<boolean> {
  // Absent outside secure contexts, refused without permission.
  const clipboard: Clipboard | undefined = navigator.clipboard
  if (clipboard === undefined) return false
  return clipboard.writeText(text).then(
    () => true,
    () => false,
  )
}
