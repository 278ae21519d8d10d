import { type LinkTable } from '../link-table.ts'

/** What the Compare screen keeps in the link beside what all screens share. */
export const COMPARE_LINK = {} as const satisfies LinkTable
