import { type ReactNode, useRef, useState } from 'react'
import { formatDuration } from '../../../base/clock.ts'
import { type PinnersAnswer } from '../../../queries/pinners.ts'
import { useHasDurations } from '../../../state/use-threshold.ts'
import { useView } from '../../../state/use-view.ts'
import { untoldText } from '../../widgets/untold-text.ts'
import { countedGroups } from './grouping-words.ts'
import { NoiseClassChip } from './noise-class-chip.tsx'
import { DEFAULTS, SHOW_ALL } from './noise-choice.ts'
import styles from './noise-chips.module.css'
import { NoiseChip } from './noise-chip.tsx'
import { usePinnerKeys } from './use-pinner-keys.ts'
import { RulesDialog } from './rules-dialog.tsx'

interface NoiseChipsProps {
  readonly answer: PinnersAnswer | undefined
  /** There will be no answer. */
  readonly isFailed: boolean
  /** In force: previewed or committed. */
  readonly thresholdUs: number
}

/** What hides holds, one chip a reason, each with its count and a switch; and how many are hidden in all. */
export function NoiseChips({ answer, isFailed, thresholdUs }: NoiseChipsProps): ReactNode {
  const [view, setView] = useView()
  const [isEditing, setIsEditing] = useState(false)
  const chips = useRef<HTMLFieldSetElement>(null)
  usePinnerKeys(chips, () => setIsEditing(true))
  const hasDurations = useHasDurations()
  const isLimited = thresholdUs > 0
  const limit = formatDuration(Math.round((isLimited ? thresholdUs : DEFAULTS.thresholdUs) * 1000))
  return (
    <fieldset ref={chips} aria-keyshortcuts="c" aria-label="What is hidden" className={styles.chips}>
      <output className={styles.total}>
        <Totals {...{ answer, isFailed }} />
      </output>
      {answer?.noise.map((entry) => (
        <NoiseClassChip key={entry.class} entry={entry} />
      ))}
      {hasDurations && (
        <NoiseChip
          name={`shorter than ${limit}`}
          count={isLimited ? answer?.hidden.short : undefined}
          isOn={isLimited}
          about="Holds that no rule hides and that are shorter than the threshold."
          onToggle={(isOn) => setView({ thresholdUs: isOn ? DEFAULTS.thresholdUs : 0 }, { replace: true })}
        >
          <p>Holds that no rule hides and that are shorter than the threshold, which is yours to set.</p>
          <p>300000 us is what the page_pinner patches take for long-term.</p>
        </NoiseChip>
      )}
      <span className={styles.all}>
        <button type="button" className="link-button" onClick={() => setView(SHOW_ALL, { replace: true })}>
          Show all
        </button>
        <button
          type="button"
          className="link-button"
          disabled={isUsual(view)}
          onClick={() => setView(DEFAULTS, { replace: true })}
        >
          Defaults
        </button>
        <button
          type="button"
          className="link-button"
          aria-keyshortcuts="Shift+R"
          title="Shift+R"
          onClick={() => setIsEditing(true)}
        >
          Edit rules
        </button>
      </span>
      <RulesDialog isOpen={isEditing} onClose={() => setIsEditing(false)} />
    </fieldset>
  )
}

function Totals({ answer, isFailed }: Pick<NoiseChipsProps, 'answer' | 'isFailed'>): ReactNode {
  const [view] = useView()
  if (!answer) return untoldText(isFailed)
  const { sums, hidden, groups, blockers } = answer
  return (
    <>
      {sums.holds} {sums.holds === 1 ? 'hold' : 'holds'} in {countedGroups(groups, view.grouping)}
      {blockers > 0 && `, ${blockers} more that blocked a range`} · {hidden.expected + hidden.short} of{' '}
      {sums.holds + hidden.expected + hidden.short} hidden
    </>
  )
}

function isUsual({ includeExpected, shownRules, thresholdUs }: typeof DEFAULTS | ReturnType<typeof useView>[0]) {
  return !includeExpected && shownRules.length === 0 && thresholdUs === DEFAULTS.thresholdUs
}
