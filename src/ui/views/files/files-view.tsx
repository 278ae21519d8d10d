import { type ReactNode } from 'react'
import { useCapture } from '../../../state/use-trace.ts'
import { useView } from '../../../state/use-view.ts'
import { type FilesSection } from '../../../state/view-state.ts'
import { DepotFigures } from './depot-figures.tsx'
import { EventCounts } from './event-counts.tsx'
import { FileCard } from './file-card.tsx'
import styles from './files-view.module.css'
import { LossList } from './loss-list.tsx'
import { RejectedLines } from './rejected-lines.tsx'

/** What was read and what was not: every file with its account, every event by name, everything lost or rejected. */
export function FilesView(): ReactNode {
  const overview = useCapture()?.overview
  if (!overview) return null
  return (
    <div className={styles.view}>
      <Section id="files" title={`Files ${overview.files.length}`}>
        {overview.files.map((file) => (
          <FileCard key={file.index} file={file} />
        ))}
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
      <Section id="depot" title={`Stack depot ${overview.depot.distinct}`}>
        <DepotFigures overview={overview} />
      </Section>
    </div>
  )
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
