import { type KeyboardEvent, useState } from 'react'
import { focusRow } from './use-row-scroll.ts'

/** Which cell of the active row has the focus, and the keys that lead there. */
export interface CellKeys {
  /** Position of its column; absent while the row itself has the focus. */
  readonly active: number | undefined
  /** True when the key was for a cell. `canEnter`: arrow right leads from the row into its cells. */
  readonly onKeyDown: (event: KeyboardEvent, canEnter: boolean) => boolean
  /** The row has the focus again. */
  readonly leave: () => void
}

/** Arrow right goes into the cells of a row and on, arrow left back, from the first cell to the row; Esc goes to the row. */
export function useCellKeys(columns: number): CellKeys {
  const [cell, setCell] = useState<number>()
  const active = cell === undefined ? undefined : Math.min(cell, columns - 1)
  const onKeyDown = (event: KeyboardEvent, canEnter: boolean): boolean => {
    const next = cellAfterKey(event.key, active, columns, canEnter)
    if (next === 'same') return false
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('tr') : null
    if (!row) return false
    setCell(next)
    focusRow(row, next)
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  return { active, onKeyDown, leave: () => setCell(undefined) }
}

/** The cell that a key leads to, nothing for the row itself, `same` when it is no key of cells. */
export function cellAfterKey(
  key: string,
  cell: number | undefined,
  columns: number,
  canEnter: boolean,
): number | undefined | 'same' {
  if (cell === undefined) return key === 'ArrowRight' && canEnter && columns > 0 ? 0 : 'same'
  if (key === 'ArrowRight') return Math.min(cell + 1, columns - 1)
  if (key === 'ArrowLeft') return cell === 0 ? undefined : cell - 1
  return key === 'Escape' ? undefined : 'same'
}
