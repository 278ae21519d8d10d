import { type DifferenceRow } from '../../../queries/events-difference.ts'

const VERDICTS: Readonly<Record<DifferenceRow['verdict'], string>> = {
  more: '▲ more often',
  less: '▼ less often',
  chance: '· may be chance',
  few: '· too few to tell',
}

/** What a comparison says, in words. */
export function verdictText(verdict: DifferenceRow['verdict']): string {
  return VERDICTS[verdict]
}

/** `20 of 42 (47.6 %)`. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? `${part} of 0` : `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`
}
