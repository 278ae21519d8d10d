import { type ComparedStack } from '../../../queries/owners/compare-owners.ts'
import { type DataColumn } from '../../widgets/data-column.ts'
import { SymbolText } from '../../widgets/symbol-text.tsx'

type Row = Pick<ComparedStack, 'title' | 'missing' | 'stack'>

/** Who allocated; in words where nobody is named. */
export function comparedTitle({ title, missing }: { readonly title: string; readonly missing: string }): string {
  return title === '' ? `not recorded: ${missing}` : title
}

/** Who allocated; sortable by the sort `name`. */
export const NAME_COLUMN: DataColumn<Row> = {
  id: 'name',
  header: 'allocated in',
  title: 'The frame that says most of who allocated; the whole stack is in the inspector',
  text: comparedTitle,
  render: (row) => (row.title === '' ? comparedTitle(row) : <SymbolText text={row.title} />),
  isSortable: true,
}

/** Who called what allocated. */
export const CALLERS_COLUMN: DataColumn<Row> = {
  id: 'callers',
  header: 'called by',
  title: 'The frames that called the allocating one, nearest first',
  text: callersOf,
}

const CALLERS = 8

/** `← do_tee ← …`: what tells stacks apart that the same frame names. */
export function callersOf({ stack: { frames }, title }: Pick<Row, 'stack' | 'title'>): string {
  const own = title === '' ? -1 : frames.findIndex((frame) => frame.isHolder)
  return frames
    .slice(own + 1, own < 0 ? 0 : own + 1 + CALLERS)
    .map((frame) => `← ${frame.symbol}`)
    .join(' ')
}
