import { type PinnerAnswer } from '../../../queries/pinners.ts'
import { CLASS_STYLES } from '../../theme/class-style.ts'
import { ClassDot } from '../../widgets/class-dot.tsx'
import { type DataColumn } from '../../widgets/data-column.ts'
import { SymbolText } from '../../widgets/symbol-text.tsx'

/** Columns of the pinners; their ids are the sorts of the question. */
export function pinnerColumns(): readonly DataColumn<PinnerAnswer>[] {
  return [
    {
      id: 'holder',
      header: 'holder',
      title: 'The frame that names the holder. Enter lists its holds.',
      text: holderText,
      render: (row) => (
        <>
          <ClassDot class={row.class} /> <SymbolText text={holderText(row)} />
        </>
      ),
      extraChars: 6,
      isSortable: true,
    },
    { id: 'class', header: 'class', text: (row) => CLASS_STYLES[row.class].label },
    number('holds', 'holds', 'Gets paired with their puts, and those still open', (row) => row.holds),
    number('open', 'open', 'Holds without a get or without a put in the trace', (row) => row.open),
    { id: 'longest', header: 'longest', text: (row) => row.longestText, align: 'end', isSortable: true },
    {
      id: 'total',
      header: 'total',
      title: 'All holds added up',
      text: (row) => row.totalText,
      align: 'end',
      isSortable: true,
    },
    number('pages', 'PFNs', 'Different pages', (row) => row.pages),
    number('ranges', 'ranges blocked', 'Failed ranges with a blocking page that this stack held', (row) => row.ranges),
    number('tasks', 'tasks', 'Different tasks', (row) => row.tasks),
    { id: 'top', header: 'most holds by', text: tasksText },
  ]
}

function number(
  id: string,
  header: string,
  title: string,
  of: (row: PinnerAnswer) => number,
): DataColumn<PinnerAnswer> {
  return { id, header, title, text: (row) => String(of(row)), align: 'end', isSortable: true }
}

function holderText(row: PinnerAnswer): string {
  return row.holder === '' ? 'no stack was recorded' : row.holder
}

function tasksText(row: PinnerAnswer): string {
  return row.topTasks.map(({ comm, pid, holds }) => `${comm}-${pid} ×${holds}`).join('  ')
}
