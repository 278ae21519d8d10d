import { type ReactNode } from 'react'
import { type OwnerGroupAnswer, type OwnersAnswer } from '../../../queries/owners/owners.ts'
import { type DataColumn } from '../../widgets/data-column.ts'
import { type Place, PlaceLink, placeText } from '../../widgets/place-link.tsx'
import { SymbolText } from '../../widgets/symbol-text.tsx'
import { callersOf } from './stack-columns.tsx'
import { groupingWords } from './grouping-words.ts'
import { kibOf, numberColumn } from './number-column.ts'
import styles from './owners-view.module.css'

type Row = OwnerGroupAnswer
type Column = DataColumn<Row>

interface Options {
  readonly grouping: OwnersAnswer['grouping']
  /** The file tells times of allocation. */
  readonly hasTimes: boolean
  /** What ages are measured against, in words. */
  readonly ageEnd: string
  readonly hasMisplaced: boolean
  /** Records of page_owner, not totals by stack. */
  readonly hasRecords: boolean
  readonly onPlace: (place: Place) => void
}

/** Columns of groups of allocations; the ids of sortable ones are the sorts of the question. */
export function ownerGroupColumns(options: Options): readonly Column[] {
  const { grouping, hasRecords } = options
  const age = `Measured to ${options.ageEnd}; what was allocated before page_owner began has the time when it began`
  return [
    nameColumn(grouping),
    numberColumn({ id: 'pages', header: 'pages', title: 'Base pages', of: (row) => row.pages }),
    numberColumn({
      id: 'kib',
      header: 'KiB',
      title: 'Pages times the size of a page',
      of: (row) => kibOf(row.sizeBytes),
      isSortable: false,
    }),
    SHARE_COLUMN,
    numberColumn({
      id: 'allocations',
      header: 'allocations',
      title: 'Allocations that the pages are of; some files count pages alone',
      of: (row) => row.allocations,
    }),
    ...(grouping === 'stack'
      ? []
      : [numberColumn<Row>({ id: 'stacks', header: 'stacks', title: 'Different stacks', of: (row) => row.stacks })]),
    ...(grouping === 'task' || !hasRecords
      ? []
      : [numberColumn<Row>({ id: 'tasks', header: 'tasks', title: 'Different tasks', of: (row) => row.tasks })]),
    ...(options.hasMisplaced ? [MISPLACED_COLUMN] : []),
    ...(options.hasTimes
      ? [
          textColumn('oldest', 'oldest', `Age of the oldest allocation. ${age}`, (row) => row.oldestText),
          textColumn('newest', 'newest', `Age of the newest allocation. ${age}`, (row) => row.newestText),
        ]
      : []),
    placeColumn(options.onPlace),
    CALLERS_COLUMN,
  ]
}

function nameColumn(grouping: OwnersAnswer['grouping']): Column {
  const { header } = groupingWords(grouping)
  return {
    id: 'name',
    header,
    title:
      grouping === 'stack'
        ? 'The frame that says most of who allocated. Arrow right shows the pages.'
        : 'Arrow right shows the stacks, and of a stack the pages. Shift and a heading sorts by one column more.',
    text: (row) => titleOf(row, grouping),
    render: (row) =>
      row.stackName !== '' && row.title !== '' ? (
        <SymbolText text={row.title} />
      ) : row.title === '' ? (
        <span className={styles.dim}>{titleOf(row, grouping)}</span>
      ) : (
        titleOf(row, grouping)
      ),
    extraChars: 4,
    isSortable: true,
  }
}

/** What a row is called; in words where nothing was recorded. */
export function titleOf({ title, missing, level }: Row, grouping: OwnersAnswer['grouping']): string {
  if (title !== '') return title
  if (missing !== '') return `not recorded: ${missing}`
  return level === 1 ? groupingWords(grouping).missing : 'no stack was recorded'
}

const SHARE_COLUMN: Column = {
  id: 'share',
  header: 'share',
  title: 'Of the pages of all groups that are listed',
  align: 'end',
  text: ({ share }) => shareText(share),
  render: ({ share }) => <Share share={share} />,
  extraChars: 9,
}

function Share({ share }: { readonly share: number }): ReactNode {
  return (
    <span className={styles.share}>
      <span className={styles.shareBar} aria-hidden="true">
        <span style={{ inlineSize: `${Math.max(share * 100, share > 0 ? 1.5 : 0)}%` }} />
      </span>
      <span className={styles.percent}>{shareText(share)}</span>
    </span>
  )
}

/** `52.5 %`; what is there and rounds to nothing says so. */
export function shareText(share: number): string {
  if (share > 0 && share < 0.0005) return '< 0.1 %'
  return `${(share * 100).toFixed(1)} %`
}

const MISPLACED_COLUMN: Column = numberColumn({
  id: 'misplaced',
  header: 'wrong migratetype',
  title: 'Pages in CMA or Movable pageblocks that were not asked to be movable',
  of: (row) => row.misplaced,
})

function textColumn(id: string, header: string, title: string, of: (row: Row) => string): Column {
  return { id, header, title, text: of, align: 'end', isSortable: true }
}

function placeColumn(onPlace: (place: Place) => void): Column {
  return {
    id: 'place',
    header: 'first line',
    title: 'The first record, or the row, that tells',
    text: ({ place }) => placeText(place),
    render: ({ place }, isActive) => <PlaceLink place={place} onOpen={onPlace} isTabStop={isActive} />,
  }
}

/** Tells stacks apart that the same frame names. */
const CALLERS_COLUMN: Column = {
  id: 'callers',
  header: 'called by',
  title: 'The frames that called the allocating one, nearest first; the whole stack is in the inspector',
  text: callersOf,
}
