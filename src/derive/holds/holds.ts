import { rowsOf } from '../../base/group-index.ts'
import { classifierOf } from '../attribution/classify.ts'
import { EDGE_CERTAIN, type LifetimeTable } from '../counts/lifetime-table.ts'
import { NONE } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { HOLD_BEGAN_BEFORE, HOLD_CLOSED, HOLD_OPEN, type HoldTable } from './hold-table.ts'
import { HoldTableBuilder } from './hold-table-builder.ts'
import { PageWalk, type WalkedHold } from './page-walk.ts'
import { PairModel } from './pair-model.ts'

/**
 * All holds of a trace, life by life: first every life teaches which puts answer which gets, then every life is
 * paired with what was learned. O(events × open holds of a page).
 */
export function buildHolds(trace: Trace, lifetimes: LifetimeTable): HoldTable {
  const model = new PairModel()
  const walk = new PageWalk(trace, classifierOf(trace), model)
  for (let life = 0; life < lifetimes.length; life++) {
    walk.learn(rowsOf(trace.indexes.byPage, lifetimes.page[life]), lifetimes.firstRow[life], lifetimes.lastRow[life])
  }
  const table = new HoldTableBuilder()
  for (let life = 0; life < lifetimes.length; life++) {
    const rows = rowsOf(trace.indexes.byPage, lifetimes.page[life])
    const isEndCertain = lifetimes.endEdge[life] === EDGE_CERTAIN
    const holds = walk.walk(rows, lifetimes.firstRow[life], lifetimes.lastRow[life], isEndCertain)
    for (const hold of holds) table.push(holdRow(trace, lifetimes, life, hold))
  }
  return table.build(trace.pages.length, trace.stacks.length)
}

function holdRow(
  trace: Trace,
  lifetimes: LifetimeTable,
  life: number,
  hold: WalkedHold,
): Parameters<HoldTableBuilder['push']>[0] {
  const { time } = trace.events
  const isLifeOver = lifetimes.endEdge[life] === EDGE_CERTAIN
  const from = hold.getRow === NONE ? lifetimes.from[life] : time[hold.getRow]
  const to = hold.putRow === NONE ? (isLifeOver ? lifetimes.to[life] : time[time.length - 1]) : time[hold.putRow]
  return {
    ...hold,
    page: lifetimes.page[life],
    kind: hold.getRow === NONE ? HOLD_BEGAN_BEFORE : hold.putRow === NONE ? HOLD_OPEN : HOLD_CLOSED,
    from,
    to,
  }
}
