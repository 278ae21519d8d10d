import { type ClassRule, OPERATION_RULES } from '../derive/attribution/class-rules.ts'
import { classifierOf } from '../derive/attribution/classify.ts'
import { REFERENCE_CLASSES, type ReferenceClassId } from '../derive/attribution/reference-class.ts'
import { type Derived } from '../derive/derived.ts'
import { type HoldTable } from '../derive/holds/hold-table.ts'
import { type Trace } from '../model/trace.ts'

/** A rule whose holds are hidden unless asked for: its class is one that migration expects. */
export type NoiseRule = Pick<ClassRule, 'id' | 'class' | 'reason' | 'source'>

/** The rules that hide, and the one that each hold falls under. */
export interface NoiseRules {
  /** Those of one class stand together, in the order of the classes. */
  readonly rules: readonly NoiseRule[]
  /** Position in `rules` of each hold's rule; `NO_NOISE` for holds that no rule hides. */
  readonly ruleOf: Uint16Array
}

/** The hold is of a class that migration does not expect. */
export const NO_NOISE = 0xffff

const cache = new WeakMap<HoldTable, NoiseRules>()

/** Made on the first call, with one look-up a hold. O(holds). */
export function noiseRulesOf(trace: Trace, derived: Derived): NoiseRules {
  const known = cache.get(derived.holds) ?? findNoise(trace, derived)
  cache.set(derived.holds, known)
  return known
}

function findNoise(trace: Trace, derived: Derived): NoiseRules {
  const rules = hidingRules(derived)
  const positions = new Map(rules.map((rule, at) => [rule.id, at]))
  const { events } = trace
  const { holds } = derived
  const classifier = classifierOf(trace, derived.rules)
  const idOf = (row: number, units: number): string =>
    row < 0 ? '' : classifier.ruleOf(events.kind[row], units, events.stack[row])
  const ruleOf = new Uint16Array(holds.length).fill(NO_NOISE)
  for (let hold = 0; hold < holds.length; hold++) {
    const { id, isExpected } = REFERENCE_CLASSES[holds.class[hold]]
    if (!isExpected) continue
    const units = holds.units[hold]
    const told = [positions.get(idOf(holds.getRow[hold], units)), positions.get(idOf(holds.putRow[hold], -units))]
    // What changed on the page can overrule a rule, and closing a hold can tell its class: then no rule's words fit.
    const at = told.find((position) => position !== undefined && rules[position].class === id)
    ruleOf[hold] = at ?? positions.get(untoldId(id)) ?? NO_NOISE
  }
  return { rules, ruleOf }
}

function hidingRules({ rules }: Derived): readonly NoiseRule[] {
  const all: readonly NoiseRule[] = [...OPERATION_RULES, ...rules.rules]
  return REFERENCE_CLASSES.filter((entry) => entry.isExpected).flatMap(({ id }) => [
    ...all.filter((rule) => rule.class === id),
    { id: untoldId(id), class: id, ...UNTOLD },
  ])
}

function untoldId(id: ReferenceClassId): string {
  return `page-told-${id.replace('_', '-')}`
}

const UNTOLD = {
  reason: 'no stack decided: count, mappings and flags of the page before and after the event tell what it was for',
  source: 'include/trace/events/page_ref.h',
}
