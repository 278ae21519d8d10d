import { type RefCallback, useEffect, useState } from 'react'

/** How a table lies in the box that scrolls it. */
export interface TableFit {
  /** Columns go on beyond the box: nothing may lie over the headings, each of which comes to its end by scrolling. */
  readonly isWide: boolean
  /** Width of the bar that scrolls rows, px; 0 where it takes no room. */
  readonly barPx: number
}

const FITTING: TableFit = { isWide: false, barPx: 0 }

/** Follows how a table lies in its box, as both change. */
export function useTableFit(): TableFit & {
  readonly setFitBox: RefCallback<HTMLElement>
  readonly setFitTable: RefCallback<HTMLElement>
} {
  const [box, setBox] = useState<HTMLElement | null>(null)
  const [table, setTable] = useState<HTMLElement | null>(null)
  const [fit, setFit] = useState(FITTING)
  useEffect(() => {
    if (!box || !table || typeof ResizeObserver === 'undefined') return undefined
    const measure = (): void => {
      const isWide = box.scrollWidth > box.clientWidth + 1
      const barPx = box.offsetWidth - box.clientWidth
      setFit((last) => (last.isWide === isWide && last.barPx === barPx ? last : { isWide, barPx }))
    }
    const observer = new ResizeObserver(measure)
    observer.observe(box)
    observer.observe(table)
    return () => observer.disconnect()
  }, [box, table])
  return { ...fit, setFitBox: setBox, setFitTable: setTable }
}
