import { type Culprit } from './finding.ts'

/**
 * Of leaks that stand side by side and are as sure, those first whose task is gone: they will not end by themselves. What is
 * surer, or ended, keeps its place. Ranks are given anew.
 */
export function goneFirst<One extends Culprit>(culprits: readonly One[]): readonly One[] {
  if (culprits.length < 2) return culprits
  const order: One[] = []
  for (const [at, culprit] of culprits.entries()) {
    let place = at
    while (culprit.taskGone && place > 0 && isWorse(culprit, order[place - 1])) place--
    order.splice(place, 0, culprit)
  }
  return order.map((culprit, at) => ({ ...culprit, rank: at + 1 }))
}

function isWorse({ confidence }: Culprit, before: Culprit): boolean {
  return before.kind === 'leak' && before.taskGone === undefined && before.confidence === confidence
}
