import { type LinkTable } from '../link-table.ts'

/** What the PFN screen keeps in the link beside what all screens share. */
export const TIMELINE_LINK = {} as const satisfies LinkTable
