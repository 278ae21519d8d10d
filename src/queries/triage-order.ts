import { type GroupFigures, figuresOf } from './triage-figures.ts'
import { type GroupedRange, type RangeGroup } from './triage-groups.ts'
import { type Standing } from './triage-culprit.ts'

/** `blocked`: groups that block most first, their ranges in time order. Else groups and ranges alike by one figure. */
export type TriageSort = 'blocked' | 'time' | 'pages' | 'confidence'

/** How ranges and groups are ordered. `isDescending` does not matter to `blocked`. */
export interface TriageOrder {
  readonly sort: TriageSort
  readonly isDescending: boolean
}

/** Groups that name somebody come before those that do not: who reads from the top wants an answer. */
const PLACE: Readonly<Record<Standing, number>> = {
  named: 0,
  any_of: 0,
  allocated: 0,
  offered: 1,
  private_data: 1,
  unknown: 2,
  no_page: 3,
}

/** Compares groups; equal ones keep their order, which is that of their first ranges. */
export function groupOrder({ sort, isDescending }: TriageOrder): (a: RangeGroup, b: RangeGroup) => number {
  const sign = isDescending ? -1 : 1
  // Each group by the range of it that is listed first: the earliest, or the latest.
  const firstOf = ({ ranges }: RangeGroup): number => (isDescending ? ranges[ranges.length - 1] : ranges[0]).order
  if (sort === 'time') return (a, b) => sign * (firstOf(a) - firstOf(b))
  return (a, b) => {
    const [one, other] = [figuresOf(a), figuresOf(b)]
    const wanted = sort === 'pages' ? one.pages - other.pages : one.confidence - other.confidence
    if (sort !== 'blocked' && wanted !== 0) return sign * wanted
    return placeOf(a) - placeOf(b) || byBlocked(one, other)
  }
}

function placeOf({ culprit }: RangeGroup): number {
  return culprit === undefined ? 0 : PLACE[culprit.standing]
}

/** Most blocked first, then most pages, then the surest, of those the ones whose task is gone. */
function byBlocked(a: GroupFigures, b: GroupFigures): number {
  return b.parts - a.parts || b.pages - a.pages || b.confidence - a.confidence || Number(b.isGone) - Number(a.isGone)
}

/** Compares ranges of one group; equal ones are in time order. */
export function rangeOrder({ sort, isDescending }: TriageOrder): (a: GroupedRange, b: GroupedRange) => number {
  const sign = isDescending ? -1 : 1
  if (sort === 'blocked') return (a, b) => a.order - b.order
  if (sort === 'time') return (a, b) => sign * (a.order - b.order)
  if (sort === 'pages') return (a, b) => sign * (a.pages.length - b.pages.length) || a.order - b.order
  return (a, b) => sign * (a.culprit.confidence - b.culprit.confidence) || a.order - b.order
}
