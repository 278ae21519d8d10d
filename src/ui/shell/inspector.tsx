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

/** The inspector's place in the frame. It takes no room while there is no section in it. */
export function InspectorFrame(): ReactNode {
  const { setElement } = use(SlotContext)
  return <aside ref={setElement} className={styles.frame} aria-label="Inspector" data-inspector />
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
