import { NativeSelect } from '@mantine/core'
import { type ReactNode } from 'react'
import { formatTime } from '../../../base/clock.ts'
import { formatPfn } from '../../../base/pfn.ts'
import { type OverviewAnswer } from '../../../queries/overview.ts'
import { timeFromLink } from '../../../state/time-in-link.ts'
import { useView } from '../../../state/use-view.ts'
import { DraftInput } from '../../widgets/draft-input.tsx'
import { parsePfnText } from './event-filters.ts'
import styles from './events-view.module.css'

interface EventFilterBarProps {
  readonly overview: OverviewAnswer | undefined
  /** Events that pass; absent while that is being found out. */
  readonly total: number | undefined
}

/** The filters, each in the link, each with a way to drop it, and how many events are left. */
export function EventFilterBar({ overview, total }: EventFilterBarProps): ReactNode {
  const [view, setView] = useView()
  const names = overview?.eventCounts ?? []
  return (
    <search className={styles.bar}>
      <NativeSelect
        size="xs"
        aria-label="Event name"
        value={view.eventName ?? ''}
        onChange={(event) => setView({ eventName: event.currentTarget.value || undefined })}
        data={[
          { value: '', label: `every event (${overview?.events ?? 0})` },
          ...names.map(({ name, count }) => ({ value: name, label: `${name} (${count})` })),
        ]}
      />
      <DraftInput
        label="pfn"
        placeholder="0x1f4b4"
        value={view.pfn === undefined ? '' : formatPfn(view.pfn)}
        judge={(text) => (text === '' || parsePfnText(text) !== undefined ? undefined : 'a PFN in hex')}
        onCommit={(text) => setView({ pfn: parsePfnText(text) }, { replace: true })}
      />
      <DraftInput
        label="task"
        placeholder="comm or pid"
        value={view.filter}
        onCommit={(filter) => setView({ filter }, { replace: true })}
      />
      {view.stack !== undefined && <Chip text={`stack ${view.stack}`} onDrop={() => setView({ stack: undefined })} />}
      {overview && (view.from !== undefined || view.to !== undefined) && (
        <Chip
          text={`${timeWords(view.from, overview)} … ${timeWords(view.to, overview)}`}
          onDrop={() => setView({ from: undefined, to: undefined })}
        />
      )}
      <output className={styles.total}>{total === undefined ? 'looking…' : `${total} events`}</output>
    </search>
  )
}

function timeWords(text: string | undefined, { clock }: OverviewAnswer): string {
  const time = timeFromLink(text, clock)
  return time === undefined ? '' : formatTime(time, clock)
}

function Chip({ text, onDrop }: { readonly text: string; readonly onDrop: () => void }): ReactNode {
  return (
    <button type="button" className={styles.chip} aria-label={`Drop the filter ${text}`} onClick={onDrop}>
      {text} <span aria-hidden="true">×</span>
    </button>
  )
}
