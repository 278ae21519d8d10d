import { type ReactNode } from 'react'
import { type HolderAcross } from '../../../queries/holders-across.ts'
import { useView } from '../../../state/use-view.ts'
import { ClassDot } from '../../widgets/class-dot.tsx'
import { Confidence } from '../../widgets/confidence.tsx'
import { type DataColumn } from '../../widgets/data-column.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { taskText } from './failure-words.ts'
import styles from './triage-view.module.css'
import { tableHeight } from './table-height.ts'

const MOST_ROWS = 5

const COLUMNS: readonly DataColumn<HolderAcross>[] = [
  { id: 'ranges', header: 'ranges blocked', text: (row) => String(row.blocked), align: 'end' },
  { id: 'pages', header: 'pages', text: (row) => String(row.pages), align: 'end' },
  { id: 'holder', header: 'holder', text: nameOf },
  { id: 'task', header: 'task', text: (row) => taskText(row) },
  {
    id: 'class',
    header: 'reference',
    text: (row) => row.class,
    extraChars: 22,
    render: (row) => <ClassDot class={row.class} hasLabel />,
  },
  { id: 'longest', header: 'longest', text: (row) => row.longestText, align: 'end' },
  {
    id: 'confidence',
    header: 'confidence',
    text: (row) => `${row.confidenceWord} ${row.confidence.toFixed(2)}`,
    render: (row) => <Confidence word={row.confidenceWord} value={row.confidence} />,
  },
]

interface HoldersTableProps {
  readonly holders: readonly HolderAcross[]
  /** Id of the range that is looked at. */
  readonly rangeId: string
}

/** Who blocked how many ranges, over all of them. Choosing one looks at the first of its ranges; again, at the next. */
export function HoldersTable({ holders, rangeId }: HoldersTableProps): ReactNode {
  const [, setView] = useView()
  const show = ({ rangeIds }: HolderAcross): void => {
    const next = rangeIds[(rangeIds.indexOf(rangeId) + 1) % rangeIds.length]
    setView({ failure: next }, { replace: true })
  }
  return (
    <section className={styles.list} aria-labelledby="holders-across">
      <header className={styles.bar}>
        <h2 id="holders-across">Holders by ranges blocked {holders.length}</h2>
      </header>
      <div className={styles.table} style={{ height: tableHeight(holders.length, MOST_ROWS) }}>
        <DataTable
          label="Holders by ranges blocked"
          columns={COLUMNS}
          rows={holders}
          offset={0}
          total={holders.length}
          rowKey={(row) => `${taskText(row)}:${row.holder}`}
          onSelect={show}
          onActivate={show}
        />
      </div>
    </section>
  )
}

function nameOf({ holder }: HolderAcross): string {
  return holder === '' ? 'no stack recorded' : holder
}
