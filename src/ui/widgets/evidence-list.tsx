import { type ReactNode } from 'react'
import styles from './evidence-list.module.css'
import { type Place, PlaceLink, placeText } from './place-link.tsx'

/** A fact with the lines that prove it. */
export interface EvidenceFact<P extends Place> {
  readonly text: string
  readonly places: readonly P[]
  /** Raw text of each place, in the same order. */
  readonly raw: readonly string[]
  readonly time?: { readonly ns: number; readonly text: string }
}

interface EvidenceListProps<P extends Place> {
  readonly label: string
  readonly facts: readonly EvidenceFact<P>[]
  /** Number of the first fact, so that lists of one view go on counting. */
  readonly firstNumber?: number
  readonly onPlace?: (place: P) => void
  /** Shows a fact's moment on the timeline. */
  readonly onTime?: (ns: number) => void
}

/** Numbered facts; the numbers are those that mark the timeline. Each cites its lines, and shows them as they are. */
export function EvidenceList<P extends Place>({
  label,
  facts,
  firstNumber = 1,
  onPlace,
  onTime,
}: EvidenceListProps<P>): ReactNode {
  return (
    <ol className={styles.list} start={firstNumber} aria-label={label}>
      {facts.map((fact, position) => (
        <li key={`${position} ${fact.text}`} className={styles.fact}>
          <span className={styles.text}>{fact.text}</span>{' '}
          {fact.time && onTime && <TimeButton ns={fact.time.ns} text={fact.time.text} onTime={onTime} />}
          <ul className={styles.places}>
            {fact.places.map((place, at) => (
              <li key={`${placeText(place)} ${at}`} className={styles.place}>
                <PlaceLink place={place} onOpen={onPlace} />
                {fact.raw[at] && <code className={styles.raw}>{fact.raw[at].trimStart()}</code>}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  )
}

interface TimeButtonProps {
  readonly ns: number
  readonly text: string
  readonly onTime: (ns: number) => void
}

function TimeButton({ ns, text, onTime }: TimeButtonProps): ReactNode {
  return (
    <button type="button" className={styles.time} title="Show on the timeline" onClick={() => onTime(ns)}>
      {text}
    </button>
  )
}
