import { type ReactNode } from 'react'
import { type PfnSpan } from '../../../base/pfn-spans.ts'
import { type MapCellsAnswer } from '../../../queries/map/map-cells.ts'
import { shownOf, useQuery } from '../../../state/use-query.ts'
import { useView } from '../../../state/use-view.ts'
import { thresholdNsOf } from '../../../state/view-state.ts'
import { spanWords, valueWords } from './cell-words.ts'
import styles from './map-view.module.css'

interface MapFactsProps {
  readonly id: string
  readonly cell: PfnSpan | undefined
  readonly answer: MapCellsAnswer | undefined
  /** What the cursor crosses of what is drawn around. */
  readonly within: readonly string[]
}

/** What the pointer or the keyboard is on, in a place that does not move: pages, colour, and all that files tell. */
export function MapFacts({ id, cell, answer, within }: MapFactsProps): ReactNode {
  const [view] = useView()
  const state = useQuery('mapUnit', cell && { ...cell, thresholdNs: thresholdNsOf(view) })
  const unit = shownOf(state)
  const isOwn = unit?.startPfn === cell?.startPfn && unit?.endPfn === cell?.endPfn
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long facts scroll in their two lines, also by key
    <output id={id} className={styles.facts} tabIndex={0} data-picture="none">
      {cell === undefined ? (
        <span className={styles.dim}>
          Point at a cell, or press f and arrows: pages, pageblock type, allocations, holds, excess and failures stand
          here.
        </span>
      ) : (
        <>
          <b>{spanWords(cell)}</b>
          {[valueWords(answer, cell), ...(unit && isOwn ? unit.facts : []), ...within]
            .filter((fact, at, all) => fact !== '' && all.indexOf(fact) === at)
            .map((fact) => (
              <span key={fact}> · {fact}</span>
            ))}
        </>
      )}
    </output>
  )
}
