import { formatTime } from '../../base/clock.ts'
import { type EventRow, NONE } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { type Derived } from '../derived.ts'
import { type HoldRow } from '../holds/hold-table.ts'
import { operationText } from '../operation.ts'
import { type Declaration, declarationOf } from './declared.ts'
import { inFrame, taskText } from './evidence.ts'
import { type Evidence } from './finding.ts'
import { type Attempt, type PageState } from './page-state.ts'
import { REFERENCE_CLASSES } from './reference-class.ts'

/** Declared holds of one page that are told one by one. */
const MOST_TOLD = 5

/** What a person's rules took out of the answer to one page: its declared holds that were open in an attempt. */
export function declaredEvidence(
  trace: Trace,
  derived: Derived,
  state: PageState,
  attempt: Attempt,
): readonly Evidence[] {
  return declaredHolds(trace, derived, state.holds, attempt)
    .slice(0, MOST_TOLD)
    .map(({ row, declaration }) => ({
      text: `${operationText(trace, row)} by ${taskText(trace, row)}${inFrame(trace, trace.events.stack[row])} at ${formatTime(trace.events.time[row], trace.clock)} counts as expected by your rule ${wordsOf(declaration)}`,
      lines: [trace.events.line[row]],
      row,
    }))
}

/** Why nobody is left to blame on a page: what a person declared; empty when that is nothing. */
export function declaredReason(trace: Trace, derived: Derived, state: PageState, attempt: Attempt): string {
  const found = declaredHolds(trace, derived, state.holds, attempt)
  if (found.length === 0) return ''
  const [{ row, declaration }] = found
  const more = found.length === 1 ? '' : ` (and ${found.length - 1} more)`
  const held = `the reference of ${taskText(trace, row)}${inFrame(trace, trace.events.stack[row])}${more}`
  return `${held} counts as expected by your rule ${wordsOf(declaration)}; nothing else that this trace tells held the page`
}

/** `mine: mapping (driver / DMA by the rules of pinscope)`. */
function wordsOf({ rule, class: given, usualClass }: Declaration): string {
  return `${rule}: ${REFERENCE_CLASSES[given].label} (${REFERENCE_CLASSES[usualClass].label} by the rules of pinscope)`
}

interface DeclaredHold {
  readonly row: EventRow
  readonly declaration: Declaration
}

function declaredHolds(
  trace: Trace,
  derived: Derived,
  among: readonly HoldRow[],
  attempt: Attempt,
): readonly DeclaredHold[] {
  const { holds } = derived
  return among.flatMap((hold) => {
    if (holds.from[hold] > attempt.at || holds.to[hold] < attempt.at) return []
    const declaration = declarationOf(trace, derived, hold)
    const row = holds.getRow[hold] === NONE ? holds.putRow[hold] : holds.getRow[hold]
    return declaration === undefined ? [] : [{ row, declaration }]
  })
}
