import { type RuleAnswer } from '../../../queries/rules-answer.ts'
import { type ReferenceClassId } from '../../theme/class-style.ts'

/** A rule that is being written, as its fields hold it. */
export interface RuleDraft {
  /** Differs for each writing. */
  readonly key: string
  readonly id: string
  readonly class: ReferenceClassId
  readonly on: RuleAnswer['on']
  /** One pattern a line. */
  readonly frames: string
  readonly reason: string
  readonly source: string
  /** `first`, `before driver`, `after driver`; `own place` for one that takes the place of a rule of pinscope. */
  readonly place: string
  /** A known rule is edited: its id stays. */
  readonly isKnown: boolean
  /** What the form does not show and must not lose. */
  readonly kept: Pick<RuleAnswer, 'givesWayTo' | 'matchesModules'>
}

/** Nothing written yet. */
export const NEW_RULE: RuleDraft = {
  key: 'new',
  id: '',
  class: 'driver',
  on: 'both',
  frames: '',
  reason: '',
  source: '',
  place: 'first',
  isKnown: false,
  kept: {},
}

/** A known rule to be edited. */
export function draftOf(rule: RuleAnswer): RuleDraft {
  const { id, class: of, on, frames, reason, source, givesWayTo, matchesModules } = rule
  return {
    key: id,
    id,
    class: of,
    on,
    frames: frames.join('\n'),
    reason,
    source,
    place: placeOf(rule),
    isKnown: true,
    kept: { ...(givesWayTo && { givesWayTo }), ...(matchesModules && { matchesModules }) },
  }
}

function placeOf({ origin, before, after }: RuleAnswer): string {
  if (origin !== 'added') return 'own place'
  if (before !== undefined) return `before ${before}`
  return after === undefined ? 'first' : `after ${after}`
}

/** The draft as it stands in a rule file. */
export function ruleOf(draft: RuleDraft): unknown {
  const { id, class: of, on, reason, source, place, kept } = draft
  const [where, anchor] = place.split(' ')
  return {
    id,
    class: of,
    on,
    frames: linesOf(draft.frames),
    reason,
    source,
    ...(where === 'before' || where === 'after' ? { [where]: anchor } : {}),
    ...kept,
  }
}

function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
