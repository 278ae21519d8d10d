import { type ReactNode } from 'react'
import { useCapture } from '../../../state/use-trace.ts'
import { useView } from '../../../state/use-view.ts'
import { PlaceLines } from '../../shell/place-lines.tsx'

/** The raw lines around the selected place of B. Stands in B's context. */
export function OtherLines(): ReactNode {
  const [view, setView] = useView()
  return (
    <PlaceLines
      place={view.otherEvent}
      files={useCapture()?.overview.files ?? []}
      side="B"
      missing="No file of B has that name."
      onClose={() => setView({ otherEvent: undefined })}
    />
  )
}
