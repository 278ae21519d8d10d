import { type LinkTable } from '../link-table.ts'

/** What the memory map keeps in the link beside what all screens share. */
export const MAP_LINK = {} as const satisfies LinkTable
