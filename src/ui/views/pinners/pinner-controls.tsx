import { type ReactNode } from 'react'
import { type PinnersAnswer } from '../../../queries/pinners.ts'
import { NO_THRESHOLD, useHasDurations } from '../../../state/use-threshold.ts'
import { useView } from '../../../state/use-view.ts'
import { DraftInput } from '../../widgets/draft-input.tsx'
import { GroupingChoice } from './grouping-choice.tsx'
import { NoiseChips } from './noise-chips.tsx'
import { ShownAs } from './shown-as.tsx'
import { Threshold } from './threshold.tsx'

interface PinnerControlsProps {
  /** In force: previewed or committed. */
  readonly thresholdUs: number
  readonly answer: PinnersAnswer | undefined
  /** There will be no answer. */
  readonly isFailed: boolean
  readonly onPreview: (thresholdUs: number | undefined) => void
}

/** How holds are grouped and which count: filter, threshold, noise rules; and always how many are left out, and why. */
export function PinnerControls({ thresholdUs, answer, isFailed, onPreview }: PinnerControlsProps): ReactNode {
  const [view, setView] = useView()
  const hasDurations = useHasDurations()
  return (
    <search className="control-bar">
      <ShownAs />
      {!view.isFlame && <GroupingChoice />}
      <DraftInput
        label="filter"
        placeholder="symbol, comm or pid"
        widthChars={20}
        value={view.filter}
        onCommit={(filter) => setView({ filter }, { replace: true })}
      />
      {hasDurations ? (
        <Threshold thresholdUs={thresholdUs} answer={answer} onPreview={onPreview} />
      ) : (
        <p>{NO_THRESHOLD}</p>
      )}
      <NoiseChips {...{ answer, isFailed, thresholdUs }} />
    </search>
  )
}
