import { type ReactNode, useCallback, useId } from 'react'
import styles from './dialog.module.css'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  /** What the closing button does, for those who hear it alone. */
  readonly closeLabel?: string
  readonly size?: 'small' | 'wide'
  readonly children: ReactNode
}

/**
 * What lies over the page until it is answered: the browser's own dialog, which keeps the focus in and gives it back. What
 * carries `data-autofocus` has it first. Esc and a press beside it close it.
 */
export function Dialog({ title, onClose, closeLabel = 'Close', size = 'small', children }: DialogProps): ReactNode {
  const titleId = useId()
  const open = useCallback((dialog: HTMLDialogElement | null) => {
    if (!dialog) return undefined
    dialog.showModal()
    dialog.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    return () => dialog.close() // gives the focus back before it is gone
  }, [])
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- the key is Esc
    <dialog
      ref={open}
      className={styles.dialog}
      data-size={size}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => event.target === event.currentTarget && onClose()}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        onClose()
      }}
    >
      <div className={styles.box}>
        <header className={styles.head}>
          <h2 id={titleId}>{title}</h2>
          <button type="button" className={styles.close} aria-label={closeLabel} title="Esc" onClick={onClose}>
            ×
          </button>
        </header>
        {children}
      </div>
    </dialog>
  )
}
