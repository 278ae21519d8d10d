import { type LinkTable } from '../link-table.ts'

/** What the Owners screen keeps in the link beside what all screens share. */
export const OWNERS_LINK = {} as const satisfies LinkTable
