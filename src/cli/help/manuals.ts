import { EVAL_MANUAL } from './eval-manual.ts'
import { OWNERS_MANUAL, PFN_MANUAL, PINNERS_MANUAL, REPORT_MANUAL } from './finding-manuals.ts'
import { type Manual } from './manual.ts'
import { OPEN_MANUAL } from './open-manual.ts'
import { COMPARE_MANUAL, DIFF_MANUAL } from './pair-manuals.ts'
import { SESSION_MANUAL } from './session-manual.ts'
import { SLICE_MANUAL } from './slice-manual.ts'
import { EVENTS_MANUAL, MAP_MANUAL, RECORD_MANUAL, RULES_MANUAL, STATS_MANUAL } from './trace-manuals.ts'

/** All commands, in the order of the list that `pinscope --help` prints. */
export const MANUALS: readonly Manual[] = [
  REPORT_MANUAL,
  PINNERS_MANUAL,
  PFN_MANUAL,
  OWNERS_MANUAL,
  MAP_MANUAL,
  EVENTS_MANUAL,
  COMPARE_MANUAL,
  DIFF_MANUAL,
  STATS_MANUAL,
  RULES_MANUAL,
  RECORD_MANUAL,
  OPEN_MANUAL,
  EVAL_MANUAL,
  SLICE_MANUAL,
  SESSION_MANUAL,
]

/** The manual of a command by its name or its other name. */
export function manualOf(name: string): Manual | undefined {
  return MANUALS.find((manual) => manual.name === name || manual.alias === name)
}
