import { type ReactNode } from 'react'
import { type OverviewAnswer } from '../../queries/overview.ts'
import { type RawLinesAnswer } from '../../queries/raw-lines.ts'
import { parsePlace } from '../../state/place-in-link.ts'
import { shownOf, useQuery } from '../../state/use-query.ts'
import { useView } from '../../state/use-view.ts'
import { RawLines } from '../widgets/raw-lines.tsx'
import { InspectorSection } from './inspector.tsx'
import styles from './line-inspector.module.css'

/** Lines shown before and after the one asked for: an event's stack follows it. */
const BEFORE = 6
const COUNT = 40

/** The raw lines around the selected place, as they are in the file. */
export function LineInspector({ overview }: { readonly overview: OverviewAnswer }): ReactNode {
  const [view, setView] = useView()
  const place = parsePlace(view.event)
  const file = place && overview.files.find(({ name }) => name === place.fileName)
  const first = Math.max(1, (place?.line ?? 1) - BEFORE)
  const state = useQuery('rawLines', file && { file: file.index, line: first, count: COUNT })
  if (!place) return null
  const answer = shownOf(state)
  // Stale lines stay while they hold the place, so that stepping through events makes nothing flash.
  const isThere = answer !== undefined && (state.status === 'ready' || holds(answer, file?.index, place.line))
  return (
    <InspectorSection title={`${place.fileName}:${place.line}`} onClose={() => setView({ event: undefined })}>
      {!file && <p className={styles.note}>No file by that name is open.</p>}
      {state.status === 'failed' && <p className={styles.note}>{state.error.message}</p>}
      {state.status === 'pending' && file && !isThere && (
        <p className={styles.note}>
          {file.isCompressed ? 'Unpacking the file up to this line…' : 'Reading the lines…'}
        </p>
      )}
      {isThere && (
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

function holds(answer: RawLinesAnswer, file: number | undefined, line: number): boolean {
  return answer.file === file && line >= answer.line && line < answer.line + answer.lines.length
}
