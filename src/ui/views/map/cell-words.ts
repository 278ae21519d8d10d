import { formatDuration } from '../../../base/clock.ts'
import { formatPfn, formatPfnRange } from '../../../base/pfn.ts'
import { type PfnSpan } from '../../../base/pfn-spans.ts'
import { type MapCellsAnswer } from '../../../queries/map/map-cells.ts'
import { cellOf } from '../../widgets/pfn-map-paint.ts'
import { scaleOf } from './map-scales.ts'

/** `0x1f49c` for a page, `[0x1f400, 0x1f600) 512 pages` for more. */
export function spanWords({ startPfn, endPfn }: PfnSpan): string {
  const pages = endPfn - startPfn
  return pages === 1 ? `pfn ${formatPfn(startPfn)}` : `${formatPfnRange(startPfn, endPfn)} ${pages} pages`
}

/** What the colour of a cell says; empty while it is not answered. */
export function valueWords(answer: MapCellsAnswer | undefined, span: PfnSpan): string {
  const cell = answer === undefined ? -1 : cellOf(answer, span.startPfn)
  if (answer === undefined || cell < 0 || answer.cellPages !== span.endPfn - span.startPfn) return ''
  const value = answer.value[cell]
  if (value < 0) return answer.known[cell] === 0 ? 'no file knows of it' : `${nameOf(answer)}: not told`
  if (answer.mode === 'migratetype') return scaleOf('migratetype').steps[value].label
  const text = answer.mode === 'age' ? formatDuration(value) : String(value)
  return `${nameOf(answer)} ${text}`
}

function nameOf({ mode, heldAt }: MapCellsAnswer): string {
  return mode === 'holds' && heldAt !== undefined ? `held at ${heldAt.text}` : NAMES[mode]
}

const NAMES: Readonly<Record<MapCellsAnswer['mode'], string>> = {
  blocked: 'times blocked',
  holds: 'open holds',
  excess: 'excess',
  migratetype: 'type',
  order: 'largest order',
  age: 'oldest',
  events: 'events',
}

/** The next cell above zero behind a page, or before it, from the other end on when there is none; undefined when all are zero. */
export function nextCell(answer: MapCellsAnswer, pfn: number | undefined, by: 1 | -1): PfnSpan | undefined {
  const found: PfnSpan[] = []
  let offset = 0
  for (const { startPfn, endPfn } of answer.spans) {
    const cells = Math.ceil((endPfn - startPfn) / answer.cellPages)
    for (let cell = 0; cell < cells; cell++) {
      const start = startPfn + cell * answer.cellPages
      if (isMarked(answer, offset + cell)) found.push({ startPfn: start, endPfn: start + answer.cellPages })
    }
    offset += cells
  }
  if (pfn === undefined) return found.at(0)
  const next = by > 0 ? found.find((cell) => cell.startPfn > pfn) : found.findLast((cell) => cell.endPfn <= pfn)
  return next ?? found.at(by > 0 ? 0 : -1)
}

/** What stands out in a colouring: of types what is not as the block, of all else what is above zero. */
function isMarked({ mode, value }: MapCellsAnswer, cell: number): boolean {
  return value[cell] > (mode === 'migratetype' ? ALIKE : 0)
}

const ALIKE = 1
