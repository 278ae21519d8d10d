import { type ReactNode } from 'react'
import { type CulpritAnswer } from '../../../queries/wire.ts'
import { useCapture } from '../../../state/use-trace.ts'

type Held = Pick<CulpritAnswer, 'heldText' | 'heldFrom' | 'heldTo'>

/** `2.430303 … not put`: when it was taken and dropped, or that this is not in the trace. */
export function SinceUntil({ culprit: { heldText, heldFrom, heldTo } }: { readonly culprit: Held }): ReactNode {
  const overview = useCapture()?.overview
  if (heldText !== undefined) return <span>{heldText}</span>
  const getAbout = 'Its get lies before the trace, was lost, or cannot be told from others: see the evidence'
  const putAbout = `No put before the trace ends at ${overview?.to?.text ?? 'its last line'}`
  return (
    <span>
      <span title={heldFrom ? 'Taken' : getAbout}>{heldFrom?.text ?? 'since not known'}</span>
      {' … '}
      <span title={heldTo ? 'Put' : putAbout}>{heldTo?.text ?? 'not put'}</span>
    </span>
  )
}
