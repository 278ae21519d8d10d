import { type DifferenceDimension } from '../../queries/events-difference.ts'
import { oneOf, ruleIds, text } from '../link-parameter.ts'
import { entry, type LinkTable } from '../link-table.ts'

/** What events are compared by, as links write it. */
export const DIFFERENCE_DIMENSIONS = [
  'stack',
  'task',
  'class',
  'cpu',
  'migratetype',
  'op',
  'pfn',
] as const satisfies readonly DifferenceDimension[]

/** What the Events screen keeps in the link beside what all screens share. */
export const EVENTS_LINK = {
  /** Text in the filter language, right or wrong: a wrong one is shown with what is wrong. */
  eventQuery: entry('q', text),
  /** Columns of the table by id; absent for the usual ones. */
  eventColumns: entry('cols', ruleIds),
  /** What is compared with the rest; absent while nothing is. */
  difference: entry('differs', oneOf(['interval', 'matches'])),
  differenceBy: entry('dby', oneOf(DIFFERENCE_DIMENSIONS)),
} as const satisfies LinkTable
