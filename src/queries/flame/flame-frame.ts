import { formatDuration } from '../../base/clock.ts'
import { rowsOf } from '../../base/group-index.ts'
import { type ReferenceClassId, REFERENCE_CLASSES } from '../../derive/attribution/reference-class.ts'
import { type Derived } from '../../derive/derived.ts'
import { stackOfHash } from '../../derive/stack-hash.ts'
import { type Trace } from '../../model/trace.ts'
import { holdAnswer } from '../hold-answer.ts'
import { longestFirst } from '../pinner-holds.ts'
import { holderText, stackAnswer } from '../stack-answer.ts'
import { type HoldAnswer, type StackAnswer } from '../wire.ts'
import { type FlameChoice, type FlameFrameId } from './flame-question.ts'
import { flamePages, flameRanges } from './flame-sets.ts'
import { type FlameNode, flameNodeOf, type FlameTree, flameTreeOf } from './flame-tree.ts'

/** One frame with its callers, and a window of the holds beyond it. */
export interface FlameFrameQuestion extends FlameChoice {
  readonly frame: FlameFrameId
  readonly offset: number
  readonly limit: number
}

/** What is known of one frame of a flame graph. */
export interface FlameFrameFacts {
  readonly name: string
  /** From the frame to the root. */
  readonly path: readonly string[]
  readonly holds: number
  readonly open: number
  readonly totalText: string
  readonly longestText: string
  /** Different pages and ranges, as sets. */
  readonly pages: number
  readonly ranges: number
  /** Holds of stacks that end in the frame. */
  readonly selfHolds: number
  readonly stacks: number
  readonly classes: readonly ReferenceClassId[]
  /** Holders of the stacks beyond it, most holds first. */
  readonly holders: readonly { readonly holder: string; readonly hash: string; readonly holds: number }[]
  /** The stack in full where there is only one. */
  readonly stack?: StackAnswer
  readonly offset: number
  readonly total: number
  /** Longest first. */
  readonly rows: readonly HoldAnswer[]
}

/** Answer to `flameFrame`; no frame when it is not among the stacks any more. */
export interface FlameFrameAnswer {
  readonly frame?: FlameFrameFacts
}

/** Stacks of a frame that are named. */
const MOST_HOLDERS = 8

/** The facts of one frame of the flame graph, and its holds with their lines. O(stacks × frames + holds of the frame). */
export function findFlameFrame(trace: Trace, derived: Derived, question: FlameFrameQuestion): FlameFrameAnswer {
  const tree = flameTreeOf(trace, derived, question)
  const node = flameNodeOf(tree, question.frame)
  if (node === undefined || node === 0) return {}
  const keys = keysBeyond(tree, node)
  const { unit } = trace.clock.style
  const found = holdsOf(tree, keys)
  const [only] = keys
  const stack = keys.length === 1 ? stackOfHash(trace, tree.level.keys.nameOf(only)) : undefined
  return {
    frame: {
      name: tree.names[tree.name[node]],
      path: pathOf(tree, node),
      holds: tree.holds[node],
      open: tree.open[node],
      totalText: formatDuration(tree.totalNs[node], unit),
      longestText: formatDuration(tree.longestNs[node], unit),
      pages: flamePages(derived, tree).all[node],
      ranges: flameRanges(derived, tree).all[node],
      selfHolds: tree.selfHolds[node],
      stacks: tree.stacks[node],
      classes: REFERENCE_CLASSES.filter((_, at) => (tree.classes[node] & (1 << at)) !== 0).map(({ id }) => id),
      holders: holdersOf(trace, tree, keys),
      ...(stack === undefined ? {} : { stack: stackAnswer(trace, stack) }),
      offset: question.offset,
      total: found.length,
      rows: longestFirst(derived.holds, found, question.offset, question.limit).map((hold) =>
        holdAnswer(trace, derived, hold),
      ),
    },
  }
}

/** Keys of the stacks that pass a node, most holds first. */
function keysBeyond({ endOf, parent, depth, level }: FlameTree, node: FlameNode): readonly number[] {
  const keys: number[] = []
  for (let key = 0; key < endOf.length; key++) {
    let at = endOf[key]
    while (at > node && depth[at] > depth[node]) at = parent[at]
    if (at === node) keys.push(key)
  }
  return keys.sort((a, b) => level.totals.holds[b] - level.totals.holds[a] || a - b)
}

function holdsOf({ level }: FlameTree, keys: readonly number[]): readonly number[] {
  const found: number[] = []
  for (const key of keys) {
    const rows = rowsOf(level.totals.members, key)
    for (let at = 0; at < rows.length; at++) found.push(rows[at])
  }
  return found
}

function pathOf({ parent, name, names }: FlameTree, node: FlameNode): readonly string[] {
  const path: string[] = []
  for (let at = node; at > 0; at = parent[at]) path.push(names[name[at]])
  return path
}

function holdersOf(trace: Trace, { level }: FlameTree, keys: readonly number[]): FlameFrameFacts['holders'] {
  return keys.slice(0, MOST_HOLDERS).map((key) => {
    const hash = level.keys.nameOf(key)
    const stack = hash === '' ? undefined : stackOfHash(trace, hash)
    return { holder: stack === undefined ? '' : holderText(trace, stack), hash, holds: level.totals.holds[key] }
  })
}
