import { type ReactNode } from 'react'
import { type PinnerAnswer } from '../../../queries/pinners.ts'
import { useView } from '../../../state/use-view.ts'
import { InspectorSection } from '../../shell/inspector.tsx'
import { ClassDot } from '../../widgets/class-dot.tsx'
import { StackSession } from '../../session/stack-session.tsx'
import { StackView } from '../../widgets/stack-view.tsx'
import { groupingWords } from './grouping-words.ts'
import styles from './pinners-view.module.css'

/** The selected stack or group in the inspector, and the way to its events. */
export function PinnerInspector({ pinner }: { readonly pinner: PinnerAnswer }): ReactNode {
  const [view, setView] = useView()
  return (
    <InspectorSection
      isFirst
      title={pinner.title || groupingWords(view.grouping).missing}
      onClose={() => setView({ stack: undefined, group: undefined })}
    >
      <div className="inspector-body">
        {pinner.classes.map((id) => (
          <p key={id}>
            <ClassDot class={id} hasLabel />
          </p>
        ))}
        {pinner.stack.hash === '' ? <GroupFacts pinner={pinner} /> : <StackFacts pinner={pinner} />}
      </div>
    </InspectorSection>
  )
}

function StackFacts({ pinner }: { readonly pinner: PinnerAnswer }): ReactNode {
  const [, setView] = useView()
  return (
    <>
      <StackSession hash={pinner.stack.hash} holder={pinner.holder} />
      <StackView frames={pinner.stack.frames} />
      <button
        type="button"
        className="link-button"
        onClick={() => setView({ view: 'events', stack: pinner.stack.hash, pfn: undefined, filter: '' })}
      >
        List the events with this stack
      </button>
    </>
  )
}

/** What a group of several stacks is made of. */
function GroupFacts({ pinner }: { readonly pinner: PinnerAnswer }): ReactNode {
  const [view, setView] = useView()
  const { group, stacks, tasks, topHolders, topTasks } = pinner
  return (
    <>
      <Shares
        title={`${stacks} ${stacks === 1 ? 'stack' : 'stacks'}${topHolders.length > 0 ? ', most holds in' : ''}`}
        shares={topHolders.map(({ holder, holds }) => ({ name: holder || 'no stack', holds }))}
      />
      {view.grouping !== 'task' && (
        <Shares
          title={`${tasks} ${tasks === 1 ? 'task' : 'tasks'}, most holds by`}
          shares={topTasks.map(({ comm, pid, holds }) => ({ name: `${comm}-${pid}`, holds }))}
        />
      )}
      {view.grouping === 'task' && group !== '' && (
        <button
          type="button"
          className="link-button"
          onClick={() => setView({ view: 'events', stack: undefined, pfn: undefined, filter: group })}
        >
          List the events of this task
        </button>
      )}
    </>
  )
}

interface SharesProps {
  readonly title: string
  readonly shares: readonly { readonly name: string; readonly holds: number }[]
}

function Shares({ title, shares }: SharesProps): ReactNode {
  return (
    <div>
      <h3>{title}</h3>
      <ul className={styles.shares}>
        {shares.map(({ name, holds }) => (
          <li key={name}>
            {name} ×{holds}
          </li>
        ))}
      </ul>
    </div>
  )
}
