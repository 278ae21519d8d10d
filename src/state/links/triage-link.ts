import { type LinkTable } from '../link-table.ts'

/** What the Triage screen keeps in the link beside what all screens share. */
export const TRIAGE_LINK = {} as const satisfies LinkTable
