import { type ReactNode, useState } from 'react'
import { type OverviewAnswer } from '../../../queries/overview.ts'
import { useLinkTo, useView } from '../../../state/use-view.ts'
import styles from './files-view.module.css'

/** Events by name, most first; each leads to its rows. */
export function EventCounts({ counts }: { readonly counts: OverviewAnswer['eventCounts'] }): ReactNode {
  const [view, setView] = useView()
  const linkTo = useLinkTo()
  const [filter, setFilter] = useState('')
  const wanted = filter.trim().toLowerCase()
  const shown = counts.filter(({ name }) => name.toLowerCase().includes(wanted))
  if (counts.length === 0) return <p className={styles.note}>No events: none of these files is a trace.</p>
  return (
    <>
      <label className={styles.filter}>
        name has
        <input className="data" type="text" value={filter} onChange={(event) => setFilter(event.target.value)} />
        <output>
          {shown.length} of {counts.length}
        </output>
      </label>
      <ul className={`${styles.counts} data`}>
        {shown.map(({ name, count }) => {
          const destination = { view: 'events', eventName: name, pfn: undefined } as const
          return (
            <li key={name}>
              <a
                href={linkTo({ ...view, ...destination })}
                onClick={(event) => {
                  event.preventDefault()
                  setView(destination)
                }}
              >
                {name}
              </a>
              <span>{count}</span>
            </li>
          )
        })}
      </ul>
    </>
  )
}
