import { assertUnreachable } from '../../base/assert.ts'

/** One frame as it is drawn; x and width in px of the laid-out width, `depth` in rows. */
export interface FlameBox {
  readonly id: string
  readonly name: string
  /** Position of the neighbour towards the root; -1 for the outermost. */
  readonly parent: number
  readonly depth: number
  readonly x: number
  readonly width: number
  /** What its area stands for, in words. */
  readonly text: string
  /** CSS variable of its colour, `--class-driver`; empty for frames of several classes. */
  readonly color: string
  readonly glyph: string
  readonly isMatch: boolean
  readonly isCollapsed: boolean
  readonly rest?: { readonly frames: number; readonly x: number; readonly width: number }
}

/** Keys that lead from frame to frame. */
export type FlameMove = 'root' | 'leaf' | 'before' | 'after' | 'first' | 'last'

/**
 * Where a key leads from a box: towards the root, to the widest neighbour beyond, to the one beside it (a cousin in the
 * same row when it has no sibling), to the first or last in its row. The box itself when there is none.
 */
export function boxAfter(boxes: readonly FlameBox[], at: number, move: FlameMove): number {
  const box = boxes[at]
  if (box === undefined) return 0
  const inRow = (): readonly number[] => boxes.flatMap(({ depth }, index) => (depth === box.depth ? [index] : []))
  switch (move) {
    case 'root':
      return box.parent < 0 ? at : box.parent
    case 'leaf':
      // Depth first, the widest child first.
      return boxes[at + 1]?.parent === at ? at + 1 : at
    case 'before':
      return inRow().findLast((index) => index < at) ?? at
    case 'after':
      return inRow().find((index) => index > at) ?? at
    case 'first':
      return inRow()[0] ?? at
    case 'last':
      return inRow().at(-1) ?? at
    default:
      return assertUnreachable(move)
  }
}

/** The next or previous box that a search marked, around the end; -1 when there is none. */
export function matchAfter(boxes: readonly FlameBox[], at: number, step: 1 | -1): number {
  const count = boxes.length
  for (let distance = 1; distance <= count; distance++) {
    const index = (((at + step * distance) % count) + count) % count
    if (boxes[index].isMatch) return index
  }
  return -1
}

/** The box at a place; -1 when there is none. */
export function boxAt(boxes: readonly FlameBox[], x: number, depth: number): number {
  return boxes.findIndex((box) => box.depth === depth && x >= box.x && x < box.x + box.width)
}

/** What of a label fits a width: all of it, the name, the glyph, or nothing. A symbol is never cut. */
export function labelThatFits(
  { glyph, name, text, isCollapsed }: Pick<FlameBox, 'glyph' | 'name' | 'text' | 'isCollapsed'>,
  widthPx: number,
  charPx: number,
): string {
  const mark = isCollapsed ? '+' : ''
  const short = `${glyph} ${name}${mark}`
  const fits = (label: string): boolean => label.length * charPx <= widthPx - 8
  return [`${short}  ${text}`, short, glyph].find(fits) ?? ''
}
