import { formatTime } from '../../src/base/clock.ts'
import { REFERENCE_CLASSES } from '../../src/derive/attribution/reference-class.ts'
import { buildLifetimes } from '../../src/derive/counts/lifetimes.ts'
import { DEFAULT_RULES } from '../../src/derive/attribution/rule-set.ts'
import { buildHolds } from '../../src/derive/holds/holds.ts'
import { type HoldTable } from '../../src/derive/holds/hold-table.ts'
import { NONE } from '../../src/model/ids.ts'
import { type Trace } from '../../src/model/trace.ts'
import { tell } from './tell.ts'

/** The holds of a trace. */
export function holdsOf(trace: Trace): HoldTable {
  return buildHolds(trace, buildLifetimes(trace), DEFAULT_RULES)
}

/**
 * The holds of a story as a person would note them, by page and start: `driver 1 drv-9 2.000000 -> 3.000000`; `...` in
 * the place of a get or put that was not seen.
 */
export function held(story: string): readonly string[] {
  const trace = tell(story)
  const holds = holdsOf(trace)
  const timeOf = (row: number): string => (row === NONE ? '...' : formatTime(trace.events.time[row], trace.clock))
  return Array.from({ length: holds.length }, (_, hold) => {
    const task = holds.task[hold]
    const who = `${trace.strings.text(trace.tasks.comm[task])}-${trace.tasks.pid[task]}`
    const what = REFERENCE_CLASSES[holds.class[hold]].id
    return `${what} ${holds.units[hold]} ${who} ${timeOf(holds.getRow[hold])} -> ${timeOf(holds.putRow[hold])}`
  })
}
