import { Slider } from '@mantine/core'
import { type ReactNode } from 'react'
import { formatDuration } from '../../../base/clock.ts'
import { type PinnersAnswer } from '../../../queries/pinners.ts'
import { NO_THRESHOLD, useHasDurations } from '../../../state/use-threshold.ts'
import { useView } from '../../../state/use-view.ts'
import { DraftInput } from '../../widgets/draft-input.tsx'
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
  const hasDurations = useHasDurations()
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
      {hasDurations ? <Threshold thresholdUs={thresholdUs} onPreview={onPreview} /> : <p>{NO_THRESHOLD}</p>}
      <NoiseChips answer={answer} thresholdUs={thresholdUs} />
    </search>
  )
}

type ThresholdProps = Pick<PinnerControlsProps, 'thresholdUs' | 'onPreview'>

function Threshold({ thresholdUs, onPreview }: ThresholdProps): ReactNode {
  const [, setView] = useView()
  const words = formatDuration(Math.round(thresholdUs * 1000))
  const commit = (next: number) => {
    onPreview(undefined)
    setView({ thresholdUs: next }, { replace: true })
  }
  return (
    <span className={styles.threshold}>
      <DraftInput
        label="held at least (us)"
        widthChars={9}
        value={String(thresholdUs)}
        judge={(text) => (/^\d{1,12}$/.test(text) ? undefined : 'microseconds, a whole number')}
        onCommit={(text) => commit(Number(text))}
      />
      <Slider
        className={styles.slider}
        size="xs"
        min={0}
        max={HIGHEST_STEP}
        value={stepOf(thresholdUs)}
        label={null}
        thumbLabel="Held at least, logarithmic"
        thumbProps={{ 'aria-valuetext': words }}
        onChange={(step) => onPreview(thresholdAt(step))}
        onChangeEnd={(step) => commit(thresholdAt(step))}
      />
      <span className={styles.number}>{thresholdUs === 0 ? 'every hold' : words}</span>
    </span>
  )
}
