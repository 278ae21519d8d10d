import { type ReactNode } from 'react'
import { type PfnSpan } from '../../../base/pfn-spans.ts'
import { formatPfn } from '../../../base/pfn.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { thresholdNsOf } from '../../../state/view-state.ts'
import { InspectorSection } from '../../shell/inspector.tsx'
import { PlaceLink } from '../../widgets/place-link.tsx'
import { type MapOutline } from '../../../queries/map/map-outlines.ts'
import { spanWords } from './cell-words.ts'
import styles from './map-view.module.css'

interface MapInspectorProps {
  readonly cell: PfnSpan
  readonly outlines: readonly MapOutline[]
  readonly onZoom: (span: PfnSpan) => void
}

/** The selected cell: every fact, with the lines that say so, and where to go on. */
export function MapInspector({ cell, outlines, onZoom }: MapInspectorProps): ReactNode {
  const [view, setView] = useView()
  const state = useQuery('mapUnit', { ...cell, thresholdNs: thresholdNsOf(view) })
  const unit = shownOf(state)
  const around = outlines.filter(({ startPfn, endPfn }) => startPfn < cell.endPfn && endPfn > cell.startPfn)
  const openPfn = (pfn: number): void => setView({ view: 'pfn', pfn, lifetime: undefined })
  const pages = cell.endPfn - cell.startPfn
  return (
    <InspectorSection title={spanWords(cell)} onClose={() => setView({ mapCell: undefined })}>
      <div className={styles.inspector}>
        <p>
          {pages === 1 ? (
            <button type="button" className="link-button" onClick={() => openPfn(cell.startPfn)}>
              Timeline of {formatPfn(cell.startPfn)}
            </button>
          ) : (
            <button type="button" className="link-button" onClick={() => onZoom(cell)}>
              Show these pages
            </button>
          )}{' '}
          <button
            type="button"
            className="link-button"
            onClick={() => setView({ mapRange: [cell], isHeatOff: undefined })}
          >
            PFN × time of {pages === 1 ? 'it' : 'them'}
          </button>
        </p>
        {state.status === 'failed' && <p>{state.error.message}</p>}
        {unit && (
          <ul className={styles.list}>
            {unit.facts.map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
        )}
        {unit && unit.blockingPfns.length > 0 && (
          <p>
            Blocking pages:{' '}
            {unit.blockingPfns.map((pfn) => (
              <button key={pfn} type="button" className={`link-button ${styles.pfn}`} onClick={() => openPfn(pfn)}>
                {formatPfn(pfn)}
              </button>
            ))}
          </p>
        )}
        {unit && unit.places.length > 0 && (
          <ul className={styles.list} aria-label="Lines that say so">
            {unit.places.map(({ what, place }) => (
              <li key={what}>
                {what} <PlaceLink place={place} onOpen={(at) => setView({ event: formatPlace(at) })} />
              </li>
            ))}
          </ul>
        )}
        {around.length > 0 && (
          <ul className={styles.list} aria-label="Lies in">
            {around.slice(0, MOST_AROUND).map((outline) => (
              <li key={`${outline.label} ${outline.id ?? ''}`}>
                in {outline.label}
                {outline.time ? ` at ${outline.time.text}` : ''}, {outline.basis}{' '}
                {outline.place && (
                  <PlaceLink place={outline.place} onOpen={(at) => setView({ event: formatPlace(at) })} />
                )}
              </li>
            ))}
            {around.length > MOST_AROUND && <li>and {around.length - MOST_AROUND} more</li>}
          </ul>
        )}
      </div>
    </InspectorSection>
  )
}

const MOST_AROUND = 12
