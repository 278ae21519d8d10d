import { type ReactNode } from 'react'
import { counted } from '../../../base/counted.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useCapture } from '../../../state/use-trace.ts'
import { useView } from '../../../state/use-view.ts'
import { PlaceLink } from '../../widgets/place-link.tsx'
import styles from './triage-view.module.css'

/** Events that end an attempt and cannot be understood: a failed range that they hide would be missed here. */
export function UnreadEnds(): ReactNode {
  const ends = useCapture()?.overview.unreadEnds
  const [, setView] = useView()
  if (ends === undefined) return null
  const isOne = ends.count === 1
  return (
    <p className={styles.unread}>
      <b>
        {counted(ends.count, 'event')} {isOne ? 'ends an attempt' : 'end attempts'} and cannot be understood
      </b>
      , so a failed range may be missing: {isOne ? '' : 'the first is '}
      <code className="data">{ends.event}</code>{' '}
      <PlaceLink place={ends.place} onOpen={(at) => setView({ event: formatPlace(at) })} />
    </p>
  )
}
