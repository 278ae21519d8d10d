import { type ReactNode } from 'react'
import { type Carried } from '../../session/carried.ts'
import { useTriageSession } from '../../state/use-triage-session.ts'
import { authorText, dayText } from './said-words.ts'
import { verdictCell } from './verdict-mark.tsx'
import styles from './session.module.css'

/** What was said of the same stack on other captures: named as theirs, never as said of this range. */
export function CarriedList({ carried }: { readonly carried: readonly Carried[] }): ReactNode {
  const [, store] = useTriageSession()
  if (carried.length === 0) return null
  return (
    <ul className={styles.carried} aria-label="Carried over from other captures, by the stack">
      {carried.map(({ entry, isSameKernel, verdict, note, assignee }) => {
        const { file = 'a file without a name', what = '', time = '' } = entry.about
        const change = verdict.change ?? note.change ?? assignee.change
        const words = [
          verdictCell(verdict),
          assignee.value === undefined ? '' : `assignee ${assignee.value}`,
          note.conflict.length > 0 ? '≠ notes differ' : (note.value ?? ''),
        ]
        return (
          <li key={JSON.stringify(entry.subject)}>
            <span className={styles.from}>
              carried over from {file}, {what}
              {time === '' ? '' : ` at ${time}`}: same stack,{' '}
              {isSameKernel ? 'same kernel' : 'whether it was the same kernel is not recorded'}
            </span>{' '}
            <span className={styles.text}>{words.filter((word) => word !== '').join(' · ')}</span>
            {change && (
              <span className={styles.by}>
                {' '}
                by {authorText(change, store.isMine(change))}, {dayText(change)}
              </span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
