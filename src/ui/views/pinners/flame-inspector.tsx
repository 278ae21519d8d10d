import { type ReactNode, useState } from 'react'
import { counted } from '../../../base/counted.ts'
import { type FlameFrameFacts } from '../../../queries/flame/flame-frame.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { shownOf, useAskAhead, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { type ViewState } from '../../../state/view-state.ts'
import { InspectorSection } from '../../shell/inspector.tsx'
import { ClassDot } from '../../widgets/class-dot.tsx'
import { DataTable } from '../../widgets/data-table.tsx'
import { type RowWindow, FIRST_WINDOW } from '../../widgets/row-window.ts'
import { StackView } from '../../widgets/stack-view.tsx'
import { flameChoiceOf } from './flame-question.ts'
import { holdColumns } from './hold-columns.tsx'
import styles from './flame-view.module.css'
import { idOfHold, pageOfHold } from './pinner-holds.tsx'

interface FlameInspectorProps {
  readonly frameId: string
  /** With the threshold that is looked at. */
  readonly view: ViewState
}

/** The selected frame in the inspector: what is held beyond it, its callers, its holds with their lines. */
export function FlameInspector({ frameId, view }: FlameInspectorProps): ReactNode {
  const [, setView] = useView()
  const askAhead = useAskAhead()
  const [asked, setAsked] = useState<{ readonly of: string; readonly window: RowWindow }>()
  const window = asked?.of === frameId ? asked.window : FIRST_WINDOW
  const base = { ...flameChoiceOf(view), frame: frameId }
  const state = useQuery('flameFrame', { ...base, ...window })
  const facts = shownOf(state)?.frame
  return (
    <InspectorSection
      isFirst
      title={facts?.name ?? (state.status === 'pending' ? 'looking…' : 'No such frame')}
      onClose={() => setView({ flameFrame: undefined }, { replace: true })}
    >
      {facts ? (
        <div className="inspector-body" aria-busy={state.status === 'pending'}>
          <FrameFacts facts={facts} />
          <FrameHolds
            facts={facts}
            onWindow={(next) => setAsked({ of: frameId, window: next })}
            allRows={async (limit) => (await askAhead('flameFrame', { ...base, offset: 0, limit }))?.frame?.rows}
          />
          <FrameStack facts={facts} />
        </div>
      ) : (
        state.status !== 'pending' && (
          <p className="inspector-body">
            {state.status === 'failed'
              ? state.error.message
              : 'The frame is in none of these stacks: the filter, the threshold or the noise rules leave them out.'}
          </p>
        )
      )}
    </InspectorSection>
  )
}

function FrameFacts({ facts }: { readonly facts: FlameFrameFacts }): ReactNode {
  const rows: readonly (readonly [string, string])[] = [
    ['holds', `${facts.holds}, ${facts.open} of them open`],
    ['stacks end here', counted(facts.selfHolds, 'hold')],
    ['held', `${facts.totalText} in all, longest ${facts.longestText}`],
    ['different PFNs', String(facts.pages)],
    ['ranges blocked', String(facts.ranges)],
    ['stacks', String(facts.stacks)],
  ]
  return (
    <>
      {facts.classes.map((id) => (
        <p key={id}>
          <ClassDot class={id} hasLabel />
        </p>
      ))}
      <dl className={styles.facts}>
        {rows.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

/** One stack in full; of several the frames that they share, and who they are. */
function FrameStack({ facts }: { readonly facts: FlameFrameFacts }): ReactNode {
  const [, setView] = useView()
  if (facts.stack) {
    const { hash, frames } = facts.stack
    return (
      <>
        <StackView frames={frames} />
        <button
          type="button"
          className="link-button"
          onClick={() => setView({ view: 'events', stack: hash, pfn: undefined, filter: '' })}
        >
          List the events with this stack
        </button>
      </>
    )
  }
  return (
    <>
      <h3>{facts.holders.length < facts.stacks ? `Of its ${facts.stacks} stacks, most holds in` : 'Its stacks'}</h3>
      <ul className={styles.holders}>
        {facts.holders.map(({ holder, hash, holds }) => (
          <li key={hash}>
            <button
              type="button"
              className="link-button"
              onClick={() => setView({ stack: hash, flameFrame: undefined })}
            >
              {holder || 'no stack'}
            </button>{' '}
            ×{holds}
          </li>
        ))}
      </ul>
      <StackView
        title="path to the root"
        frames={facts.path.map((text) => ({ text, isInstrumentation: false, isHolder: false }))}
      />
    </>
  )
}

const ROW_PX = 24
const MOST_ROWS = 8

interface FrameHoldsProps {
  readonly facts: FlameFrameFacts
  readonly onWindow: (window: RowWindow) => void
  readonly allRows: (most: number) => Promise<FlameFrameFacts['rows'] | undefined>
}

function FrameHolds({ facts, onWindow, allRows }: FrameHoldsProps): ReactNode {
  const [, setView] = useView()
  const columns = holdColumns({
    onPlace: (place) => setView({ event: formatPlace(place) }),
    onHold: (hold) => setView({ view: 'pfn', ...pageOfHold(hold) }),
  })
  return (
    <div style={{ height: (Math.min(MOST_ROWS, Math.max(1, facts.total)) + 1) * ROW_PX + 16 }}>
      <DataTable
        label={`Holds with ${facts.name} in their stack, longest first`}
        columns={columns}
        rows={facts.rows}
        offset={facts.offset}
        total={facts.total}
        rowKey={idOfHold}
        onActivate={(hold) => setView({ view: 'pfn', ...pageOfHold(hold) })}
        onWindow={onWindow}
        allRows={allRows}
        empty="No hold of it counts: it is drawn because it blocked a range."
      />
    </div>
  )
}
