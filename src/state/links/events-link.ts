import { type LinkTable } from '../link-table.ts'

/** What the Events screen keeps in the link beside what all screens share. */
export const EVENTS_LINK = {} as const satisfies LinkTable
