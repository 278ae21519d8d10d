import { numbersOf } from '../base/column.ts'
import { type EventTable, type Trace } from '../model/trace.ts'
import { type SpillFile } from './spill-file.ts'
import { spilledColumn, SpilledColumns, spilledValues } from './spilled-column.ts'

/**
 * A capture whose columns take more is spilled, bytes. Deriving takes about as much again, and so does what a browser needs
 * beside: below it a tab stays well under 2 GB, and nothing is written that need not be.
 */
export const MOST_COLUMN_BYTES = 512 * 2 ** 20

/**
 * The same trace with its seldom-used columns in `file`: the lines of events, which evidence and answers ask for one by one.
 * Undefined when the file has no room for them; the trace is whole then.
 */
export function spillColumns(trace: Trace, file: SpillFile): Trace | undefined {
  const columns = new SpilledColumns(file)
  try {
    const line = spilledColumn<EventTable['line'][number]>(columns.add(numbersOf(trace.events.line)))
    return { ...trace, events: { ...trace.events, line } }
  } catch {
    return undefined // no room
  }
}

/** Bytes of a trace's columns that lie in a file. */
export function spilledBytesOf({ events }: Trace): number {
  return spilledValues(events.line)?.byteLength ?? 0
}
