import { type ShapeAxis } from '../../../queries/pinner-shape.ts'
import { type PinnerAnswer } from '../../../queries/pinners.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { CLASS_STYLES } from '../../theme/class-style.ts'
import { ClassDot } from '../../widgets/class-dot.tsx'
import { type DataColumn } from '../../widgets/data-column.ts'
import { SymbolText } from '../../widgets/symbol-text.tsx'
import { shapeColumns } from './shape-columns.tsx'
import { groupingWords } from './grouping-words.ts'

type Grouping = ViewState['grouping']
type Column = DataColumn<PinnerAnswer>

/** Columns of the pinners; their ids are the sorts of the question. `saidText`: what people said of a stack. */
export function pinnerColumns(
  grouping: Grouping,
  hasUnseparated: boolean,
  axis: ShapeAxis | undefined,
  saidText: (hash: string) => string,
): readonly Column[] {
  const { of } = groupingWords(grouping)
  return [
    nameColumn(grouping),
    ...(grouping === 'class' ? [] : [CLASS_COLUMN]),
    {
      id: 'said',
      header: 'triage verdict',
      title: 'What people said of the stack',
      text: ({ stack }) => saidText(stack.hash),
    },
    number(
      'ranges',
      'ranges blocked',
      `Failed ranges with a blocking page that ${of} held; of a compaction each pageblock`,
      (row) => row.ranges,
    ),
    ...(hasUnseparated ? [APART_COLUMN] : []),
    number('holds', 'holds', 'Gets paired with their puts, and those still open', (row) => row.holds),
    number(
      'open',
      'open',
      'Holds not seen whole: taken before the trace, or without a put by its end',
      (row) => row.open,
    ),
    ...(axis === undefined ? [] : shapeColumns(axis)),
    duration(
      'longest',
      'longest',
      'The longest of the holds; an open one lasted at least as long',
      (row) => row.longestText,
    ),
    duration(
      'total',
      'total',
      'The durations of all holds added up; of open ones what the trace saw, so it is at least so much',
      (row) => row.totalText,
    ),
    number('pages', 'PFNs', 'Different pages', (row) => row.pages),
    number('tasks', 'tasks', 'Different tasks', (row) => row.tasks),
    ...(grouping === 'stack'
      ? []
      : [number('stacks', 'stacks', 'Different stacks that took them', (row) => row.stacks)]),
    number(
      'hidden',
      'hidden',
      'Holds that are not counted: shorter than the threshold, or of a class that migration expects. The chips above list them.',
      (row) => row.hidden,
    ),
    ...(grouping === 'task' ? [] : [TASKS_COLUMN]),
    ...(grouping === 'stack' || grouping === 'holder' ? [] : [HOLDERS_COLUMN]),
    CALLERS_COLUMN,
  ]
}

function nameColumn(grouping: Grouping): Column {
  const { header, opens, missing } = groupingWords(grouping)
  const textOf = (row: PinnerAnswer): string =>
    row.title === '' ? (row.level === 1 ? missing : 'no stack was recorded') : row.title
  return {
    id: 'holder',
    header,
    title: `${opens} Shift and a heading sorts by one column more.`,
    text: textOf,
    render: (row) => (
      <>
        <ClassDot class={row.class} /> {row.holder === '' ? textOf(row) : <SymbolText text={row.holder} />}
      </>
    ),
    extraChars: 9,
    isSortable: true,
  }
}

const CLASS_COLUMN: Column = {
  id: 'class',
  header: 'class',
  title: 'What the references are for: the class of most holds first',
  text: (row) => row.classes.map((id) => CLASS_STYLES[id].label).join(', '),
}

/** Shown where it says something. */
const APART_COLUMN: Column = {
  id: 'apart',
  header: 'told apart',
  title:
    'Of holds just alike some were given back, and the evidence does not tell which: any of so many may have stayed',
  text: (row) => (row.anyOf > 1 ? `one of ${row.anyOf}` : 'yes'),
}

const TASKS_COLUMN: Column = {
  id: 'top',
  header: 'most holds by',
  title: 'Up to three tasks with most of the holds, and how many',
  text: (row) => row.topTasks.map(({ comm, pid, holds }) => `${comm}-${pid} ×${holds}`).join('  '),
}

const HOLDERS_COLUMN: Column = {
  id: 'holders',
  header: 'most holds in',
  title: 'Up to three frames that name the holder, with most of the holds',
  text: (row) => row.topHolders.map(({ holder, holds }) => `${holder || 'no stack'} ×${holds}`).join('  '),
}

const CALLERS = 3

/** Tells stacks apart that the same frame names. */
const CALLERS_COLUMN: Column = {
  id: 'callers',
  header: 'called by',
  title: 'The frames that called the holder’s, nearest first; the whole stack is in the inspector',
  text: ({ stack: { frames } }) => {
    const holder = frames.findIndex((frame) => frame.isHolder)
    if (holder < 0) return ''
    return frames
      .slice(holder + 1, holder + 1 + CALLERS)
      .map((frame) => `← ${frame.symbol}`)
      .join(' ')
  },
}

function number(id: string, header: string, title: string, of: (row: PinnerAnswer) => number): Column {
  return { id, header, title, text: (row) => String(of(row)), align: 'end', isSortable: true }
}

function duration(id: string, header: string, title: string, of: (row: PinnerAnswer) => string): Column {
  return { id, header, title, text: (row) => (row.holds === 0 ? '' : of(row)), align: 'end', isSortable: true }
}
