import { type ReactNode } from 'react'
import { type OverviewAnswer } from '../../queries/overview.ts'
import { useView } from '../../state/use-view.ts'
import { PlaceLines } from './place-lines.tsx'

/** The raw lines around the selected place. */
export function LineInspector({ overview }: { readonly overview: OverviewAnswer }): ReactNode {
  const [view, setView] = useView()
  return (
    <PlaceLines
      place={view.event}
      files={overview.files}
      missing="No file by that name is open."
      onClose={() => setView({ event: undefined })}
    />
  )
}
