import { type MouseEvent, type ReactNode } from 'react'
import { useLinkTo, useView } from '../../state/use-view.ts'
import { VIEW_ENTRIES } from './navigation.ts'
import styles from './rail.module.css'
import { showKeys } from './shortcut.ts'

/** The screens. Links, so that one can be opened in another tab; under 1100 px only their icons. */
export function Rail(): ReactNode {
  const [view, setView] = useView()
  const linkTo = useLinkTo()
  return (
    <nav className={styles.rail} aria-label="Screens">
      {VIEW_ENTRIES.map(({ id, label, about, keys, icon: Icon }) => (
        <a
          key={id}
          className={styles.entry}
          data-tip={`${label}: ${about} (${keys.map((key) => showKeys(key)).join(', or ')})`}
          data-side="right"
          href={linkTo({ ...view, view: id })}
          aria-current={view.view === id ? 'page' : undefined}
          onClick={(event) => isPlain(event) && (event.preventDefault(), setView({ view: id }))}
        >
          <Icon size={16} aria-hidden="true" />
          <span className={styles.label}>{label}</span>
        </a>
      ))}
    </nav>
  )
}

function isPlain(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey
}
