/** Room for a horizontal scrollbar, so that it never hides the last row. */
const SCROLLBAR_PX = 16

/** CSS height of a table with its head and as many of its rows as there are, `most` before it scrolls; rows are as high as chosen. */
export function tableHeight(rows: number, most: number): string {
  return `calc(${Math.min(rows, most) + 1} * var(--row) + ${SCROLLBAR_PX}px)`
}
