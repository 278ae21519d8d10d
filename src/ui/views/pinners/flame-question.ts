import { type FlameChoice } from '../../../queries/flame/flame-question.ts'
import { type FlameQuestion } from '../../../queries/flame/flame.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { choiceOf } from './pinners-question.ts'

/** Which holds, and how their stacks are drawn: what the link says, and what is usual where it says nothing. */
export function flameChoiceOf(view: ViewState): FlameChoice {
  return {
    ...choiceOf(view),
    order: view.flameOrder ?? 'callers',
    innermost: view.flameInnermost ?? 'helper',
    mergesRecursion: view.flameRecursion === true,
    mergesModules: view.flameModules === true,
    collapsed: view.flameCollapsed ?? [],
    hidden: view.flameHidden ?? [],
  }
}

/** What is asked to draw the flame graph of the link. */
export function flameQuestionOf(view: ViewState, widthPx: number): FlameQuestion {
  const { flameFocus: focus, stack } = view
  return {
    ...flameChoiceOf(view),
    area: view.flameArea ?? 'holds',
    search: view.flameSearch ?? '',
    widthPx,
    ...(focus === undefined ? {} : { focus }),
    ...(stack === undefined ? {} : { stack }),
  }
}

/** The names with one more, or without it when it was there; none is undefined, as links have it. */
export function toggledName(names: readonly string[] | undefined, name: string): readonly string[] | undefined {
  const others = (names ?? []).filter((other) => other !== name)
  const next = others.length === (names ?? []).length ? [...others, name].sort() : others
  return next.length === 0 ? undefined : next
}
