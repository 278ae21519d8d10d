import { type LinkTable } from '../link-table.ts'

/** What the Pinners screen's flame graph keeps in the link beside what all screens share. */
export const FLAME_LINK = {} as const satisfies LinkTable
