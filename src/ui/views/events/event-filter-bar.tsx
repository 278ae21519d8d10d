import { type ReactNode, type RefObject, useState } from 'react'
import { formatTime } from '../../../base/clock.ts'
import { formatPfn } from '../../../base/pfn.ts'
import { type FilterAssistAnswer } from '../../../queries/filter-assist.ts'
import { type OverviewAnswer } from '../../../queries/overview.ts'
import { timeFromLink } from '../../../state/time-in-link.ts'
import { type QueryState, shownOf, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { type EventRows } from '../../events/use-event-rows.ts'
import { FilterInput } from '../../widgets/filter-input.tsx'
import { type FilterAssist } from '../../widgets/filter-keys.ts'
import { untoldText } from '../../widgets/untold-text.ts'
import { addToFilterHistory, readFilterHistory } from './filter-history.ts'
import styles from './events-view.module.css'

interface EventFilterBarProps {
  readonly overview: OverviewAnswer | undefined
  readonly table: EventRows
  readonly inputRef: RefObject<HTMLInputElement | null>
}

/** The filter, what else narrows the list, each with a way to drop it, and how many events are left. */
export function EventFilterBar({ overview, table, inputRef }: EventFilterBarProps): ReactNode {
  const [view, setView] = useView()
  const inForce = view.eventQuery ?? ''
  const [seen, setSeen] = useState(inForce)
  const [draft, setDraft] = useState({ text: inForce, caret: inForce.length })
  const [history, setHistory] = useState(readFilterHistory)
  if (seen !== inForce) {
    // Else what was wrong with a filter would be told of the one that a link or a button put in its place.
    setSeen(inForce)
    setDraft({ text: inForce, caret: inForce.length })
  }
  const assist = assistOf(useQuery('filterAssist', { text: draft.text, caret: draft.caret }, 5000), draft)
  const commit = (text: string) => {
    if (text !== '') setHistory(addToFilterHistory(text))
    setView({ eventQuery: text === '' ? undefined : text })
  }
  return (
    <search className={styles.bar}>
      <FilterInput
        label="filter"
        value={inForce}
        placeholder="op:mod_unless ret:0 stack:~nvidia count>3 excess>0"
        keyText="f"
        assist={assist}
        history={history}
        onDraft={(text, caret) => setDraft({ text, caret })}
        onCommit={commit}
        inputRef={inputRef}
      />
      <Total table={table} all={overview?.events ?? 0} />
      {overview && <Chips view={view} overview={overview} onDrop={setView} />}
      {table.errors.length > 0 && (
        <p className={styles.notice} role="alert">
          The filter is not applied and no event is listed: {table.errors[0].message}.{' '}
          <button type="button" className="link-button" onClick={() => setView({ eventQuery: undefined })}>
            Drop the filter
          </button>
        </p>
      )}
    </search>
  )
}

/** What the input is told: which text an answer is about, and, where there is none to come, that there is nothing. */
function assistOf(
  state: QueryState<FilterAssistAnswer>,
  draft: { readonly text: string; readonly caret: number },
): FilterAssist | undefined {
  if (state.status === 'failed')
    return { about: draft, mistakes: [], replaced: { start: draft.caret, end: draft.caret }, completions: [] }
  const answer = shownOf(state)
  return answer && { ...answer, mistakes: answer.errors, about: state.status === 'ready' ? draft : undefined }
}

function Total({ table, all }: { readonly table: EventRows; readonly all: number }): ReactNode {
  const { total, unknown, progress, isLoading, problem, errors } = table
  if (errors.length > 0) return <output className={styles.total}>not applied</output>
  return (
    <span className={styles.totals}>
      <output className={styles.total}>
        {isLoading || problem !== undefined ? untoldText(!isLoading) : totalText(total, all, progress !== undefined)}
      </output>
      {unknown > 0 && (
        <span
          className={styles.total}
          title="The capture does not tell whether they match: they are neither listed here nor by the opposite filter"
        >
          {unknown} unknown
        </span>
      )}
      {progress && (
        <span className={styles.total}>
          looked at {progress.lookedAt} of {progress.toLookAt}{' '}
          <button type="button" className="link-button" onClick={progress.isStopped ? table.goOn : table.stop}>
            {progress.isStopped ? 'Go on' : 'Stop'}
          </button>
        </span>
      )}
    </span>
  )
}

/** `31076 events`, `12 of 31076 events`, `12 so far of 31076 events`. */
function totalText(total: number, all: number, isCounting: boolean): string {
  if (total === all) return `${total} events`
  return `${total}${isCounting ? ' so far' : ''} of ${all} events`
}

interface ChipsProps {
  readonly view: ViewState
  readonly overview: OverviewAnswer
  readonly onDrop: (change: Partial<ViewState>) => void
}

/** What narrows the list beside the filter: what other screens selected, and the interval. */
function Chips({ view, overview, onDrop }: ChipsProps): ReactNode {
  const task = view.filter.trim()
  const chips: readonly { readonly text: string; readonly drops: Partial<ViewState> }[] = [
    ...(view.pfn === undefined ? [] : [{ text: `pfn ${formatPfn(view.pfn)}`, drops: { pfn: undefined } }]),
    ...(view.eventName === undefined ? [] : [{ text: `event ${view.eventName}`, drops: { eventName: undefined } }]),
    ...(task === '' ? [] : [{ text: `task ${task}`, drops: { filter: '' } }]),
    ...(view.stack === undefined ? [] : [{ text: `stack ${view.stack}`, drops: { stack: undefined } }]),
    ...(view.from === undefined && view.to === undefined
      ? []
      : [
          {
            text: `${timeWords(view.from, overview)} … ${timeWords(view.to, overview)}`,
            drops: { from: undefined, to: undefined },
          },
        ]),
  ]
  if (chips.length === 0) return null
  return (
    <span className={styles.chips}>
      <span className={styles.dim}>and only</span>
      {chips.map(({ text, drops }) => (
        <button
          key={text}
          type="button"
          className={styles.chip}
          aria-label={`Drop the filter ${text}`}
          onClick={() => onDrop(drops)}
        >
          {text} <span aria-hidden="true">×</span>
        </button>
      ))}
    </span>
  )
}

function timeWords(text: string | undefined, { clock }: OverviewAnswer): string {
  const time = timeFromLink(text, clock)
  return time === undefined ? '' : formatTime(time, clock)
}
