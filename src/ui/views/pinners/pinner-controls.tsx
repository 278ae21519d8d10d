import { Slider } from '@mantine/core'
import { type ReactNode } from 'react'
import { formatDuration } from '../../../base/clock.ts'
import { type PinnersAnswer } from '../../../queries/pinners.ts'
import { useCapture } from '../../../state/use-trace.ts'
import { useView } from '../../../state/use-view.ts'
import { DraftInput } from '../../widgets/draft-input.tsx'
import { fromUnits, thresholdUnitOf, toUnits } from '../../widgets/threshold-unit.ts'
import { GroupingChoice } from './grouping-choice.tsx'
import { NoiseChips } from './noise-chips.tsx'
import { HIGHEST_STEP, stepOf, thresholdAt } from './threshold-scale.ts'
import styles from './pinners-view.module.css'

interface PinnerControlsProps {
  /** In force: previewed or committed. */
  readonly thresholdUs: number
  readonly answer: PinnersAnswer | undefined
  readonly onPreview: (thresholdUs: number | undefined) => void
}

/** How holds are grouped and which count: filter, threshold, noise rules; and always how many are left out, and why. */
export function PinnerControls({ thresholdUs, answer, onPreview }: PinnerControlsProps): ReactNode {
  const [view, setView] = useView()
  const clock = useCapture()?.overview.clock
  const unit = thresholdUnitOf(clock)
  const value = toUnits(thresholdUs, unit)
  const words = formatDuration(Math.round(thresholdUs * 1000), clock?.style.unit)
  const commit = (next: number) => {
    onPreview(undefined)
    setView({ thresholdUs: fromUnits(next, unit) }, { replace: true })
  }
  return (
    <search className={styles.bar}>
      <GroupingChoice />
      <DraftInput
        label="filter"
        placeholder="symbol, comm or pid"
        widthChars={20}
        value={view.filter}
        onCommit={(filter) => setView({ filter }, { replace: true })}
      />
      <span className={styles.threshold}>
        <DraftInput
          label={`held at least (${unit.name})`}
          widthChars={9}
          value={String(value)}
          judge={(text) => (/^\d{1,12}$/.test(text) ? undefined : `${unit.words}, a whole number`)}
          onCommit={(text) => commit(Number(text))}
        />
        <Slider
          className={styles.slider}
          size="xs"
          min={0}
          max={HIGHEST_STEP}
          value={stepOf(value)}
          label={null}
          thumbLabel="Held at least, logarithmic"
          thumbProps={{ 'aria-valuetext': words }}
          onChange={(step) => onPreview(fromUnits(thresholdAt(step), unit))}
          onChangeEnd={(step) => commit(thresholdAt(step))}
        />
        <span className={styles.number}>{thresholdUs === 0 ? 'every hold' : words}</span>
      </span>
      <NoiseChips answer={answer} thresholdUs={thresholdUs} />
    </search>
  )
}
