import { type ReactNode } from 'react'
import { type PinnerAnswer } from '../../../queries/pinners.ts'
import { useView } from '../../../state/use-view.ts'
import { InspectorSection } from '../../shell/inspector.tsx'
import { ClassDot } from '../../widgets/class-dot.tsx'
import { StackView } from '../../widgets/stack-view.tsx'
import styles from './pinners-view.module.css'

/** The selected stack in the inspector, and the way to its events. */
export function PinnerInspector({ pinner }: { readonly pinner: PinnerAnswer }): ReactNode {
  const [, setView] = useView()
  return (
    <InspectorSection
      isFirst
      title={pinner.holder || 'No stack was recorded'}
      onClose={() => setView({ stack: undefined })}
    >
      <div className={styles.inspected}>
        <p>
          <ClassDot class={pinner.class} hasLabel />
        </p>
        <StackView frames={pinner.stack.frames} />
        <button
          type="button"
          className="link-button"
          onClick={() => setView({ view: 'events', stack: pinner.stack.hash, pfn: undefined, filter: '' })}
        >
          List the events with this stack
        </button>
      </div>
    </InspectorSection>
  )
}
