import { type CompareGrouping, type CompareSort } from '../../queries/compare/compare-question.ts'
import { fileRef, setRef } from '../capture-ref.ts'
import { flag, oneOf, text } from '../link-parameter.ts'
import { entry, type LinkTable } from '../link-table.ts'

/** What two captures are put side by side by, and what rows can be sorted by, as links write them. */
export const COMPARE_GROUPINGS = ['holder', 'stack', 'task', 'class'] as const satisfies readonly CompareGrouping[]
export const COMPARE_SORTS = [
  'rank',
  'name',
  'a-ranges',
  'a-longTerm',
  'a-open',
  'a-holds',
  'a-totalNs',
  'a-pages',
  'b-ranges',
  'b-longTerm',
  'b-open',
  'b-holds',
  'b-totalNs',
  'b-pages',
] as const satisfies readonly CompareSort[]

/**
 * What the Compare screen keeps in the link beside what all screens share: which capture B is, as `f` and `set` say it of A;
 * what is grouped by, the sort, the selected row by its name, and the selected line of B.
 */
export const COMPARE_LINK = {
  otherFile: entry('b', fileRef),
  otherSet: entry('bset', setRef),
  compareBy: entry('cby', oneOf(COMPARE_GROUPINGS)),
  compareSort: entry('csort', oneOf(COMPARE_SORTS)),
  isCompareAscending: entry('cup', flag),
  comparedRow: entry('crow', text),
  comparedFailure: entry('cfail', text),
  otherEvent: entry('bevent', text),
} as const satisfies LinkTable
