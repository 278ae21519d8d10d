import { type CompareChoice } from '../../../queries/compare/compare-question.ts'
import { thresholdNsOf, type ViewState } from '../../../state/view-state.ts'

/** Which holds are compared: as the Pinners screen lists them, short ones too. */
export function choiceOf(view: ViewState): CompareChoice {
  const { filter, includeExpected, shownRules, compareBy } = view
  return { grouping: compareBy ?? 'holder', thresholdNs: thresholdNsOf(view), includeExpected, shownRules, filter }
}
