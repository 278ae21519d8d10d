import { type Classifier } from '../derive/attribution/classify.ts'
import { classIndexOf, REFERENCE_CLASSES, type ReferenceClassId } from '../derive/attribution/reference-class.ts'
import { type Derived } from '../derive/derived.ts'
import { type HoldRow } from '../derive/holds/hold-table.ts'
import { type Trace } from '../model/trace.ts'

const UNKNOWN = classIndexOf('unknown')

/** A rule that decides one end of a hold. */
interface Ruling {
  readonly id: string
  readonly class: number
}

/**
 * Id of the rule that put a hold into its class: its get's, else its put's, where closing it told the class. What
 * changed on the page can overrule both, and tell what no stack does: `page-told-…`. Empty for a hold of no known class.
 * What counts holds by rule asks here, so that a hold has one rule everywhere.
 */
export function ruleOfHold(trace: Trace, { holds }: Derived, classifier: Classifier, hold: HoldRow): string {
  const given = holds.class[hold]
  const [get, put] = rulingsOf(trace, holds, classifier, hold)
  if (get.id !== '' && get.class === given) return get.id
  if (put.id !== '' && put.class === given) return put.id
  return given === UNKNOWN ? '' : pageToldId(REFERENCE_CLASSES[given].id)
}

/** Id of the rule that would decide a hold by a classifier that it was not paired by; empty when none would. */
export function ruleThatWouldDecide(trace: Trace, { holds }: Derived, then: Classifier, hold: HoldRow): string {
  const [get, put] = rulingsOf(trace, holds, then, hold)
  return get.id === '' ? put.id : get.id
}

/** Id that stands for the rules that a page told the class itself; no rule of a file may be called so. */
export function pageToldId(of: ReferenceClassId): string {
  return `page-told-${of.replace('_', '-')}`
}

/** What is said of such holds. */
export const PAGE_TOLD = {
  reason:
    'no rule decided: count, mappings and flags of the page before and after the event tell what it was for; of an ' +
    'unfreeze, what it gives beyond what the freeze took is for the page cache',
  source: 'include/trace/events/page_ref.h, mm/migrate.c',
}

function rulingsOf(
  trace: Trace,
  holds: Derived['holds'],
  classifier: Classifier,
  hold: HoldRow,
): readonly [get: Ruling, put: Ruling] {
  const units = holds.units[hold]
  return [
    rulingAt(trace, classifier, holds.getRow[hold], units),
    rulingAt(trace, classifier, holds.putRow[hold], -units),
  ]
}

function rulingAt({ events }: Trace, classifier: Classifier, row: number, delta: number): Ruling {
  if (row < 0) return { id: '', class: UNKNOWN }
  const [kind, stack] = [events.kind[row], events.stack[row]]
  return { id: classifier.ruleOf(kind, delta, stack), class: classifier.classOf(kind, delta, stack) }
}
