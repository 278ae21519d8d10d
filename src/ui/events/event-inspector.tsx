import { type ReactNode } from 'react'
import { type EventAnswer } from '../../queries/events.ts'
import { InspectorSection } from '../shell/inspector.tsx'
import { StackView } from '../widgets/stack-view.tsx'
import styles from './event-inspector.module.css'
import { taskText } from './event-columns.tsx'

/** The selected event in the inspector: its stack. Its raw lines are shown there by the frame itself. */
export function EventInspector({ event }: { readonly event: EventAnswer }): ReactNode {
  return (
    <InspectorSection title={`${event.name} ${event.operation} at ${event.time.text}`} isFirst>
      <div className={styles.body}>
        <p className="data">{taskText(event.task)}</p>
        <StackView frames={event.stack.frames} absent="No stack was recorded with this event." />
      </div>
    </InspectorSection>
  )
}
