import { type CopyTable } from '../../base/copy-table.ts'
import { formatPfn } from '../../base/pfn.ts'
import { type HoldAnswer } from '../../queries/wire.ts'
import { formatPlace } from '../../state/place-in-link.ts'
import { taskText } from '../events/event-columns.tsx'
import { CLASS_STYLES } from '../theme/class-style.ts'
import { unitWords } from './hold-bar-of.ts'

const COLUMNS: CopyTable['columns'] = [
  { header: 'holder' },
  { header: 'task' },
  { header: 'class' },
  { header: 'references' },
  { header: 'from' },
  { header: 'to' },
  { header: 'duration', align: 'end' },
  { header: 'get' },
  { header: 'put' },
  { header: 'stack' },
]

/** The holds of a page in a window as a table to copy: what a bar says, with the lines of get and put. */
export function holdsCopyTable(
  headPfn: number,
  { shown, total, source }: { readonly shown: readonly HoldAnswer[]; readonly total: number; readonly source: string },
): CopyTable {
  const part = shown.length < total ? `, the first ${shown.length} of ${total}` : ''
  return { title: `holds of ${formatPfn(headPfn)}`, columns: COLUMNS, rows: shown.map(rowOf), source: source + part }
}

function rowOf(hold: HoldAnswer): readonly string[] {
  return [
    hold.holder,
    taskText(hold.task),
    CLASS_STYLES[hold.class].label,
    unitWords(hold),
    hold.from?.text ?? 'before the trace',
    hold.to?.text ?? 'no put seen',
    hold.isAtLeast ? `at least ${hold.durationText}` : hold.durationText,
    hold.getPlace ? formatPlace(hold.getPlace) : '',
    hold.putPlace ? formatPlace(hold.putPlace) : '',
    hold.stack.hash,
  ]
}
