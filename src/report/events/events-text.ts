import { formatPfn } from '../../base/pfn.ts'
import { type EventAnswer } from '../../queries/events.ts'
import { taskText } from '../../queries/task-answer.ts'
import { plainText } from '../plain-text.ts'

interface TextColumn {
  readonly header: string
  readonly isNumber: boolean
  readonly text: (event: EventAnswer) => string
}

const COLUMNS: readonly TextColumn[] = [
  { header: 'time', isNumber: true, text: ({ time }) => time.text },
  { header: 'cpu', isNumber: true, text: ({ cpu }) => (cpu < 0 ? '-' : String(cpu)) },
  { header: 'task', isNumber: false, text: ({ task }) => (task.comm === '' && task.pid < 0 ? '-' : taskText(task)) },
  { header: 'event', isNumber: false, text: ({ name }) => name },
  { header: 'pfn', isNumber: false, text: ({ pfn }) => (pfn < 0 ? '-' : formatPfn(pfn)) },
  { header: 'operation', isNumber: false, text: ({ operation, args }) => (operation === '' ? args || '-' : operation) },
  { header: 'count', isNumber: true, text: ({ operation, count }) => (operation === '' ? '-' : String(count)) },
  { header: 'mapcount', isNumber: true, text: ({ mapcountPrinted }) => String(mapcountPrinted ?? '-') },
  { header: 'class', isNumber: false, text: (event) => event.class ?? '-' },
  { header: 'stack', isNumber: false, text: (event) => holderOf(event) },
  { header: 'line', isNumber: false, text: ({ place }) => `${place.fileName}:${place.line}` },
]

/** Widths of the columns, so that the first rows stand under each other; later ones may be wider. */
export function eventWidths(events: readonly EventAnswer[]): readonly number[] {
  return COLUMNS.map(({ header, text }) =>
    events.reduce((width, event) => Math.max(width, plainText(text(event)).length), header.length),
  )
}

/** The heading of the table. */
export function eventHead(widths: readonly number[]): string {
  return row(
    COLUMNS.map(({ header }) => header),
    widths,
  )
}

/** Events as rows that can be grepped: two blanks between columns, `-` for what an event does not say. */
export function eventLines(events: readonly EventAnswer[], widths: readonly number[]): string {
  return events
    .map((event) =>
      row(
        COLUMNS.map(({ text }) => plainText(text(event))),
        widths,
      ),
    )
    .join('')
}

function row(cells: readonly string[], widths: readonly number[]): string {
  const padded = cells.map((cell, at) => (COLUMNS[at].isNumber ? cell.padStart(widths[at]) : cell.padEnd(widths[at])))
  return `${padded.join('  ').trimEnd()}\n`
}

function holderOf({ stack: { frames } }: EventAnswer): string {
  const frame = frames.find((one) => one.isHolder) ?? frames.find((one) => !one.isInstrumentation) ?? frames.at(0)
  return frame?.resolved ?? frame?.text ?? '-'
}
