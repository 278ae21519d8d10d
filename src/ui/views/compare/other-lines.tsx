import { type ReactNode } from 'react'
import { parsePlace } from '../../../state/place-in-link.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useCapture } from '../../../state/use-trace.ts'
import { useView } from '../../../state/use-view.ts'
import { InspectorSection } from '../../shell/inspector.tsx'
import { RawLines } from '../../widgets/raw-lines.tsx'

/** Lines shown before and after the one asked for: an event's stack follows it. */
const BEFORE = 6
const COUNT = 40

/** The raw lines around the selected place of B, as they are in its file. Stands in B's context. */
export function OtherLines(): ReactNode {
  const [view, setView] = useView()
  const place = parsePlace(view.otherEvent)
  const files = useCapture()?.overview.files ?? []
  const file = place && files.find(({ name }) => name === place.fileName)
  const first = Math.max(1, (place?.line ?? 1) - BEFORE)
  const state = useQuery('rawLines', file && { file: file.index, line: first, count: COUNT })
  const answer = shownOf(state)
  if (!place) return null
  return (
    <InspectorSection title={`B ${place.fileName}:${place.line}`} onClose={() => setView({ otherEvent: undefined })}>
      {!file && <p>No file of B has that name.</p>}
      {state.status === 'failed' && <p>{state.error.message}</p>}
      {state.status === 'ready' && answer && (
        <RawLines
          fileName={place.fileName}
          firstLine={answer.line}
          lines={answer.lines}
          cited={[place.line]}
          problem={answer.problem}
        />
      )}
    </InspectorSection>
  )
}
