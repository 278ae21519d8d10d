import { type ReactNode } from 'react'
import { type HoldAnswer } from '../../../queries/wire.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useView } from '../../../state/use-view.ts'
import { taskText } from '../../events/event-columns.tsx'
import { InspectorSection } from '../../shell/inspector.tsx'
import { ClassDot } from '../../widgets/class-dot.tsx'
import { PlaceLink } from '../../widgets/place-link.tsx'
import { StackView } from '../../widgets/stack-view.tsx'
import { endWords, unitWords } from '../../timeline/hold-bar-of.ts'
import styles from './pfn-view.module.css'

interface HoldInspectorProps {
  readonly hold: HoldAnswer
  readonly onClose: () => void
}

/** The selected hold: what it is, when, by whom, the lines of its get and put, and its stack. */
export function HoldInspector({ hold, onClose }: HoldInspectorProps): ReactNode {
  const [, setView] = useView()
  const show = (place: Parameters<typeof formatPlace>[0]) => setView({ event: formatPlace(place) }, { replace: true })
  return (
    <InspectorSection isFirst title={`Hold of ${hold.durationText}`} onClose={onClose}>
      <div className={styles.inspected}>
        <p>
          <ClassDot class={hold.class} hasLabel />, {unitWords(hold)},{' '}
          <span className="data">{taskText(hold.task)}</span>
        </p>
        <p>{endWords(hold)}</p>
        <p>
          {hold.getPlace && (
            <>
              get <PlaceLink place={hold.getPlace} onOpen={show} />{' '}
            </>
          )}
          {hold.putPlace && (
            <>
              put <PlaceLink place={hold.putPlace} onOpen={show} />
              {hold.putTask && <span className="data"> by {taskText(hold.putTask)}</span>}
            </>
          )}
        </p>
        {hold.knownPair && (
          <p>
            known pair <span className="data">{hold.knownPair.id}</span>: {hold.knownPair.reason}
          </p>
        )}
        {hold.taskExit && (
          <p>
            {hold.taskExit.isGone ? 'Its task is gone: it exited' : 'Its thread exited'} at{' '}
            <span className="data">{hold.taskExit.time.text}</span>{' '}
            <PlaceLink place={hold.taskExit.place} onOpen={show} />
          </p>
        )}
        <StackView frames={hold.stack.frames} title={hold.from ? 'get' : 'put'} />
        {hold.stack.hash !== '' && (
          <button
            type="button"
            className="link-button"
            onClick={() => setView({ view: 'pinners', stack: hold.stack.hash, filter: '' })}
          >
            List all holds with this stack
          </button>
        )}
      </div>
    </InspectorSection>
  )
}
