import { type ReactNode } from 'react'
import { formatPfn, formatPfnRange } from '../../../base/pfn.ts'
import { type CulpritWords, type TriageRangeRow, type TriageRow } from '../../../queries/triage-rows.ts'
import { type DataColumn } from '../../widgets/data-column.ts'
import { RangeStrip } from '../../widgets/range-strip.tsx'
import { VERDICT_WORDS } from './failure-words.ts'
import { GroupLine } from './group-line.tsx'
import { Sureness, sureText } from './sureness.tsx'
import styles from './triage-list.module.css'

/** Columns of the failed ranges. A group has its line to itself; what it says is copied by the same columns. `saidText`: what people said. */
export function triageColumns(saidText: (row: TriageRangeRow) => string): readonly DataColumn<TriageRow>[] {
  const at = FOUND_COLUMNS.findIndex(({ id }) => id === 'verdict')
  const said: DataColumn<TriageRow> = {
    id: 'said',
    header: 'triage verdict',
    title: 'What people said of the range; in brackets what was said of the same stack on another capture',
    text: ofRange(saidText),
  }
  return [...FOUND_COLUMNS.slice(0, at + 1), said, ...FOUND_COLUMNS.slice(at + 1)]
}

const FOUND_COLUMNS: readonly DataColumn<TriageRow>[] = [
  {
    id: 'trigger',
    header: 'trigger',
    title: 'What needed the range',
    text: (row) => (row.kind === 'group' ? row.title : row.trigger),
    render: (row) => (row.kind === 'group' ? <GroupLine row={row} /> : row.trigger),
    isAlone: (row) => row.kind === 'group',
    extraChars: 3,
  },
  {
    id: 'range',
    header: 'range',
    text: (row) => (row.kind === 'group' ? row.blocks : formatPfnRange(row.startPfn, row.endPfn)),
  },
  {
    id: 'time',
    header: 'failed at',
    title: 'As the file prints it; in brackets when only the kernel log tells',
    text: ofRange((row) => (row.when === '' ? 'not recorded' : row.when)),
    align: 'end',
    isSortable: true,
  },
  {
    id: 'first',
    header: 'first page',
    title: 'The first of the pages that block it, here of this group',
    text: ofRange(({ firstPfn }) => (firstPfn === undefined ? 'not known' : formatPfn(firstPfn))),
  },
  {
    id: 'strip',
    header: 'where in the range',
    title: 'The range to scale; a page is never thinner than 2 px',
    text: () => '',
    extraChars: 22,
    render: (row) => row.kind === 'range' && <Strip row={row} />,
  },
  {
    id: 'pages',
    header: 'pages',
    title: 'Blocking pages; of all, where others block it in another group',
    text: (row) => (row.kind === 'group' ? String(row.pages) : pagesText(row)),
    align: 'end',
    isSortable: true,
  },
  {
    id: 'attempts',
    header: 'attempts',
    title:
      'Times that it failed when it was tried again at once: that is one line. In brackets: of the failures of this range, which one',
    text: (row) => attemptsText(row),
    align: 'end',
  },
  {
    id: 'verdict',
    header: 'verdict',
    title: 'What was found of what blocked it',
    text: (row) => (row.verdict === undefined ? '' : VERDICT_WORDS[row.verdict]),
  },
  {
    id: 'confidence',
    header: 'confidence',
    title: 'How sure, in a word and a number from 0 to 1; of holders that nothing separates, in all of them together',
    text: (row) => (row.kind === 'group' ? sureText(row) : sureText(row.culprit)),
    render: (row) => row.kind === 'range' && <Sureness culprit={row.culprit} />,
    isSortable: true,
  },
  {
    id: 'holder',
    header: 'holder',
    title: 'The frame that names the holder, and how many more block the range',
    text: (row) => (row.culprit === undefined ? '' : holderText(row.culprit, row.kind === 'range' ? row.others : 0)),
  },
  { id: 'task', header: 'task', text: ({ culprit }) => (culprit === undefined ? '' : taskOf(culprit)) },
]

function ofRange(text: (row: TriageRangeRow) => string): (row: TriageRow) => string {
  return (row) => (row.kind === 'range' ? text(row) : '')
}

function pagesText({ pages, allPages }: TriageRangeRow): string {
  return pages === allPages ? String(pages) : `${pages} of ${allPages}`
}

/** `3`, `1 (2 of 4)`: the attempts that this line stands for, and that the same range failed at other times, too. */
function attemptsText(row: TriageRow): string {
  const { attempts } = row
  return row.kind === 'range' && row.repeat ? `${attempts} (${row.repeat.nth} of ${row.repeat.of})` : String(attempts)
}

function holderText({ holder }: CulpritWords, others: number): string {
  return others === 0 ? holder : `${holder} and ${others} more`
}

function taskOf({ task, anyOf }: CulpritWords): string {
  return anyOf.length > 0 ? anyOf.join(', ') : task
}

function Strip({ row }: { readonly row: TriageRangeRow }): ReactNode {
  return (
    <span className={styles.strip}>
      <RangeStrip startPfn={row.startPfn} endPfn={row.endPfn} pfns={row.stripPfns} count={row.pages} hasEnds={false} />
    </span>
  )
}
