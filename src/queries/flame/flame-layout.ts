import { type FlameSets } from './flame-sets.ts'
import { type FlameNode, type FlameTree } from './flame-tree.ts'

/** Where a node is drawn, px from the left edge; `depth` counts from the one that is in focus. */
export interface FlameBox {
  readonly node: FlameNode
  /** Index of its parent's box; -1 for the outermost. */
  readonly parent: number
  readonly depth: number
  readonly x: number
  readonly width: number
  /** Children too narrow to be drawn, which stand together at the right of those that are. */
  readonly rest?: FlameRest
}

/** Frames that are left out because each would be narrower than a pixel. */
export interface FlameRest {
  /** With all that is beyond them. */
  readonly frames: number
  readonly x: number
  readonly width: number
}

/** Frames narrower than this are left out, px. */
const NARROWEST = 1

/**
 * Boxes of what is at least a pixel wide, depth first, the widest child first. Children share their parent's width by
 * their values; where sets overlap and they have more in all than the parent, they are drawn narrower, in proportion.
 * O(nodes drawn and their children).
 */
export function layOutFlame(
  tree: FlameTree,
  { all, self }: FlameSets,
  focus: FlameNode,
  widthPx: number,
): readonly FlameBox[] {
  const boxes: FlameBox[] = []
  const sizes = lazySizes(tree)
  const draw = (node: FlameNode, parent: number, depth: number, x: number, width: number): void => {
    const children = childrenOf(tree, all, node)
    const sum = children.reduce((total, child) => total + all[child], self[node])
    const perValue = sum === 0 ? 0 : width / sum
    const drawn = children.findIndex((child) => all[child] * perValue < NARROWEST)
    const narrow = drawn < 0 ? [] : children.slice(drawn)
    const wide = drawn < 0 ? children : children.slice(0, drawn)
    const index = boxes.length
    const restX = wide.reduce((at, child) => at + all[child] * perValue, x)
    boxes.push({ node, parent, depth, x, width, ...restOf(narrow, all, sizes, restX, perValue) })
    let at = x
    for (const child of wide) {
      draw(child, index, depth + 1, at, all[child] * perValue)
      at += all[child] * perValue
    }
  }
  draw(focus, -1, 0, 0, widthPx)
  return boxes
}

function restOf(
  narrow: readonly FlameNode[],
  all: Float64Array,
  sizes: () => Int32Array,
  x: number,
  perValue: number,
): { readonly rest?: FlameRest } {
  if (narrow.length === 0) return {}
  const frames = narrow.reduce((sum, node) => sum + sizes()[node], 0)
  return { rest: { frames, x, width: narrow.reduce((sum, node) => sum + all[node] * perValue, 0) } }
}

/** Widest first; equal ones by name, so that a drawing is the same every time. */
function childrenOf(
  { firstChild, nextSibling, name, names }: FlameTree,
  all: Float64Array,
  node: FlameNode,
): readonly FlameNode[] {
  const children: FlameNode[] = []
  for (let child = firstChild[node]; child >= 0; child = nextSibling[child]) children.push(child)
  return children.sort((a, b) => all[b] - all[a] || compareText(names[name[a]], names[name[b]]))
}

function compareText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

const sizesOf = new WeakMap<FlameTree, Int32Array>()

/** Nodes of each node with all beyond it, counted when first asked for. */
function lazySizes(tree: FlameTree): () => Int32Array {
  return () => {
    const known = sizesOf.get(tree) ?? countNodes(tree)
    sizesOf.set(tree, known)
    return known
  }
}

function countNodes({ length, parent }: FlameTree): Int32Array {
  const sizes = new Int32Array(length).fill(1)
  for (let node = length - 1; node > 0; node--) sizes[parent[node]] += sizes[node]
  return sizes
}

/** Nodes of a node with all beyond it. */
export function flameSizeOf(tree: FlameTree, node: FlameNode): number {
  return lazySizes(tree)()[node]
}
