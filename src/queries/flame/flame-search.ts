import { linearPattern } from '../../base/linear-pattern.ts'
import { type FlameNode, type FlameTree } from './flame-tree.ts'

/** What a search of frames found. */
export interface FlameSearch {
  /** Why the text cannot be searched for; empty when it can. */
  readonly problem: string
  /** Frames by such a name, within the focus. */
  readonly frames: number
  /** Holds with such a frame in their stack, each once, and of how many. */
  readonly holds: number
  readonly ofHolds: number
}

/** One flag for each name: 1 when the text is in it, or the regular expression matches. `/…/` is one. Case is as in grep -i. */
export function matchNames(names: readonly string[], text: string): Uint8Array | string {
  const test = matcherOf(text)
  if (typeof test === 'string') return test
  return Uint8Array.from(names, (name) => (name !== '' && test(name) ? 1 : 0))
}

function matcherOf(text: string): ((name: string) => boolean) | string {
  const expression = /^\/(.+?)\/?$/.exec(text)?.[1]
  if (expression === undefined) {
    const wanted = text.toLowerCase()
    return (name) => name.toLowerCase().includes(wanted)
  }
  try {
    const pattern = linearPattern(expression, 'i')
    return pattern.ok ? (name) => pattern.value.test(name) : pattern.error
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Counts the matching frames beyond a node, and the holds that have one in their stack. O(nodes). */
export function countMatches(tree: FlameTree, matches: Uint8Array, focus: FlameNode): Omit<FlameSearch, 'problem'> {
  const { length, parent, name, selfHolds, holds } = tree
  // 0 outside of the focus, 1 within, 2 with a match towards the root.
  const state = new Uint8Array(length)
  let frames = 0
  let found = 0
  for (let node = focus; node < length; node++) {
    const isWithin = node === focus || state[parent[node]] > 0
    if (!isWithin) continue
    const isMatch = matches[name[node]] === 1
    state[node] = isMatch || (node !== focus && state[parent[node]] === 2) ? 2 : 1
    if (isMatch) frames++
    if (state[node] === 2) found += selfHolds[node]
  }
  return { frames, holds: found, ofHolds: holds[focus] }
}
