import { type Derived } from '../../derive/derived.ts'
import { blockedPart } from '../../derive/failures/blocked-part.ts'
import { COUNTED } from '../pinner-choice.ts'
import { isPrivateDataOnly } from '../private-data.ts'
import { type FlameNode, type FlameTree } from './flame-tree.ts'

/** Different things of each node: with all beyond it, and of stacks that end in it. */
export interface FlameSets {
  readonly all: Float64Array
  readonly self: Float64Array
}

const pages = new WeakMap<FlameTree, FlameSets>()
const ranges = new WeakMap<FlameTree, FlameSets>()

/** Different pages that holds which count hold, as a set at each node. O(holds + what is counted), once a tree. */
export function flamePages(derived: Derived, tree: FlameTree): FlameSets {
  const known = pages.get(tree) ?? countPages(derived, tree)
  pages.set(tree, known)
  return known
}

/**
 * Failed ranges blocked, of a compaction each pageblock, as a set at each node: what `rangesByKey` counts of a group.
 * O(culprits × frames), once a tree.
 */
export function flameRanges(derived: Derived, tree: FlameTree): FlameSets {
  const known = ranges.get(tree) ?? countRanges(derived, tree)
  ranges.set(tree, known)
  return known
}

function countPages({ holds }: Derived, tree: FlameTree): FlameSets {
  const { endOf, verdicts, level } = tree
  const { keyOf } = level.keys
  const counter = setCounter(tree)
  // Holds ascend by page, so a page is new to a node when it differs from the node's last one.
  for (let hold = 0; hold < verdicts.length; hold++) {
    if (verdicts[hold] === COUNTED) counter.add(endOf[keyOf[hold]], holds.page[hold])
  }
  return counter
}

function countRanges(derived: Derived, tree: FlameTree): FlameSets {
  const { keys } = tree.level
  const counter = setCounter(tree)
  let part = 0
  for (const finding of derived.findings) {
    const parts = new Map<number, number[]>()
    for (const page of finding.pages) {
      for (const culprit of page.culprits) {
        if (isPrivateDataOnly(page, culprit)) continue
        const key = culprit.hold === undefined ? keys.keyOfCulprit(culprit) : keys.keyOf[culprit.hold]
        const { startPfn } = blockedPart(finding.range, page.pfn)
        if (key >= 0) parts.set(startPfn, [...(parts.get(startPfn) ?? []), key])
      }
    }
    for (const found of parts.values()) {
      for (const key of found) counter.add(tree.endOf[key], part)
      part++
    }
  }
  return counter
}

/** Counts things that come one after another: each once a node, however many stacks beyond it have it. */
function setCounter({ length, parent }: FlameTree): FlameSets & { add(node: FlameNode, thing: number): void } {
  const all = new Float64Array(length)
  const self = new Float64Array(length)
  const last = new Int32Array(length).fill(-1)
  const lastSelf = new Int32Array(length).fill(-1)
  return {
    all,
    self,
    add(end, thing) {
      if (end < 0) return
      if (lastSelf[end] !== thing) self[end]++
      lastSelf[end] = thing
      // Once a node has it, all nodes towards the root have.
      for (let node = end; node >= 0 && last[node] !== thing; node = parent[node]) {
        last[node] = thing
        all[node]++
      }
    },
  }
}
