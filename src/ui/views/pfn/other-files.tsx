import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import { counted } from '../../../base/counted.ts'
import { type PageFactsAnswer } from '../../../queries/page-facts.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useView } from '../../../state/use-view.ts'
import { EvidenceList } from '../../widgets/evidence-list.tsx'
import { DumpLine, OwnerLine } from './owner-line.tsx'
import { PageDumps } from './page-dumps.tsx'
import { PinnerRecords } from './pinner-records.tsx'
import styles from './pfn-view.module.css'

/** Screens with room for the facts above chart, holds and events. */
const ROOMY = '(min-width: 1101px) and (min-height: 1001px)'

/**
 * What files beside the trace say of the page, and the rest of its page_owner records: closed where it would push the
 * chart and its events apart, with the number of facts of each kind always in sight.
 */
export function OtherFiles({ facts }: { readonly facts: PageFactsAnswer }): ReactNode {
  const [, setView] = useView()
  const isRoomy = useMediaQuery(ROOMY, false, { getInitialValueInEffect: false })
  const [isOpen, setIsOpen] = useState(isRoomy)
  const told = kindsTold(facts)
  if (told.length === 0) return undefined
  return (
    <details className={styles.more} open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>other files on this page: {told.join(' · ')}</summary>
      <div className={styles.told}>
        {facts.owners.slice(1).map((owner) => (
          <OwnerLine key={formatPlace(owner.place)} owner={owner} />
        ))}
        {facts.dumps.map((dump) => (
          <DumpLine key={formatPlace(dump.place)} dump={dump} pfn={facts.pfn} />
        ))}
        <PageDumps facts={facts} />
        <PinnerRecords facts={facts} />
        {facts.notes.length > 0 && (
          <EvidenceList
            label="Kernel log"
            facts={facts.notes}
            onPlace={(place) => setView({ event: formatPlace(place) })}
          />
        )}
      </div>
    </details>
  )
}

/** `2 dump_page blocks`, `3 page_pinner records`, …: only what there is. */
function kindsTold({ owners, dumps, states, whereabouts, pinners, pinnerNotes, notes }: PageFactsAnswer): string[] {
  const kinds: readonly [number, string][] = [
    [owners.length - 1, 'more page_owner record'],
    [dumps.length, 'dump_page block'],
    [states.length, 'page state'],
    [whereabouts.length, 'memory fact'],
    [pinners.length, 'page_pinner record'],
    [pinners.length === 0 ? pinnerNotes.length : 0, 'page_pinner note'],
    [notes.length, 'kernel log line'],
  ]
  return kinds.filter(([count]) => count > 0).map(([count, word]) => counted(count, word))
}
