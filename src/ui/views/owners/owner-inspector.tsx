import { type ReactNode } from 'react'
import { type FrameAnswer, type StackAnswer } from '../../../queries/wire.ts'
import { useView } from '../../../state/use-view.ts'
import { InspectorSection } from '../../shell/inspector.tsx'
import { StackView } from '../../widgets/stack-view.tsx'
import styles from './owners-view.module.css'

interface OwnerInspectorProps {
  readonly title: string
  readonly stack: StackAnswer
  /** Why no stack names anybody, in words; empty when one does. */
  readonly missing: string
  readonly depthNote?: string
  /** What the row says, a line each. */
  readonly facts: readonly string[]
}

/** The selected group or stack in the inspector: the whole stack, and what it stands for. */
export function OwnerInspector({ title, stack, missing, depthNote = '', facts }: OwnerInspectorProps): ReactNode {
  const [, setView] = useView()
  return (
    <InspectorSection isFirst title={title} onClose={() => setView({ stack: undefined, ownerGroup: undefined })}>
      <div className="inspector-body">
        <ul className={styles.facts}>
          {facts.map((fact) => (
            <li key={fact}>{fact}</li>
          ))}
        </ul>
        {(stack.frames.length > 0 || missing !== '') && (
          <StackView
            title="allocation"
            frames={stack.frames.map(unmarked)}
            absent={missing === '' ? 'The file gives no stack here.' : `Not recorded: ${missing}.`}
          />
        )}
        {depthNote !== '' && <p>{depthNote}</p>}
      </div>
    </InspectorSection>
  )
}

/** The frame that allocated is no holder's. */
function unmarked(frame: FrameAnswer): FrameAnswer {
  return { ...frame, isHolder: false }
}
