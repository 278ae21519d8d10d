import { type Column } from '../base/column.ts'

/** Different ids of some holds, and those with most holds. */
export interface Tally {
  readonly count: number
  readonly top: readonly { readonly id: number; readonly holds: number }[]
}

const TOP = 3

/** Tallies ids of holds, one column again and again: `idCount` bounds the ids; -1, not recorded, is an id like any other. */
export function tallier(idOf: Column<number>, idCount: number): (holds: Column<number>) => Tally {
  const counts = new Float64Array(idCount + 1)
  return (holds) => {
    const seen: number[] = []
    for (let at = 0; at < holds.length; at++) {
      const slot = idOf[holds[at]] + 1
      if (counts[slot]++ === 0) seen.push(slot)
    }
    const ranked = seen.map((slot) => ({ id: slot - 1, holds: counts[slot] }))
    for (const slot of seen) counts[slot] = 0
    ranked.sort((a, b) => b.holds - a.holds || a.id - b.id)
    return { count: ranked.length, top: ranked.slice(0, TOP) }
  }
}
