import { type Derived } from '../../derive/derived.ts'
import { type Trace } from '../../model/trace.ts'
import { flameValues } from './flame-area.ts'
import { type FlameArea, type FlameChoice } from './flame-question.ts'
import { type FlameNode, type FlameTree, flameTreeOf } from './flame-tree.ts'

/** The stacks of a flame graph as text. */
export interface FlameFoldedQuestion extends FlameChoice {
  readonly area: FlameArea
}

/**
 * Collapsed stacks, as flamegraph.pl and speedscope read them: `do_syscall_64;vfs_ioctl;leaky_ioctl [leaky] 12`, the root
 * first, a line for each different path, sorted. Numbers are holds, nanoseconds held, or the different PFNs or ranges of
 * the stacks that end so; paths without any are left out. A `;` in a name becomes a `:`.
 */
export function foldFlame(trace: Trace, derived: Derived, question: FlameFoldedQuestion): string {
  const tree = flameTreeOf(trace, derived, question)
  const { self } = flameValues(derived, tree, question.area)
  const lines: string[] = []
  for (let node = 0; node < tree.length; node++) {
    if (self[node] > 0) lines.push(`${pathText(tree, node)} ${self[node]}\n`)
  }
  return lines.sort().join('')
}

/** What stacks are called of which every frame is left out. */
const NO_FRAME = 'all frames hidden'

function pathText({ parent, name, names }: FlameTree, end: FlameNode): string {
  if (end === 0) return NO_FRAME
  const path: string[] = []
  for (let node = end; node > 0; node = parent[node]) path.push(names[name[node]].replaceAll(';', ':'))
  return path.toReversed().join(';')
}
