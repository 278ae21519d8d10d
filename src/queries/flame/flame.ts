import { REFERENCE_CLASSES, type ReferenceClassId } from '../../derive/attribution/reference-class.ts'
import { type Derived } from '../../derive/derived.ts'
import { stackHashesOf } from '../../derive/stack-hash.ts'
import { type Trace } from '../../model/trace.ts'
import { holdKeysOf } from '../pinner-keys.ts'
import { flameValues, flameValueText } from './flame-area.ts'
import { flameSizeOf, layOutFlame } from './flame-layout.ts'
import { type FlameArea, type FlameChoice, type FlameFrameId } from './flame-question.ts'
import { countMatches, type FlameSearch, matchNames } from './flame-search.ts'
import { flameIdsOf, type FlameNode, flameNodeOf, type FlameTree, flameTreeOf } from './flame-tree.ts'

/** What of a flame graph fits a width. */
export interface FlameQuestion extends FlameChoice {
  readonly area: FlameArea
  /** The frame that fills the width; all stacks when absent. */
  readonly focus?: FlameFrameId
  /** Frames to mark: text, or a regular expression as `/…/`. Empty marks none. */
  readonly search: string
  /** Stack whose last frame is told, see `FlameAnswer.endOfStack`. */
  readonly stack?: string
  readonly widthPx: number
}

/** A frame that is drawn. */
export interface FlameFrame {
  readonly id: FlameFrameId
  readonly name: string
  /** Position of its neighbour towards the root; -1 for the outermost. */
  readonly parent: number
  readonly depth: number
  readonly x: number
  readonly width: number
  readonly value: number
  readonly text: string
  /** Of the value, that of stacks that end here. */
  readonly self: number
  readonly holds: number
  /** Class of all its holds; `mixed` when they are of several. */
  readonly class: ReferenceClassId | 'mixed'
  readonly isMatch: boolean
  /** Nothing is drawn beyond it because it was asked so. */
  readonly isCollapsed: boolean
  /** Neighbours away from the root that are too narrow to be drawn. */
  readonly rest?: { readonly frames: number; readonly x: number; readonly width: number }
}

/** A step of the way back from the focus. */
export interface FlameCrumb {
  readonly id: FlameFrameId
  readonly name: string
  readonly text: string
}

/** Answer to `flame`. */
export interface FlameAnswer {
  /** Depth first, the widest of neighbours first. The first is the focus; without one it is all stacks, and has no name. */
  readonly frames: readonly FlameFrame[]
  readonly widthPx: number
  /** Rows of what is drawn. */
  readonly depth: number
  /** From the outermost frame to the one in focus. */
  readonly crumbs: readonly FlameCrumb[]
  /** True when the frame to focus on is not among the stacks any more. */
  readonly isFocusLost: boolean
  /** Over all stacks: the same as the table's. */
  readonly sums: { readonly holds: number; readonly open: number; readonly totalNs: number; readonly stacks: number }
  /** What areas stand for, over all stacks. */
  readonly total: number
  readonly totalText: string
  /** Frames within the focus, of which so many are narrower than a pixel. */
  readonly frameCount: number
  readonly narrowCount: number
  /** Classes of the holds in focus, for the legend. */
  readonly classes: readonly ReferenceClassId[]
  readonly found?: FlameSearch
  /** Frame in which the asked stack ends. */
  readonly endOfStack?: FlameFrameId
}

/** The stacks of the table's rows as a tree of frames, laid out for a width. */
export function findFlame(trace: Trace, derived: Derived, question: FlameQuestion): FlameAnswer {
  const tree = flameTreeOf(trace, derived, question)
  const ids = flameIdsOf(tree)
  const focused = question.focus === undefined ? 0 : flameNodeOf(tree, question.focus)
  const focus = focused ?? 0
  const values = flameValues(derived, tree, question.area)
  const matches = question.search === '' ? undefined : matchNames(tree.names, question.search)
  const flags = matches instanceof Uint8Array ? matches : undefined
  const collapsed = new Set(question.collapsed)
  const boxes = layOutFlame(tree, values, focus, question.widthPx)
  const frames = boxes.map(({ node, ...box }): FlameFrame => {
    const name = tree.names[tree.name[node]]
    return {
      ...box,
      id: ids[node],
      name,
      value: values.all[node],
      text: flameValueText(trace, question.area, values.all[node]),
      self: values.self[node],
      holds: tree.holds[node],
      class: classOfNode(tree, node),
      isMatch: flags?.[tree.name[node]] === 1,
      isCollapsed: collapsed.has(name),
    }
  })
  const frameCount = flameSizeOf(tree, focus)
  const endOfStack = question.stack === undefined ? undefined : endNode(trace, derived, tree, question.stack)
  return {
    frames,
    widthPx: question.widthPx,
    depth: boxes.reduce((deepest, { depth }) => Math.max(deepest, depth + 1), 0),
    crumbs: crumbsOf(trace, tree, values.all, question.area, focus),
    isFocusLost: focused === undefined,
    sums: { holds: tree.holds[0], open: tree.open[0], totalNs: tree.totalNs[0], stacks: tree.stacks[0] },
    total: values.all[0],
    totalText: flameValueText(trace, question.area, values.all[0]),
    frameCount: focus === 0 ? frameCount - 1 : frameCount,
    narrowCount: frameCount - frames.length,
    classes: REFERENCE_CLASSES.filter((_, at) => (tree.classes[focus] & (1 << at)) !== 0).map(({ id }) => id),
    ...(matches === undefined ? {} : { found: foundOf(tree, matches, focus) }),
    ...(endOfStack === undefined || endOfStack === 0 ? {} : { endOfStack: ids[endOfStack] }),
  }
}

function foundOf(tree: FlameTree, matches: Uint8Array | string, focus: FlameNode): FlameSearch {
  if (typeof matches === 'string') return { problem: matches, frames: 0, holds: 0, ofHolds: tree.holds[focus] }
  return { problem: '', ...countMatches(tree, matches, focus) }
}

/** The class of all holds of a node, if it is one. */
function classOfNode({ classes }: FlameTree, node: FlameNode): ReferenceClassId | 'mixed' {
  const bits = classes[node]
  if (bits === 0) return 'unknown'
  return (bits & (bits - 1)) === 0 ? REFERENCE_CLASSES[31 - Math.clz32(bits)].id : 'mixed'
}

function crumbsOf(
  trace: Trace,
  tree: FlameTree,
  all: Float64Array,
  area: FlameArea,
  focus: FlameNode,
): readonly FlameCrumb[] {
  const ids = flameIdsOf(tree)
  const crumbs: FlameCrumb[] = []
  for (let node = focus; node > 0; node = tree.parent[node]) {
    crumbs.push({ id: ids[node], name: tree.names[tree.name[node]], text: flameValueText(trace, area, all[node]) })
  }
  return crumbs.toReversed()
}

/** The node that a stack ends in, if it is listed. */
function endNode(trace: Trace, derived: Derived, tree: FlameTree, hash: string): FlameNode | undefined {
  if (!stackHashesOf(trace).byHash.has(hash)) return undefined
  const node = tree.endOf[holdKeysOf(trace, derived, 'stack').find(hash)]
  return node < 0 ? undefined : node
}
