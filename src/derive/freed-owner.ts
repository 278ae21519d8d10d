import { type OwnerTable } from '../model/owner-table.ts'

/**
 * True for a record of a page that was freed after it was allocated. Kernels 5.13 to 6.6 print free_ts, the end of the
 * life before, which a migrated page has in common with its ts (mm/page_owner.c __folio_copy_owner()); only one later
 * than ts ends the life that the record tells.
 */
export function isFreedOwner(owners: OwnerTable, row: number): boolean {
  return owners.ts[row] >= 0 && owners.freeTs[row] > owners.ts[row]
}
