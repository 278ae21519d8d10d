import { type Finding } from '../../derive/attribution/finding.ts'

/** Verdicts, the most telling first. */
const TELLING = ['held', 'unmovable', 'transient', 'unknown'] as const

/** The failed range that tells most: references that held it, its surest holder, then the earliest. Undefined of none. */
export function tellingFinding(findings: readonly Finding[]): Finding | undefined {
  let best: Finding | undefined
  for (const finding of findings) if (best === undefined || compare(finding, best) < 0) best = finding
  return best
}

function compare(a: Finding, b: Finding): number {
  return TELLING.indexOf(a.verdict) - TELLING.indexOf(b.verdict) || surest(b) - surest(a)
}

function surest({ pages }: Finding): number {
  return pages.reduce((most, { culprits }) => Math.max(most, culprits.at(0)?.confidence ?? 0), 0)
}
