import { OWNER_GROUPINGS, type OwnerMode } from '../../../state/links/owners-link.ts'
import { groupingWords } from './grouping-words.ts'

/** Dumps that a way to show them takes. */
export const NEEDED_DUMPS: Readonly<Record<OwnerMode, number>> = { groups: 1, compare: 2, trend: 3 }

/** Why dumps cannot be compared or make no trend, and what would mend it; nothing when they can. */
export function fewDumpsWords(dumps: number): string | undefined {
  if (dumps === 0 || dumps >= NEEDED_DUMPS.trend) return undefined
  const here = dumps === 1 ? 'this capture has 1: add another' : `this capture has ${dumps}: add one more`
  const needed =
    dumps < NEEDED_DUMPS.compare
      ? `comparing takes ${NEEDED_DUMPS.compare} dumps and a trend ${NEEDED_DUMPS.trend}`
      : `a trend takes ${NEEDED_DUMPS.trend} dumps`
  return `${needed}; ${here}`
}

/** Why the rows of a dump cannot be put together by each fact; nothing when they can, or when there is no dump. */
export function fewGroupingsWords(known: readonly (typeof OWNER_GROUPINGS)[number][]): string | undefined {
  const missing = OWNER_GROUPINGS.filter((grouping) => !known.includes(grouping))
  if (known.length === 0 || missing.length === 0) return undefined
  return `this file does not tell ${missing.map((grouping) => groupingWords(grouping).name).join(', ')}`
}
