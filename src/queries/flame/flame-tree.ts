import { hashText, mixInt } from '../../base/hash.ts'
import { REFERENCE_CLASSES } from '../../derive/attribution/reference-class.ts'
import { type Derived } from '../../derive/derived.ts'
import { type Trace } from '../../model/trace.ts'
import { judgeHolds } from '../pinner-choice.ts'
import { groupLevel, type GroupLevel } from '../pinner-level.ts'
import { listedKeys } from '../pinner-listed.ts'
import { pathFinder } from './flame-paths.ts'
import { type FlameChoice, type FlameFrameId } from './flame-question.ts'

/** Dense row in `FlameTree`; 0 is the root, which is no frame. */
export type FlameNode = number

/**
 * The stacks of the rows that the table lists, as one tree. A node comes after its parent. Values are of the node with
 * all beyond it; `self…` those of stacks that end in it.
 */
export interface FlameTree {
  readonly length: number
  readonly parent: Int32Array
  readonly depth: Int32Array
  /** Index into `names`. */
  readonly name: Int32Array
  readonly names: readonly string[]
  readonly firstChild: Int32Array
  readonly nextSibling: Int32Array
  readonly holds: Float64Array
  readonly open: Float64Array
  readonly totalNs: Float64Array
  readonly longestNs: Float64Array
  readonly selfHolds: Float64Array
  readonly selfNs: Float64Array
  /** Listed stacks. */
  readonly stacks: Int32Array
  /** A bit for each class in `REFERENCE_CLASSES` that holds are of. */
  readonly classes: Int32Array
  /** Node that each stack ends in; -1 for stacks that are not listed. Stacks as `holdKeysOf` numbers them. */
  readonly endOf: Int32Array
  /** The table's own totals, of which the tree is a drawing. */
  readonly level: GroupLevel
  readonly verdicts: Uint8Array
}

/** The tree of a choice; free when asked again with the choice of before. O(frames of the listed stacks). */
export function flameTreeOf(trace: Trace, derived: Derived, choice: FlameChoice): FlameTree {
  const verdicts = judgeHolds(trace, derived, choice)
  const ofVerdicts = kept.get(verdicts) ?? new Map<string, FlameTree>()
  kept.set(verdicts, ofVerdicts)
  const { order, innermost, mergesRecursion, mergesModules, collapsed, hidden } = choice
  const key = JSON.stringify([order, innermost, mergesRecursion, mergesModules, collapsed, hidden])
  const tree = ofVerdicts.get(key) ?? buildTree(trace, derived, verdicts, choice)
  ofVerdicts.delete(key)
  ofVerdicts.set(key, tree) // used last
  const [oldest] = ofVerdicts.keys()
  if (ofVerdicts.size > MOST_KEPT) ofVerdicts.delete(oldest)
  return tree
}

/** Ways to draw the same holds that are kept: to go to the other order and back. */
const MOST_KEPT = 4
const kept = new WeakMap<Uint8Array, Map<string, FlameTree>>()

function buildTree(trace: Trace, derived: Derived, verdicts: Uint8Array, choice: FlameChoice): FlameTree {
  const level = groupLevel(trace, derived, verdicts, 'stack')
  const listed = listedKeys(level, { filter: choice.filter, withBlockers: true })
  const pathOf = pathFinder(trace, choice)
  const shape = new ShapeBuilder()
  const endOf = new Int32Array(level.totals.holds.length).fill(-1)
  for (const key of listed) endOf[key] = shape.add(pathOf(level.keys.nameOf(key)))
  return { ...shape.build(), ...addUp(shape, level, listed, endOf), endOf, level, verdicts }
}

type Shape = Pick<FlameTree, 'length' | 'parent' | 'depth' | 'name' | 'names' | 'firstChild' | 'nextSibling'>

/** Grows the tree path by path. */
class ShapeBuilder {
  readonly parents: number[] = [-1]
  readonly #names: string[] = ['']
  readonly #depths: number[] = [-1]
  readonly #nameOf: number[] = [0]
  readonly #idOf = new Map<string, number>([['', 0]])
  readonly #children: Map<number, FlameNode>[] = [new Map()]

  /** The node at the end of a path; the root for an empty one. */
  add(path: readonly string[]): FlameNode {
    let node = 0
    for (const name of path) {
      let id = this.#idOf.get(name)
      if (id === undefined) {
        id = this.#names.push(name) - 1
        this.#idOf.set(name, id)
      }
      node = this.#children[node].get(id) ?? this.#grow(node, id)
    }
    return node
  }

  #grow(parent: FlameNode, name: number): FlameNode {
    const node = this.parents.push(parent) - 1
    this.#nameOf.push(name)
    this.#depths.push(this.#depths[parent] + 1)
    this.#children.push(new Map())
    this.#children[parent].set(name, node)
    return node
  }

  build(): Shape {
    const length = this.parents.length
    const firstChild = new Int32Array(length).fill(-1)
    const nextSibling = new Int32Array(length).fill(-1)
    for (let node = length - 1; node > 0; node--) {
      nextSibling[node] = firstChild[this.parents[node]]
      firstChild[this.parents[node]] = node
    }
    return {
      length,
      parent: Int32Array.from(this.parents),
      depth: Int32Array.from(this.#depths),
      name: Int32Array.from(this.#nameOf),
      names: this.#names,
      firstChild,
      nextSibling,
    }
  }
}

type Sums = Pick<FlameTree, 'holds' | 'open' | 'totalNs' | 'longestNs' | 'selfHolds' | 'selfNs' | 'stacks' | 'classes'>

/** Puts what each stack holds at its end, then adds up towards the root. */
function addUp({ parents }: ShapeBuilder, level: GroupLevel, listed: readonly number[], endOf: Int32Array): Sums {
  const { totals } = level
  const { length } = parents
  const make = (): Float64Array => new Float64Array(length)
  const [holds, open, totalNs, longestNs] = [make(), make(), make(), make()]
  const stacks = new Int32Array(length)
  const classes = new Int32Array(length)
  for (const key of listed) {
    const node = endOf[key]
    holds[node] += totals.holds[key]
    open[node] += totals.open[key]
    totalNs[node] += totals.totalNs[key]
    longestNs[node] = Math.max(longestNs[node], totals.longestNs[key])
    stacks[node]++
    classes[node] |= classBits(level, key)
  }
  const [selfHolds, selfNs] = [holds.slice(), totalNs.slice()]
  for (let node = length - 1; node > 0; node--) {
    const parent = parents[node]
    holds[parent] += holds[node]
    open[parent] += open[node]
    totalNs[parent] += totalNs[node]
    longestNs[parent] = Math.max(longestNs[parent], longestNs[node])
    stacks[parent] += stacks[node]
    classes[parent] |= classes[node]
  }
  return { holds, open, totalNs, longestNs, selfHolds, selfNs, stacks, classes }
}

/** Classes that holds of a stack are of; of its hidden ones when none counts. */
function classBits({ totals }: GroupLevel, key: number): number {
  const width = REFERENCE_CLASSES.length
  const byClass = totals.holds[key] > 0 ? totals.byClass : totals.hiddenByClass
  let bits = 0
  for (let at = 0; at < width; at++) if (byClass[key * width + at] > 0) bits |= 1 << at
  return bits
}

const ids = new WeakMap<FlameTree, readonly FlameFrameId[]>()

/** Id of every node: a hash of its path, the same in every session. O(nodes), once a tree. */
export function flameIdsOf(tree: FlameTree): readonly FlameFrameId[] {
  const known = ids.get(tree) ?? hashPaths(tree)
  ids.set(tree, known)
  return known
}

/** The node of an id; undefined when there is none any more. */
export function flameNodeOf(tree: FlameTree, id: FlameFrameId): FlameNode | undefined {
  const node = flameIdsOf(tree).indexOf(id)
  return node < 0 ? undefined : node
}

/** Each from its parent's and its name's, so that no path is spelled out. */
function hashPaths({ length, parent, name, names }: FlameTree): readonly FlameFrameId[] {
  const halves = names.map((text) => {
    const hash = hashText(text)
    return [Number.parseInt(hash.slice(0, 8), 16), Number.parseInt(hash.slice(8), 16)] as const
  })
  const [high, low] = [new Uint32Array(length), new Uint32Array(length)]
  for (let node = 1; node < length; node++) {
    high[node] = mixInt(high[parent[node]] ^ 0x9e3779b9, halves[name[node]][0])
    low[node] = mixInt(low[parent[node]] ^ 0x7f4a7c15, halves[name[node]][1])
  }
  return Array.from(high, (half, node) => hex(half) + hex(low[node]))
}

function hex(half: number): string {
  return half.toString(16).padStart(8, '0')
}
