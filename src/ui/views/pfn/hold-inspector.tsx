import { type ReactNode } from 'react'
import { type HoldAnswer } from '../../../queries/wire.ts'
import { formatPfn } from '../../../base/pfn.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { taskText } from '../../events/event-columns.tsx'
import { InspectorSection } from '../../shell/inspector.tsx'
import { ClassDot } from '../../widgets/class-dot.tsx'
import { PlaceLink } from '../../widgets/place-link.tsx'
import { StackView } from '../../widgets/stack-view.tsx'
import { endWords, unitWords } from '../../timeline/hold-bar-of.ts'

interface HoldInspectorProps {
  readonly hold: HoldAnswer
  readonly onClose: () => void
  /** Other pages are to be drawn under this one. */
  readonly onCompare: (pfns: readonly number[]) => void
}

/** The selected hold: what it is, when, by whom, the lines of its get and put, and its stack. */
export function HoldInspector({ hold, onClose, onCompare }: HoldInspectorProps): ReactNode {
  const [, setView] = useView()
  const show = (place: Parameters<typeof formatPlace>[0]) => setView({ event: formatPlace(place) }, { replace: true })
  return (
    <InspectorSection isFirst title={`Hold of ${hold.durationText}`} onClose={onClose}>
      <div className="inspector-body">
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
        {hold.stack.hash !== '' && <OtherPages hold={hold} onCompare={onCompare} />}
      </div>
    </InspectorSection>
  )
}

/** Longest holds of the stack that are looked through for other pages. */
const MOST_HOLDS = 50
const MOST_PAGES = 7

/** Pages that the same stack holds, to be compared: those it held longest. */
function OtherPages({ hold, onCompare }: Pick<HoldInspectorProps, 'hold' | 'onCompare'>): ReactNode {
  const question = {
    stackHash: hold.stack.hash,
    thresholdNs: 0,
    includeExpected: true,
    shownRules: [],
    filter: '',
    offset: 0,
  }
  const answer = shownOf(useQuery('pinnerHolds', { ...question, limit: MOST_HOLDS }))
  const pfns = [...new Set((answer?.rows ?? []).map(({ pfn }) => pfn))].filter((pfn) => pfn !== hold.pfn)
  if (pfns.length === 0) return undefined
  const shown = pfns.slice(0, MOST_PAGES)
  return (
    <p>
      other pages of this stack:{' '}
      {shown.map((pfn) => (
        <button
          key={pfn}
          type="button"
          className="link-button data"
          aria-label={`Compare with ${formatPfn(pfn)}`}
          onClick={() => onCompare([pfn])}
        >
          {formatPfn(pfn)}{' '}
        </button>
      ))}
      <button type="button" className="link-button" onClick={() => onCompare(shown)}>
        compare {shown.length === 1 ? 'with it' : `with these ${shown.length}`}
      </button>
    </p>
  )
}
