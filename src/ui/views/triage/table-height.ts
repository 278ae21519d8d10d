const ROW_PX = 24
/** Room for a horizontal scrollbar, so that it never hides the last row. */
const SCROLLBAR_PX = 16

/** Height in px of a table with its head and as many of its rows as there are, `most` before it scrolls. */
export function tableHeight(rows: number, most: number): number {
  return (Math.min(rows, most) + 1) * ROW_PX + SCROLLBAR_PX
}
