import { type TriageGrouping } from '../../queries/triage-groups.ts'
import { type TriageSort } from '../../queries/triage-order.ts'
import { type FailureAnswer } from '../../queries/wire.ts'
import { flag, type LinkParameter, oneOf, text } from '../link-parameter.ts'
import { entry, type LinkTable } from '../link-table.ts'

/** What failed ranges can be grouped by, in the order of the key. */
export const TRIAGE_GROUPINGS = [
  'culprit',
  'trigger',
  'verdict',
  'page',
  'none',
] as const satisfies readonly TriageGrouping[]

/** What they can be sorted by, besides the usual: those that block most first. */
export const TRIAGE_SORTS = ['time', 'pages', 'confidence'] as const satisfies readonly TriageSort[]

/** Verdicts that they can be chosen by. */
export const TRIAGE_VERDICTS = [
  'held',
  'transient',
  'unmovable',
  'unknown',
] as const satisfies readonly FailureAnswer['verdict'][]

/** Keys of groups, any text: `named: drv-9 in leaky_grab [leaky],named: cam-6 in cam_map`, with commas of their own as `%2C`. */
const groupKeys: LinkParameter<readonly string[]> = {
  parse: (value) => {
    const keys = value
      .split(',')
      .filter((key) => key !== '')
      .map((key) => key.replaceAll('%2C', ',').replaceAll('%25', '%'))
    return keys.length === 0 ? undefined : keys
  },
  serialize: (keys) => keys.map((key) => key.replaceAll('%', '%25').replaceAll(',', '%2C')).join(','),
}

/** What the Triage screen keeps in the link beside what all screens share. */
export const TRIAGE_LINK = {
  triageGrouping: entry('tgroup', oneOf(TRIAGE_GROUPINGS)),
  triageVerdict: entry('tverdict', oneOf(TRIAGE_VERDICTS)),
  triageFilter: entry('tfilter', text),
  triageSort: entry('tsort', oneOf(TRIAGE_SORTS)),
  isTriageAscending: entry('tup', flag),
  /** All groups are folded but those of `triageExcept`; else none but those. */
  isTriageFolded: entry('tfold', flag),
  triageExcept: entry('tfoldnot', groupKeys),
  /** The evidence shows the text of the lines that it cites. */
  hasTriageLines: entry('tlines', flag),
} as const satisfies LinkTable
