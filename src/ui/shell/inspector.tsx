import { createContext, type ReactNode, use, useId, useMemo, useState } from 'react'
import { createPortal } from 'react-dom'
import styles from './inspector.module.css'

interface InspectorSlot {
  readonly element: HTMLElement | null
  readonly setElement: (element: HTMLElement | null) => void
}

const SlotContext = createContext<InspectorSlot>({ element: null, setElement: () => undefined })

/** Around the frame: lets any view put something into the inspector. */
export function InspectorProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const [element, setElement] = useState<HTMLElement | null>(null)
  return <SlotContext value={useMemo(() => ({ element, setElement }), [element])}>{children}</SlotContext>
}

interface InspectorFrameProps {
  readonly isFolded: boolean
  readonly onToggle: () => void
}

/** The inspector's place in the frame: beside the view, in half a screen a drawer below it. It takes no room while it is empty. */
export function InspectorFrame({ isFolded, onToggle }: InspectorFrameProps): ReactNode {
  const { setElement } = use(SlotContext)
  return (
    <aside className={styles.frame} aria-label="Inspector" data-inspector data-folded={isFolded}>
      <button type="button" className={styles.handle} aria-expanded={!isFolded} onClick={onToggle}>
        <span aria-hidden="true">{isFolded ? '▸' : '▾'}</span> Inspector <kbd>i</kbd>
      </button>
      <div ref={setElement} className={styles.sections} />
    </aside>
  )
}

interface InspectorSectionProps {
  readonly title: string
  /** Shows a button that puts the section away; Esc does so too when the caller binds it. */
  readonly onClose?: () => void
  /** Stands above sections that came earlier. */
  readonly isFirst?: boolean
  readonly children: ReactNode
}

/** One section of the inspector: what is selected. Used by views; it is drawn in the frame, not where it stands. */
export function InspectorSection({ title, onClose, isFirst, children }: InspectorSectionProps): ReactNode {
  const { element } = use(SlotContext)
  const headingId = useId()
  if (!element) return null
  return createPortal(
    <section className={styles.section} data-first={isFirst} aria-labelledby={headingId}>
      <header className={styles.head}>
        <h2 id={headingId}>{title}</h2>
        {onClose && (
          <button type="button" className="link-button" onClick={onClose}>
            Close
          </button>
        )}
      </header>
      {children}
    </section>,
    element,
  )
}
