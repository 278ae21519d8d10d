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
  /** Number that is pointed at, here or on the timeline. */
  readonly cited?: number
  /** A number is pointed at or focused, or no longer: with it numbers are buttons. */
  readonly onCite?: (number: number | undefined) => void
  /** A number is pressed. */
  readonly onOpen?: (fact: EvidenceFact<P>) => void
  /** One line a fact: its lines are only named. */
  readonly isCompact?: boolean
}

/** Numbered facts; the numbers are those that mark the timeline. Each cites its lines, and shows them as they are. */
export function EvidenceList<P extends Place>({
  label,
  facts,
  firstNumber = 1,
  onPlace,
  onTime,
  cited,
  onCite,
  onOpen,
  isCompact = false,
}: EvidenceListProps<P>): ReactNode {
  return (
    <ol className={onCite ? styles.badged : styles.list} start={firstNumber} aria-label={label}>
      {facts.map((fact, position) => (
        <li
          key={`${position} ${fact.text}`}
          className={isCompact ? styles.compact : styles.fact}
          data-cited={cited === firstNumber + position}
          onPointerEnter={() => onCite?.(firstNumber + position)}
          onPointerLeave={() => onCite?.(undefined)}
        >
          {onCite && <NumberButton number={firstNumber + position} onCite={onCite} onPress={() => onOpen?.(fact)} />}
          <div className={styles.told}>
            <span>{fact.text}</span>{' '}
            {fact.time && onTime && <TimeButton ns={fact.time.ns} text={fact.time.text} onTime={onTime} />}
            <ul className={styles.places}>
              {fact.places.map((place, at) => (
                <li key={`${placeText(place)} ${at}`} className={styles.place}>
                  <PlaceLink place={place} onOpen={onPlace} />
                  {!isCompact && fact.raw[at] && <code className={styles.raw}>{fact.raw[at].trimStart()}</code>}
                </li>
              ))}
            </ul>
          </div>
        </li>
      ))}
    </ol>
  )
}

interface NumberButtonProps {
  readonly number: number
  readonly onCite: (number: number | undefined) => void
  readonly onPress: () => void
}

/** The number of a fact: shows what it cites while it is pointed at or focused, and selects it when it is pressed. */
function NumberButton({ number, onCite, onPress }: NumberButtonProps): ReactNode {
  return (
    <button
      type="button"
      className={styles.number}
      title="Show what it cites"
      aria-label={`${number}: show what it cites`}
      onFocus={() => onCite(number)}
      onBlur={() => onCite(undefined)}
      onClick={onPress}
    >
      {number}
    </button>
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
