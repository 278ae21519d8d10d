import { type ReactNode } from 'react'
import { useCapture } from '../../../state/use-trace.ts'
import { useView } from '../../../state/use-view.ts'
import { type FilesSection } from '../../../state/view-state.ts'
import { IndexLine } from '../../kept/index-line.tsx'
import { KeptIndexes } from '../../kept/kept-indexes.tsx'
import { SpilledLine } from '../../kept/spilled-line.tsx'
import { DepotFigures } from './depot-figures.tsx'
import { EventCounts } from './event-counts.tsx'
import { FileList } from './file-list.tsx'
import styles from './files-view.module.css'
import { KernelMessages } from './kernel-messages.tsx'
import { LossList } from './loss-list.tsx'
import { MachineFacts } from './machine-facts.tsx'
import { RejectedLines } from './rejected-lines.tsx'
import { StackTotals } from './stack-totals.tsx'

/** What was read and what was not: every file with its account, every event by name, everything lost or rejected. */
export function FilesView(): ReactNode {
  const overview = useCapture()?.overview
  if (!overview) return null
  return (
    <div>
      <Section id="files" title={`Files ${overview.files.length}`}>
        <IndexLine />
        <FileList files={overview.files} />
      </Section>
      <Section id="events" title={`Events ${overview.events}`}>
        <EventCounts counts={overview.eventCounts} />
      </Section>
      <Section id="lost" title={`Lost events ${overview.lost.isAtLeast ? 'at least ' : ''}${overview.lost.count}`}>
        <LossList losses={overview.losses} />
      </Section>
      <Section id="rejected" title={`Rejected lines ${overview.rejected}`}>
        <RejectedLines files={overview.files} />
      </Section>
      <Section id="messages" title={`Kernel messages ${countOf(overview.noteCounts)}`}>
        <KernelMessages kinds={overview.noteCounts} />
      </Section>
      <Section id="machine" title="Machine">
        <MachineFacts />
      </Section>
      <Section id="stacks" title="Stacks by pages">
        <StackTotals />
      </Section>
      <Section id="depot" title={`Stack depot ${overview.depot.distinct}`}>
        <DepotFigures overview={overview} />
      </Section>
      <Section id="indexes" title="Kept indexes">
        <KeptIndexes />
        <SpilledLine />
      </Section>
    </div>
  )
}

function countOf(counts: readonly { readonly count: number }[]): number {
  return counts.reduce((sum, { count }) => sum + count, 0)
}

interface SectionProps {
  readonly id: FilesSection
  readonly title: string
  readonly children: ReactNode
}

function Section({ id, title, children }: SectionProps): ReactNode {
  const [view] = useView()
  const isAsked = view.section === id
  return (
    <section
      // A new key when the section is asked for, so that the ref is called and brings it into sight.
      key={isAsked ? 'asked' : 'not asked'}
      ref={isAsked ? bringIntoSight : undefined}
      tabIndex={-1}
      className={styles.section}
      aria-labelledby={`section-${id}`}
    >
      <h2 id={`section-${id}`} className={styles.heading}>
        {title}
      </h2>
      {children}
    </section>
  )
}

function bringIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'start' })
  element?.focus({ preventScroll: true })
}
