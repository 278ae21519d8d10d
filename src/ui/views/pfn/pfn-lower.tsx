import { type ReactNode } from 'react'
import { type BlockingPageAnswer, type EvidenceAnswer, type PlaceAnswer } from '../../../queries/wire.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useView } from '../../../state/use-view.ts'
import { PageEvidence } from '../../timeline/page-evidence.tsx'
import { Later } from '../../widgets/later.tsx'
import { type TimeWindow } from '../../widgets/time-window.ts'
import { PfnEvents } from './pfn-events.tsx'
import styles from './pfn-view.module.css'

interface PfnLowerProps {
  readonly pfn: number
  readonly window: TimeWindow
  readonly hoverNs: number | undefined
  /** The page as the finding has it; absent where it blocked nothing. */
  readonly page: BlockingPageAnswer | undefined
  readonly citedPlaces: readonly PlaceAnswer[] | undefined
  readonly onHover: (ns: number | undefined) => void
  readonly onOpen: (fact: EvidenceAnswer) => void
}

/** The facts that say who held the page, and its events: side by side where there is room. */
export function PfnLower(props: PfnLowerProps): ReactNode {
  const { pfn, window, hoverNs, page, citedPlaces, onHover, onOpen } = props
  const [, setView] = useView()
  return (
    <div className={styles.lower} data-has-evidence={page !== undefined}>
      {page && (
        <PageEvidence
          page={page}
          onOpen={onOpen}
          onPlace={(place) => setView({ event: formatPlace(place) }, { replace: true })}
        />
      )}
      <div className={styles.events}>
        <Later key={pfn}>
          <PfnEvents pfn={pfn} window={window} hoverNs={hoverNs} citedPlaces={citedPlaces} onHover={onHover} />
        </Later>
      </div>
    </div>
  )
}
