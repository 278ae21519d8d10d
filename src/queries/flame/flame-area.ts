import { assertUnreachable } from '../../base/assert.ts'
import { formatDuration } from '../../base/clock.ts'
import { type Derived } from '../../derive/derived.ts'
import { type Trace } from '../../model/trace.ts'
import { type FlameArea } from './flame-question.ts'
import { flamePages, flameRanges, type FlameSets } from './flame-sets.ts'
import { type FlameTree } from './flame-tree.ts'

/** What areas stand for: a value for each node, with all beyond it and of stacks that end in it. */
export function flameValues(derived: Derived, tree: FlameTree, area: FlameArea): FlameSets {
  switch (area) {
    case 'holds':
      return { all: tree.holds, self: tree.selfHolds }
    case 'time':
      return { all: tree.totalNs, self: tree.selfNs }
    case 'pfns':
      return flamePages(derived, tree)
    case 'ranges':
      return flameRanges(derived, tree)
    default:
      return assertUnreachable(area)
  }
}

/** A value in words: a count, or a duration. */
export function flameValueText({ clock }: Trace, area: FlameArea, value: number): string {
  return area === 'time' ? formatDuration(value, clock.style.unit) : String(value)
}
