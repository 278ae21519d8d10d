import { type PointerEvent, type PointerEventHandler, useState } from 'react'

/** From where to where a pointer was drawn; both the same as it is pressed. */
export interface CellDrag<Cell> {
  readonly from: Cell
  readonly to: Cell
}

interface CellDragUse<Cell> {
  /** What lies under a place of the drawing, in CSS pixels from its corner. */
  readonly cellAt: (x: number, y: number) => Cell | undefined
  readonly isSame: (one: Cell, other: Cell) => boolean
  readonly onHover: (cell: Cell | undefined) => void
  /** The pointer was let go; a click is a drag that led nowhere. */
  readonly onDrop: (drag: CellDrag<Cell>, isShift: boolean) => void
}

interface CellDragState<Cell> {
  /** Under the pointer. */
  readonly hovered: Cell | undefined
  readonly drag: CellDrag<Cell> | undefined
  /** For the element that takes the pointer, which gets the focus when it is pressed. */
  readonly handlers: Readonly<
    Record<
      'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel' | 'onPointerLeave',
      PointerEventHandler<HTMLElement>
    >
  >
}

/** A drawing of cells that are pointed at, clicked and dragged over. */
export function useCellDrag<Cell>({ cellAt, isSame, onHover, onDrop }: CellDragUse<Cell>): CellDragState<Cell> {
  const [hovered, setHovered] = useState<Cell>()
  const [drag, setDrag] = useState<CellDrag<Cell>>()
  const cellUnder = (event: PointerEvent<HTMLElement>): Cell | undefined => {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return cellAt(event.clientX - left, event.clientY - top)
  }
  const hover = (cell: Cell | undefined): void => {
    setHovered(cell)
    onHover(cell)
  }
  return {
    hovered,
    drag,
    handlers: {
      onPointerDown: (event) => {
        const cell = cellUnder(event)
        event.currentTarget.focus({ preventScroll: true })
        if (event.button !== 0 || cell === undefined) return
        setDrag({ from: cell, to: cell })
        event.currentTarget.setPointerCapture(event.pointerId)
      },
      onPointerMove: (event) => {
        const cell = cellUnder(event)
        if (cell === undefined ? hovered === undefined : hovered !== undefined && isSame(cell, hovered)) return
        hover(cell)
        if (drag && cell !== undefined) setDrag({ from: drag.from, to: cell })
      },
      onPointerUp: (event) => {
        setDrag(undefined)
        if (drag) onDrop(drag, event.shiftKey)
      },
      onPointerCancel: () => setDrag(undefined),
      onPointerLeave: () => hover(undefined),
    },
  }
}
