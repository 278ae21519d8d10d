import { type SortableGroups } from './pinner-sort.ts'

/** What decides whether a group without holds that count is listed. */
export interface ListedChoice {
  readonly filter: string
  /** True to list groups that blocked a failed range though none of their holds is long enough. */
  readonly withBlockers?: boolean
}

/** The groups that are listed, as they are numbered: the same rows for a table and for a flame graph. O(groups). */
export function listedKeys(
  { totals, ranges }: Pick<SortableGroups, 'totals' | 'ranges'>,
  { filter, withBlockers }: ListedChoice,
  among?: readonly number[],
): number[] {
  const isUnfiltered = filter.trim() === ''
  const isListed = (key: number): boolean => {
    const isBlocker = withBlockers === true && ranges[key] > 0 && (isUnfiltered || totals.hidden[key] > 0)
    return totals.holds[key] > 0 || isBlocker
  }
  if (among !== undefined) return among.filter(isListed)
  const listed: number[] = []
  for (let key = 0; key < totals.holds.length; key++) if (isListed(key)) listed.push(key)
  return listed
}
