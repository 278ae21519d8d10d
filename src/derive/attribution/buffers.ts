import { MOD } from '../../model/event-kind.ts'
import { type StackId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { type Derived } from '../derived.ts'
import { hasPageFlag } from '../page-flag-names.ts'
import { type Candidate, candidatesOf } from './candidate.ts'
import { classifierOf } from './classify.ts'
import { type Attempt, type PageState } from './page-state.ts'
import { REFERENCE_CLASSES } from './reference-class.ts'

/** Why a page with private data may block with every reference expected. */
export const BUSY_BUFFERS =
  'no unexpected reference: the page has private data, and a busy buffer (journal, metadata, writeback) makes the migration fail with the count just as expected (mm/migrate.c buffer_migrate_folio())'

/** True when the page carries private data at the failure, by its flags. */
export function hasPrivateData(trace: Trace, state: PageState): boolean {
  return (
    state.last !== undefined &&
    hasPageFlag(trace, trace.strings.text(trace.shapes.flags[trace.events.shape[state.last]]), 'private') === true
  )
}

/** The holds of those who attached the private data: where to look, not who pins. */
export function bufferCandidates(
  trace: Trace,
  derived: Derived,
  state: PageState,
  attempt: Attempt,
): readonly Candidate[] {
  const isCache = (index: number): boolean => REFERENCE_CLASSES[index].id === 'page_cache'
  return candidatesOf(trace, derived, state, attempt, derived.thresholdNs, isCache).filter((candidate) =>
    attachesBuffers(trace, derived, candidate.stack),
  )
}

/** The rule that decides, not any frame: who adds a page to the cache may give it buffers in the same function. */
function attachesBuffers(trace: Trace, { rules }: Derived, stack: StackId): boolean {
  return classifierOf(trace, rules).ruleOf(MOD, 1, stack) === 'buffers'
}
