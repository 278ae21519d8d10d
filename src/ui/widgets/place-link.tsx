import { type ReactNode } from 'react'
import { CellLink } from './cell-link.tsx'
import styles from './small-marks.module.css'

/** A line of a file. */
export interface Place {
  readonly file: number
  readonly fileName: string
  /** 1-based. */
  readonly line: number
}

interface PlaceLinkProps<P extends Place> {
  readonly place: P
  readonly onOpen?: (place: P) => void
  /** False in rows that are not the tab stop of their table. */
  readonly isTabStop?: boolean
}

/** `trace.txt:8127`: leads to the line, or only names it where nothing opens lines. */
export function PlaceLink<P extends Place>({ place, onOpen, isTabStop = true }: PlaceLinkProps<P>): ReactNode {
  const text = placeText(place)
  if (!onOpen)
    return (
      <span className={styles.data} data-place={text}>
        {text}
      </span>
    )
  const title = `Show line ${place.line} of ${place.fileName}`
  return <CellLink text={text} title={title} isTabStop={isTabStop} place={text} onOpen={() => onOpen(place)} />
}

/** How a place is written everywhere. */
export function placeText(place: Place): string {
  return `${place.fileName}:${place.line}`
}
