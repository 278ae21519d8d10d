import { text } from '../link-parameter.ts'
import { entry, type LinkTable } from '../link-table.ts'

/**
 * The lines that prove what a link is about, packed: a link with them opens without the file. What is wrong with them is said when
 * they are opened, so that any text is kept.
 */
export const SLICE_LINK = { slice: entry('slice', text) } as const satisfies LinkTable
