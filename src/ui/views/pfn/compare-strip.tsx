import { type ReactNode, useMemo } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { type OverviewAnswer } from '../../../queries/overview.ts'
import { type PageFactsAnswer } from '../../../queries/page-facts.ts'
import { type TimelineAnswer } from '../../../queries/timeline.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useThresholdNs } from '../../../state/use-threshold.ts'
import { useView } from '../../../state/use-view.ts'
import { chartStory } from '../../timeline/chart-story.ts'
import { failureFlags } from '../../timeline/failure-flags.ts'
import { holdBarOf, UNEXPECTED_CLASSES } from '../../timeline/hold-bar-of.ts'
import { excessMarks, usePageFinding } from '../../timeline/use-page-finding.ts'
import { useTimelineAnswer } from '../../timeline/use-timeline-answer.ts'
import { type TimelineWindow } from '../../timeline/use-timeline-window.ts'
import { StepStrip } from '../../widgets/step-strip.tsx'
import { isSameWindow } from '../../widgets/time-window.ts'
import styles from './compare.module.css'
import { type Compared } from './use-compared.ts'

/** What all strips share: one time axis, one crosshair, one zoom, the failures of the selected page. */
export interface StripShared {
  readonly time: TimelineWindow
  readonly overview: OverviewAnswer
  /** Moments of the failures of the selected page, drawn through all; a strip adds those of its own page. */
  readonly flagNs: readonly number[]
  /** The failure that readouts tell of while nothing is pointed at. */
  readonly restNs: number | undefined
  readonly hoverNs: number | undefined
  readonly onHover: (ns: number | undefined) => void
  readonly compared: Compared
}

interface CompareStripProps extends StripShared {
  readonly pfn: number
}

const STRIP_COLUMNS = 500
const NO_POINTS: TimelineAnswer['points'] = []
const NO_LAYERS: TimelineAnswer['layers'] = []
const NO_LOSSES: TimelineAnswer['losses'] = []
const NO_LEAKS: ReadonlySet<string> = new Set()

/** A page under the selected one, or in words why it has no counts to draw. */
export function CompareStrip(props: CompareStripProps): ReactNode {
  const { pfn, compared } = props
  const state = useQuery('pageFacts', { pfn })
  const facts = shownOf(state)
  const said = state.status === 'failed' ? state.error.message : facts && whyNoCounts(facts)
  if (facts && said === undefined) return <Strip {...props} facts={facts} />
  return (
    <p className={styles.note}>
      <span>
        <b>{formatPfn(pfn)}</b> {said ?? 'looking…'}
      </span>
      <RemoveButton pfn={pfn} compared={compared} />
    </p>
  )
}

function whyNoCounts({ isKnown, events, lifetimes }: PageFactsAnswer): string | undefined {
  if (!isKnown) return 'no file names this page'
  if (events === 0) return 'no event names this page, so its count is not known'
  return lifetimes.length === 0 ? 'no page_ref event names this page, so its count is not known' : undefined
}

function Strip(props: CompareStripProps & { readonly facts: PageFactsAnswer }): ReactNode {
  const { pfn, facts, time, overview, hoverNs, restNs, compared, flagNs: shared } = props
  const [view] = useView()
  const { committed, drawn, extent } = time
  const { state, points: drawnFrom } = useTimelineAnswer(
    { pfn, lifetime: 0 },
    { committed, drawn, columns: STRIP_COLUMNS },
  )
  const answer = shownOf(state)
  const finding = usePageFinding(facts, view.failure)
  const excess = useMemo(() => excessMarks(finding), [finding])
  const flags = useMemo(() => failureFlags(facts), [facts])
  const flagNs = useMemo(() => [...new Set([...shared, ...flags.map(({ ns }) => ns)])], [shared, flags])
  const thresholdNs = useThresholdNs()
  const holds = useMemo(
    () => (answer?.holds ?? []).map((hold) => holdBarOf(hold, { thresholdNs, leaks: NO_LEAKS })),
    [answer, thresholdNs],
  )
  const told = drawnFrom ? { from: drawnFrom.from.ns, to: drawnFrom.to.ns } : drawn
  const unit = overview.clock.style.unit
  const holder = holds.find((hold) => UNEXPECTED_CLASSES.includes(hold.class))
  return (
    <StepStrip
      label={`References of ${formatPfn(facts.headPfn)}${pfn === facts.headPfn ? '' : `, head of ${formatPfn(pfn)}`}`}
      story={answer ? chartStory(answer, { flags, excess, holds, unit }) : ''}
      points={drawnFrom?.points ?? NO_POINTS}
      layers={drawnFrom?.layers ?? NO_LAYERS}
      holds={holds}
      window={drawn}
      told={told}
      extent={extent}
      clock={overview.clock}
      flagNs={flagNs}
      losses={drawnFrom?.losses ?? NO_LOSSES}
      excess={excess}
      hoverNs={hoverNs}
      restNs={restNs}
      isLoading={state.status === 'pending' || !isSameWindow(told, drawn)}
      onHover={props.onHover}
      onPreview={time.onPreview}
      onCommit={time.onCommit}
      onOpen={() => compared.open(pfn)}
      onRemove={() => compared.remove(pfn)}
    >
      <span className={styles.name}>
        <button
          type="button"
          className="link-button data"
          title={`Show ${formatPfn(pfn)} above, with its events  Enter`}
          onClick={() => compared.open(pfn)}
        >
          {formatPfn(pfn)}
        </button>{' '}
        {facts.headPfn !== pfn && <span className={styles.dim}>tail of {formatPfn(facts.headPfn)} </span>}
        {holder && (
          <span>
            {holder.label.replace(/ {2}/g, ' ')} <span className={styles.dim}>{holder.duration}</span>
          </span>
        )}
      </span>
      <RemoveButton pfn={pfn} compared={compared} />
    </StepStrip>
  )
}

function RemoveButton({ pfn, compared }: { readonly pfn: number; readonly compared: Compared }): ReactNode {
  return (
    <button
      type="button"
      className="link-button"
      title="Compare with it no more  Delete"
      aria-label={`Remove ${formatPfn(pfn)}`}
      data-picture="none"
      onClick={() => compared.remove(pfn)}
    >
      remove
    </button>
  )
}
