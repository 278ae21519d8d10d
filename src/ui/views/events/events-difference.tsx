import { type ReactNode } from 'react'
import { counted } from '../../../base/counted.ts'
import { type DifferenceRow, type EventsDifferenceAnswer } from '../../../queries/events-difference.ts'
import { DIFFERENCE_DIMENSIONS } from '../../../state/links/events-link.ts'
import { useView } from '../../../state/use-view.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { type EventFilters } from '../../events/use-event-rows.ts'
import { useDifference } from '../../events/use-difference.ts'
import { InspectorSection } from '../../shell/inspector.tsx'
import { type DataColumn } from '../../widgets/data-column.ts'
import { DataTable } from '../../widgets/data-table.tsx'
import { StackView } from '../../widgets/stack-view.tsx'
import { SymbolText } from '../../widgets/symbol-text.tsx'
import { untoldText } from '../../widgets/untold-text.ts'
import { useState } from 'react'
import { shareText, verdictText } from './difference-words.ts'
import { withTerm } from './event-filters.ts'
import styles from './events-view.module.css'

type Versus = NonNullable<ViewState['difference']>

/** What differs between the interval and the rest, or between events that match and those that do not. */
export function EventsDifference({ filters }: { readonly filters: EventFilters }): ReactNode {
  const [view, setView] = useView()
  const versus = view.difference ?? 'interval'
  const dimension = view.differenceBy ?? 'stack'
  const hasInterval = view.from !== undefined || view.to !== undefined
  const isAskable = versus === 'matches' || hasInterval
  const { answer, progress, problem } = useDifference(
    isAskable ? { ...filters, versus, dimension, limit: MOST_ROWS } : undefined,
  )
  const [chosen, setChosen] = useState<string>()
  const row = answer?.rows.find(({ term }) => term === chosen)
  const choose = (next: Versus) => setView({ difference: next })
  return (
    <section className={styles.difference} aria-label="What differs from the rest">
      <header className={styles.differenceHead}>
        <label>
          <input type="radio" name="versus" checked={versus === 'interval'} onChange={() => choose('interval')} />{' '}
          interval against the rest
        </label>
        <label>
          <input type="radio" name="versus" checked={versus === 'matches'} onChange={() => choose('matches')} />{' '}
          matching against the others
        </label>
        <label>
          by{' '}
          <select
            className={styles.select}
            aria-label="Compare by"
            value={dimension}
            onChange={(event) =>
              setView({ differenceBy: DIFFERENCE_DIMENSIONS.find((one) => one === event.currentTarget.value) })
            }
          >
            {DIFFERENCE_DIMENSIONS.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <output className={styles.dim}>
          {problem === undefined ? headText(isAskable, answer, progress) : untoldText(true)}
        </output>
        <button type="button" className="link-button" onClick={() => setView({ difference: undefined })}>
          Close
        </button>
      </header>
      <div className={styles.differenceTable}>
        <DataTable
          label={`What differs by ${dimension}`}
          columns={columnsFor(versus, answer)}
          rows={answer?.rows ?? NO_ROWS}
          offset={0}
          total={answer?.rows.length ?? 0}
          rowKey={({ term }) => term}
          selectedKey={chosen}
          onSelect={({ term }) => setChosen(term)}
          onActivate={({ term }) => setView({ eventQuery: withTerm(view.eventQuery, term) })}
          toneOf={({ verdict }) => (verdict === 'few' || verdict === 'chance' ? 'quiet' : undefined)}
          isLoading={isAskable && answer === undefined && problem === undefined}
          empty={problem ?? (isAskable ? 'Nothing to compare: one of the two sets is empty.' : NO_INTERVAL)}
        />
      </div>
      <p className={styles.caution}>
        Ranked by G², the log-likelihood ratio (Dunning 1993). Events come in bursts and depend on each other: the rank
        is a guide to look, no proof. <b>too few</b>: fewer than 5 expected in a cell; <b>may be chance</b>: among so
        many values one like it is likely. Enter adds a row to the filter.
      </p>
      {row?.stack && (
        <InspectorSection title="Stack that differs" onClose={() => setChosen(undefined)}>
          <div className={styles.inspected}>
            <StackView frames={row.stack.frames} />
          </div>
        </InspectorSection>
      )}
    </section>
  )
}

const MOST_ROWS = 200
const NO_ROWS: readonly DifferenceRow[] = []
const NO_INTERVAL = 'Select an interval: drag over the bars, or press arrow keys with Shift and Enter on them.'

function headText(
  isAskable: boolean,
  answer: EventsDifferenceAnswer | undefined,
  progress: { readonly lookedAt: number; readonly toLookAt: number } | undefined,
): string {
  if (!isAskable) return 'no interval is selected'
  if (progress) return `looked at ${progress.lookedAt} of ${progress.toLookAt} events`
  if (answer === undefined) return 'looking…'
  if (answer.errors.length > 0) return 'the filter is not applied'
  return `${answer.inside} events against ${answer.rest}, ${counted(answer.values, 'value')} compared`
}

function columnsFor(versus: Versus, answer: EventsDifferenceAnswer | undefined): readonly DataColumn<DifferenceRow>[] {
  const { inside = 0, rest = 0 } = answer ?? {}
  const [here, there] = versus === 'interval' ? ['in the interval', 'rest'] : ['matching', 'others']
  return [
    {
      id: 'value',
      header: 'value',
      text: ({ text }) => text,
      render: ({ text, stack }) => (stack ? <SymbolText text={text} /> : text),
    },
    { id: 'inside', header: here, text: (row) => shareText(row.inside, inside), align: 'end' },
    { id: 'rest', header: there, text: (row) => shareText(row.rest, rest), align: 'end' },
    {
      id: 'points',
      header: 'difference',
      title: 'Percentage points by which the share is greater',
      text: ({ points }) => `${points > 0 ? '+' : ''}${points.toFixed(1)} pp`,
      align: 'end',
    },
    { id: 'ratio', header: 'G²', title: 'Log-likelihood ratio', text: ({ ratio }) => ratio.toFixed(1), align: 'end' },
    { id: 'verdict', header: 'says', text: ({ verdict }) => verdictText(verdict) },
    { id: 'term', header: 'as a filter', text: ({ term }) => term },
  ]
}
