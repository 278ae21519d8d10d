import { type ReactNode } from 'react'
import { formatPfn, formatPfnRange } from '../../../base/pfn.ts'
import { type CulpritAnswer, type FailureAnswer } from '../../../queries/wire.ts'
import { Confidence } from '../../widgets/confidence.tsx'
import { type DataColumn } from '../../widgets/data-column.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { RangeStrip } from '../../widgets/range-strip.tsx'
import { holderText } from '../../timeline/culprit-words.ts'
import { taskText, VERDICT_WORDS } from './failure-words.ts'
import styles from './triage-view.module.css'
import { tableHeight } from './table-height.ts'

/** Rows shown before the table scrolls. */
const MOST_ROWS = 8

const COLUMNS: readonly DataColumn<FailureAnswer>[] = [
  { id: 'trigger', header: 'trigger', text: (row) => row.trigger },
  { id: 'range', header: 'range', text: (row) => formatPfnRange(row.startPfn, row.endPfn) },
  {
    id: 'time',
    header: 'failed at',
    title: 'As the file prints it; in brackets when only the kernel log tells',
    text: (row) => row.time?.text ?? (row.printedTime === '' ? 'not recorded' : `[${row.printedTime}]`),
    align: 'end',
  },
  { id: 'pages', header: 'pages', title: 'Blocking pages', text: (row) => String(row.blockingCount), align: 'end' },
  {
    id: 'first',
    header: 'first page',
    text: (row) => (row.blockingPfns.length > 0 ? formatPfn(row.blockingPfns[0]) : ''),
  },
  { id: 'verdict', header: 'verdict', text: (row) => VERDICT_WORDS[row.verdict] },
  { id: 'holder', header: 'likeliest holder', text: ({ culprit }) => (culprit ? holderWords(culprit) : '') },
  { id: 'task', header: 'task', text: (row) => (row.culprit ? taskText(row.culprit) : '') },
  {
    id: 'confidence',
    header: 'confidence',
    text: ({ culprit }) => (culprit ? confidenceText(culprit) : ''),
    render: ({ culprit }) =>
      culprit && <Confidence word={culprit.confidenceWord} value={culprit.confidence} ofSet={culprit.ofSet} />,
  },
  {
    id: 'strip',
    header: 'where in the range',
    text: () => '',
    extraChars: 22,
    render: (row) => (
      <RangeStrip
        startPfn={row.startPfn}
        endPfn={row.endPfn}
        pfns={row.blockingPfns}
        count={row.blockingCount}
        hasEnds={false}
      />
    ),
  },
]

/** The holder; of a page that nothing unexpected holds, who attached its private data. */
function holderWords(culprit: CulpritAnswer): string {
  return culprit.isPrivateData ? `none; private data: ${holderText(culprit)}` : holderText(culprit)
}

/** As `Confidence` draws it. */
function confidenceText({ confidenceWord, confidence, ofSet }: CulpritAnswer): string {
  return `${confidenceWord} ${confidence.toFixed(2)}${ofSet === undefined ? '' : ` ${ofSet}`}`
}

interface FailuresTableProps {
  readonly failures: readonly FailureAnswer[]
  readonly selectedId: string
  readonly onSelect: (failure: FailureAnswer) => void
  /** Enter: go to the proof. */
  readonly onActivate: (failure: FailureAnswer) => void
}

/** All failed ranges, one row each. */
export function FailuresTable({ failures, selectedId, onSelect, onActivate }: FailuresTableProps): ReactNode {
  return (
    <div className={styles.table} style={{ height: tableHeight(failures.length, MOST_ROWS) }}>
      <DataTable
        label="Failed ranges"
        columns={COLUMNS}
        rows={failures}
        offset={0}
        total={failures.length}
        rowKey={(row) => row.id}
        selectedKey={selectedId}
        revealIndex={failures.findIndex((failure) => failure.id === selectedId)}
        onSelect={onSelect}
        onActivate={onActivate}
      />
    </div>
  )
}
