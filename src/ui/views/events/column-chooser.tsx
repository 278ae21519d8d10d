import { type ReactNode } from 'react'
import { useView } from '../../../state/use-view.ts'
import styles from './events-view.module.css'

interface ColumnChooserProps {
  /** Every column, in order. */
  readonly columns: readonly { readonly id: string; readonly header: string; readonly title?: string }[]
}

/** Which columns the table has: in the link, so that a reader sees the same. */
export function ColumnChooser({ columns }: ColumnChooserProps): ReactNode {
  const [view, setView] = useView()
  const shown = view.eventColumns ?? columns.map(({ id }) => id)
  const toggle = (id: string) => {
    const next = columns.map((column) => column.id).filter((one) => shown.includes(one) !== (one === id))
    if (next.length > 0) setView({ eventColumns: next.length === columns.length ? undefined : next }, { replace: true })
  }
  return (
    <fieldset className={styles.columns}>
      <legend className={styles.dim}>columns</legend>
      {columns.map(({ id, header, title }) => (
        <label key={id} title={title}>
          <input type="checkbox" checked={shown.includes(id)} onChange={() => toggle(id)} /> {header}
        </label>
      ))}
      <button
        type="button"
        className="link-button"
        onClick={() => setView({ eventColumns: undefined }, { replace: true })}
      >
        All
      </button>
    </fieldset>
  )
}
