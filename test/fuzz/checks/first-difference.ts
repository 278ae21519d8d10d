/** Where two values differ first, as a path, and what stands there; undefined where they say the same. */
export function firstDifference(one: unknown, other: unknown, path = ''): { path: string; told: string } | undefined {
  if (Object.is(one, other) || (typeof one === 'function' && typeof other === 'function')) return undefined
  if (typeof one === 'string' && typeof other === 'string') return { path, told: textDifference(one, other) }
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return { path, told: `${String(one).slice(0, 200)} / ${String(other).slice(0, 200)}` }
  const [mine, theirs] = [membersOf(one), membersOf(other)]
  for (const name of new Set([...mine.keys(), ...theirs.keys()])) {
    const found = firstDifference(mine.get(name), theirs.get(name), `${path}.${name}`)
    if (found !== undefined) return found
  }
  const [order, otherOrder] = [[...mine.keys()].join(), [...theirs.keys()].join()]
  return order === otherOrder ? undefined : { path: `${path} (order)`, told: textDifference(order, otherOrder) }
}

function membersOf(value: object): ReadonlyMap<string, unknown> {
  if (value instanceof Map) return new Map(Array.from(value, ([name, member]) => [String(name), member]))
  if (value instanceof Set) return new Map(Array.from(value, (member, at) => [String(at), member]))
  return new Map(Object.entries(value))
}

/** Both texts from a little before they differ. */
function textDifference(one: string, other: string): string {
  let at = 0
  while (at < one.length && one[at] === other[at]) at++
  const shown = (text: string): string => JSON.stringify(text.slice(Math.max(0, at - 60), at + 120))
  return `${shown(one)} / ${shown(other)}`
}
