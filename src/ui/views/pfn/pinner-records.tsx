import { type ReactNode, useState } from 'react'
import { formatPfn } from '../../../base/pfn.ts'
import { type PageFactsAnswer, type PinnerRecordAnswer } from '../../../queries/page-facts.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useView } from '../../../state/use-view.ts'
import { InspectorSection } from '../../shell/inspector.tsx'
import { PlaceLink } from '../../widgets/place-link.tsx'
import { StackView } from '../../widgets/stack-view.tsx'
import styles from './pfn-view.module.css'

const KIND_WORDS: Readonly<Record<PinnerRecordAnswer['kind'], string>> = {
  get: 'taken and held for long',
  put: 'put after it was found in the way',
  freed: 'freed',
  failed: 'found in the way',
}

/** What Android's page_pinner recorded of the page, newest first: said with its own clock, its durations as lower bounds. */
export function PinnerRecords({ facts }: { readonly facts: PageFactsAnswer }): ReactNode {
  if (facts.pinners.length === 0 && facts.pinnerNotes.length === 0) return undefined
  return (
    <ul className={styles.failures} aria-label="What page_pinner recorded of the page">
      {facts.pinners.map((record) => (
        <PinnerRecord key={formatPlace(record.place)} record={record} pfn={facts.pfn} />
      ))}
      {facts.pinnerNotes.map((note) => (
        <li key={note} className={`${styles.fact} ${styles.dim}`}>
          {facts.pinners.length === 0 ? `page_pinner has no record of this page: ${note}` : note}
        </li>
      ))}
    </ul>
  )
}

function PinnerRecord({ record, pfn }: { readonly record: PinnerRecordAnswer; readonly pfn: number }): ReactNode {
  const [, setView] = useView()
  const [isShown, setIsShown] = useState(false)
  return (
    <li className={styles.fact}>
      page_pinner: {record.pfn !== pfn && `${formatPfn(record.pfn)} of the same folio `}
      {KIND_WORDS[record.kind]}
      {record.holder !== '' && ` in ${record.holder}`}
      {record.notRecorded !== '' && `, stack not recorded: ${record.notRecorded}`}
      {record.durationText !== '' && `, held ${record.durationText}`}
      {record.timeText !== '' && ` at ${record.timeText}`}
      {record.countText !== '' && `, ${record.countText}`}
      {record.timeText !== '' && <span className={styles.dim}> CLOCK_BOOTTIME, not the clock of the trace </span>}{' '}
      {record.stack.frames.length > 0 && (
        <button type="button" className="link-button" aria-expanded={isShown} onClick={() => setIsShown(!isShown)}>
          stack
        </button>
      )}{' '}
      <PlaceLink place={record.place} onOpen={(place) => setView({ event: formatPlace(place) })} />
      {isShown && record.depthNote !== '' && <span className={styles.dim}> {record.depthNote}</span>}
      {isShown && (
        <InspectorSection isFirst title={`page_pinner: ${KIND_WORDS[record.kind]}`} onClose={() => setIsShown(false)}>
          <div className="inspector-body">
            <StackView frames={record.stack.frames} title="page_pinner record" />
          </div>
        </InspectorSection>
      )}
    </li>
  )
}
