import { Slider } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { formatDuration } from '../../../base/clock.ts'
import { type PinnersAnswer } from '../../../queries/pinners.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { DraftInput } from '../../widgets/draft-input.tsx'
import styles from './pinners-view.module.css'
import {
  HIGHEST_STEP,
  parseThreshold,
  stepOf,
  STEPS_PER_DECADE,
  THRESHOLDS_NS,
  thresholdAt,
  thresholdText,
} from './threshold-scale.ts'

interface ThresholdProps {
  /** In force: previewed or committed. */
  readonly thresholdUs: number
  readonly answer: PinnersAnswer | undefined
  readonly onPreview: (thresholdUs: number | undefined) => void
}

/** From how long on holds count: typed, or by a logarithmic slider; always with how many holds that lets through. */
export function Threshold({ thresholdUs, answer, onPreview }: ThresholdProps): ReactNode {
  const [view, setView] = useView()
  // What was typed stays as it was typed: `1` must not become `1 us` before `1.5 s` is written.
  const [typed, setTyped] = useState('')
  const { includeExpected, shownRules, filter } = view
  const asked = useQuery('pinnerThresholds', { includeExpected, shownRules, filter, thresholdsNs: THRESHOLDS_NS })
  const counts = shownOf(asked)
  const step = stepOf(thresholdUs)
  // Told from counts that are there already while the slider moves; a typed value between two steps is the table's to tell.
  const passing = thresholdAt(step) === thresholdUs ? counts?.atLeast[step] : answer?.sums.holds
  const words = asked.status === 'failed' ? 'holds not counted' : throughWords(thresholdUs, passing, counts?.total)
  const commit = (next: number): void => {
    onPreview(undefined)
    setView({ thresholdUs: next }, { replace: true })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const decades = { PageUp: 1, PageDown: -1 }[event.key]
    if (decades === undefined) return
    event.preventDefault()
    commit(thresholdAt(Math.min(HIGHEST_STEP, Math.max(0, step + decades * STEPS_PER_DECADE))))
  }
  return (
    <span className={styles.threshold} data-threshold>
      <DraftInput
        label="held at least"
        widthChars={11}
        value={parseThreshold(typed) === thresholdUs ? typed : thresholdText(thresholdUs)}
        judge={(text) => (parseThreshold(text) === undefined ? 'a duration: 300 ms, 1.5 s, 250 us' : undefined)}
        onCommit={(text) => {
          setTyped(text)
          commit(parseThreshold(text) ?? thresholdUs)
        }}
      />
      <span
        className={styles.sliderBox}
        title="Arrows: a tenth of a decade; Page up and down: a decade; Home: every hold"
      >
        <Slider
          className={styles.slider}
          size="xs"
          min={0}
          max={HIGHEST_STEP}
          value={step}
          label={null}
          thumbLabel="Held at least, logarithmic"
          thumbProps={{ 'aria-valuetext': words, onKeyDownCapture: onKeyDown }}
          onChange={(next) => onPreview(thresholdAt(next))}
          onChangeEnd={(next) => commit(thresholdAt(next))}
        />
      </span>
      <output className={styles.number}>{words}</output>
    </span>
  )
}

/** `2 of 431 holds ≥ 300.000 ms`. */
function throughWords(thresholdUs: number, passing: number | undefined, total: number | undefined): string {
  if (passing === undefined || total === undefined) return 'counting holds…'
  if (thresholdUs === 0) return `all ${total} holds`
  return `${passing} of ${total} holds ≥ ${formatDuration(Math.round(thresholdUs * 1000))}`
}
