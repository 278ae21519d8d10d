import { type ReactNode } from 'react'
import { formatShare } from '../../../base/share.ts'
import { type OverviewAnswer } from '../../../queries/overview.ts'
import styles from './files-view.module.css'

/** What keeping each stack once saves, and what an event costs. */
export function DepotFigures({ overview }: { readonly overview: OverviewAnswer }): ReactNode {
  const { depot, bytesPerEvent, pages, tasks, ownerRecords, holds, isPairing } = overview
  const rows: readonly (readonly [name: string, value: string])[] = [
    ['stacks seen', String(depot.seen)],
    ['distinct stacks', String(depot.distinct)],
    ['text of all stacks', `${depot.textBytes} bytes`],
    ['held', `${depot.heldBytes} bytes`],
    ['saved', `${depot.savedBytes} bytes${shareText(depot)}`],
    ['memory per event', `${bytesPerEvent.toFixed(1)} bytes`],
    ['pages', String(pages)],
    ['tasks', String(tasks)],
    ['page_owner records', String(ownerRecords)],
    ['holds', isPairing ? 'still being paired' : String(holds)],
  ]
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="data">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function shareText({ savedBytes, textBytes }: OverviewAnswer['depot']): string {
  return textBytes > 0 ? ` (${formatShare(savedBytes, textBytes)})` : ''
}
