import { type ReactNode } from 'react'
import { type OverviewAnswer } from '../../queries/overview.ts'
import { type RawLinesAnswer } from '../../queries/raw-lines.ts'
import { parsePlace } from '../../state/place-in-link.ts'
import { shownOf, useQuery } from '../../state/use-query.ts'
import { RawLines } from '../widgets/raw-lines.tsx'
import { InspectorSection } from './inspector.tsx'
import styles from './place-lines.module.css'

/** Lines shown before and after the one asked for: an event's stack follows it. */
const BEFORE = 6
const COUNT = 40

interface PlaceLinesProps {
  /** `file:line`, as links write it; nothing is drawn of what is no place. */
  readonly place: string | undefined
  /** The files of the capture that the context holds. */
  readonly files: OverviewAnswer['files']
  /** Stands before the place in the heading. */
  readonly side?: string
  /** Said where no file has the name. */
  readonly missing: string
  readonly onClose: () => void
}

/** A section of the inspector with the raw lines around a place, as they are in the file. */
export function PlaceLines({ place: written, files, side, missing, onClose }: PlaceLinesProps): ReactNode {
  const place = parsePlace(written)
  const file = place && files.find(({ name }) => name === place.fileName)
  const first = Math.max(1, (place?.line ?? 1) - BEFORE)
  const state = useQuery('rawLines', file && { file: file.index, line: first, count: COUNT })
  if (!place) return null
  const answer = shownOf(state)
  // Stale lines stay while they hold the place, so that stepping through events makes nothing flash.
  const isThere = answer !== undefined && (state.status === 'ready' || holds(answer, file?.index, place.line))
  const title = `${place.fileName}:${place.line}`
  return (
    <InspectorSection title={side === undefined ? title : `${side} ${title}`} onClose={onClose}>
      {!file && <p className={styles.note}>{missing}</p>}
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
          numbers={answer.numbers}
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
