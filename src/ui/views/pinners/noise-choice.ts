import { type NoiseClassAnswer } from '../../../queries/noise-answer.ts'
import { DEFAULT_VIEW, type ViewState } from '../../../state/view-state.ts'

type Choice = Pick<ViewState, 'includeExpected' | 'shownRules'>
type NoiseClass = Pick<NoiseClassAnswer, 'class' | 'rules'>

/** The classes that migration expects: what hides until it is switched off. */
export const NOISE_CLASSES = [
  'allocation',
  'mapping',
  'page_cache',
  'lru',
  'migration',
] as const satisfies readonly NoiseClassAnswer['class'][]

/** Nothing is hidden. */
export const SHOW_ALL = { includeExpected: true, shownRules: [], thresholdUs: 0 } as const satisfies Partial<ViewState>

/** What is hidden when the link says nothing. */
export const DEFAULTS = {
  includeExpected: DEFAULT_VIEW.includeExpected,
  shownRules: DEFAULT_VIEW.shownRules,
  thresholdUs: DEFAULT_VIEW.thresholdUs,
} as const satisfies Partial<ViewState>

/** The choice with the rules of one class hiding, or switched off. */
export function withClass(choice: Choice, { class: id, rules }: NoiseClass, isHiding: boolean): Choice {
  const ids = new Set([id, ...rules.map((rule) => rule.id)])
  const others = shownOf(choice).filter((shown) => !ids.has(shown))
  return choiceOf(isHiding ? others : [...others, id])
}

/** The choice with one rule hiding, or switched off. A class whose rules are all off is written as the class. */
export function withRule(choice: Choice, entry: NoiseClass, ruleId: string, isHiding: boolean): Choice {
  const shown = shownOf(choice)
  const isOff = (id: string): boolean => (id === ruleId ? !isHiding : shown.includes(entry.class) || shown.includes(id))
  const off = entry.rules.map((rule) => rule.id).filter(isOff)
  const hidden = withClass(choice, entry, true)
  if (off.length === entry.rules.length) return withClass(choice, entry, false)
  return choiceOf([...hidden.shownRules, ...off])
}

/** Rules and classes that are switched off; `includeExpected` is all of them. */
function shownOf({ includeExpected, shownRules }: Choice): readonly string[] {
  return includeExpected ? NOISE_CLASSES : shownRules
}

function choiceOf(shown: readonly string[]): Choice {
  const isAll = NOISE_CLASSES.every((id) => shown.includes(id))
  return { includeExpected: isAll, shownRules: isAll ? [] : shown.toSorted() }
}
