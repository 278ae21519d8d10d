import { type ComparedRow } from '../../../queries/compare/compare.ts'
import { type CompareGrouping, type CompareMeasure } from '../../../queries/compare/compare-question.ts'
import { ClassDot } from '../../widgets/class-dot.tsx'
import { type DataColumn } from '../../widgets/data-column.ts'
import { SymbolText } from '../../widgets/symbol-text.tsx'

type Column = DataColumn<ComparedRow>

/** What a grouping is called, and what a group without a name is. */
export const GROUPING_WORDS: Readonly<Record<CompareGrouping, { readonly header: string; readonly missing: string }>> =
  {
    holder: { header: 'holder', missing: 'no stack was recorded' },
    stack: { header: 'stack', missing: 'no stack was recorded' },
    task: { header: 'task', missing: 'no task was recorded' },
    class: { header: 'class', missing: 'no class' },
  }

/** Said with a sign, so that it is not in words alone. */
const MARKS: Readonly<Record<ComparedRow['change'], string>> = { new: '+', gone: '−', more: '↑', less: '↓', same: '=' }

interface MeasureColumn {
  readonly id: CompareMeasure
  readonly header: string
  readonly title: string
}

const COUNTS: readonly MeasureColumn[] = [
  {
    id: 'ranges',
    header: 'ranges',
    title: 'Failed ranges of whose blocking page it is the likeliest holder; of a compaction each pageblock',
  },
  { id: 'longTerm', header: 'long', title: 'Holds at least as long as the threshold' },
  { id: 'open', header: 'open', title: 'Holds without a get or without a put in the trace' },
  { id: 'holds', header: 'holds', title: 'All holds, short ones too' },
]

const OTHERS: readonly MeasureColumn[] = [
  { id: 'totalNs', header: 'total', title: 'All holds added up' },
  { id: 'pages', header: 'PFNs', title: 'Different pages' },
]

/** Every measure, in the order of what matters to a range that failed. */
export const MEASURES: readonly MeasureColumn[] = [...COUNTS, ...OTHERS]

/**
 * Two facing columns of numbers, and between them what changed; last what is wide and seldom decides, so that all others
 * are in sight on a laptop. Ids are the sorts of the question.
 */
export function compareColumns(grouping: CompareGrouping): readonly Column[] {
  return [
    nameColumn(grouping),
    ...sideColumns('a', COUNTS),
    CHANGE,
    BY,
    TOLD,
    ...sideColumns('b', COUNTS),
    ...OTHERS.flatMap((other) => [...sideColumns('a', [other]), ...sideColumns('b', [other])]),
    ...(grouping === 'stack' ? [CALLERS] : []),
  ]
}

function nameColumn(grouping: CompareGrouping): Column {
  const { header, missing } = GROUPING_WORDS[grouping]
  const textOf = (row: ComparedRow): string => (row.title === '' ? missing : row.title.split(CALLED_BY)[0])
  return {
    id: 'name',
    header,
    text: textOf,
    render: (row) => (
      <>
        <ClassDot class={row.class} />{' '}
        {grouping === 'task' || grouping === 'class' ? textOf(row) : <SymbolText text={textOf(row)} />}
      </>
    ),
    extraChars: 3,
    isSortable: true,
  }
}

const CALLED_BY = ' ← '

/** Tells stacks apart that the same frame names. */
const CALLERS: Column = {
  id: 'callers',
  header: 'called by',
  title: 'The frames that called the holder’s, nearest first; the whole stack is in the inspector',
  text: ({ title }) =>
    title
      .split(CALLED_BY)
      .slice(1)
      .map((frame) => `← ${frame}`)
      .join(' '),
}

function sideColumns(side: 'a' | 'b', measures: readonly MeasureColumn[]): readonly Column[] {
  const name = side.toUpperCase()
  return measures.map(({ id, header, title }) => ({
    id: `${side}-${id}`,
    header: `${name} ${header}`,
    title: `${title}, in ${name}`,
    text: (row) => row.texts[id][side],
    align: 'end',
    isSortable: true,
  }))
}

const CHANGE: Column = {
  id: 'rank',
  header: 'change',
  title:
    'From A to B; chance: they differ by no more than chance makes. Sorted by it: what changed most that matters to failed ranges (r)',
  text: (row) => `${row.changeWord === 'chance' ? '≈' : MARKS[row.change]} ${row.changeWord}`,
  isSortable: true,
}

const BY: Column = {
  id: 'by',
  header: 'B − A',
  title: 'By the first measure that tells, else the first that differs, as rates; the inspector has all of them',
  text: (row) => row.differenceText,
}

const TOLD: Column = {
  id: 'told',
  header: 'tells',
  title: 'Whether chance alone would make such a difference, or they are too few to tell: Rule says how that is judged',
  text: (row) => (row.isMissingUnsure ? 'not listed' : row.toldText),
}
