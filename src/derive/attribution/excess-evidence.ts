import { type Trace } from '../../model/trace.ts'
import { type Excess } from './excess.ts'
import { type Evidence } from './finding.ts'

/**
 * What can be said of the excess where the capture does not tell all: `at least 1023 references more than migration
 * expects`, with what is not known and which file would tell. Nothing when the excess is known, or cannot be bounded.
 */
export function boundsEvidence(trace: Trace, excess: Excess | undefined): readonly Evidence[] {
  if (excess === undefined || excess.least === excess.most || excess.row === undefined) return []
  const { least, most, untold, row } = excess
  const amount =
    least === 0 ? `at most ${most}` : most - least === 1 ? `${least} or ${most}` : `at least ${least}, at most ${most}`
  return [
    {
      text: `migration's expectation is not fully known (${untold.join(', ')}): ${amount} of the ${trace.events.count[row]} references are more than it expects; page-types or kpageflags and kpagecount of this page would tell`,
      lines: [trace.events.line[row]],
      row,
    },
  ]
}
