import { type ReactNode } from 'react'
import { formatPfn, formatPfnRange } from '../../../base/pfn.ts'
import { type PfnSpan } from '../../../base/pfn-spans.ts'
import { type MapSpaceAnswer } from '../../../queries/map/map-space.ts'
import { formatPlace } from '../../../state/place-in-link.ts'
import { useView } from '../../../state/use-view.ts'
import { PlaceLink } from '../../widgets/place-link.tsx'
import { type MapLayout } from '../../widgets/pfn-map-layout.ts'
import styles from './map-view.module.css'

interface MapCrumbsProps {
  readonly space: MapSpaceAnswer
  readonly layout: MapLayout
  readonly window: PfnSpan | undefined
  readonly cell: PfnSpan | undefined
  readonly onWindow: (window: PfnSpan | undefined) => void
}

/** From all of memory to the page, and what a cell and a row stand for. */
export function MapCrumbs({ space, layout, window, cell, onWindow }: MapCrumbsProps): ReactNode {
  const [, setView] = useView()
  const blockPages = 2 ** space.blockOrder
  const focus = cell ?? (window && window.endPfn - window.startPfn <= blockPages ? window : undefined)
  const number = focus && Math.floor(focus.startPfn / blockPages)
  const isInBlock = focus !== undefined && number !== undefined && focus.endPfn <= (number + 1) * blockPages
  const block = isInBlock ? { startPfn: number * blockPages, endPfn: (number + 1) * blockPages } : undefined
  const { cellPages, rowPages } = layout.grid
  return (
    <nav className={styles.crumbs} aria-label="Where in memory">
      <ol>
        <li aria-current={window ? undefined : 'true'}>
          <button type="button" className="link-button" onClick={() => onWindow(undefined)}>
            all of memory
          </button>
        </li>
        {window && (
          <li>{formatPfnRange(window.startPfn, Math.max(window.startPfn + 1, layout.rows.at(-1)?.endPfn ?? 0))}</li>
        )}
        {block && (
          <li>
            <button type="button" className="link-button" onClick={() => onWindow(block)}>
              pageblock {number} {formatPfnRange(block.startPfn, block.endPfn)}
            </button>
          </li>
        )}
        {cell && cell.endPfn === cell.startPfn + 1 && <li aria-current="true">page {formatPfn(cell.startPfn)}</li>}
      </ol>
      <span>
        a cell is {pagesWords(cellPages, blockPages)}, a row {pagesWords(rowPages, blockPages)}
      </span>
      <span>
        {space.blockBasis}{' '}
        {space.blockPlace && (
          <PlaceLink place={space.blockPlace} onOpen={(place) => setView({ event: formatPlace(place) })} />
        )}
      </span>
      <span>{space.memoryBlockBasis}</span>
      {space.outlinesLeftOff > 0 && <span>{space.outlinesLeftOff} more failed ranges are not outlined</span>}
    </nav>
  )
}

function pagesWords(pages: number, blockPages: number): string {
  if (pages === 1) return '1 page'
  const blocks = pages / blockPages
  if (!Number.isInteger(blocks)) return `${pages} pages`
  return `${blocks} pageblock${blocks === 1 ? '' : 's'}`
}
