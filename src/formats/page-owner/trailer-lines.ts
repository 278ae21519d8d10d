import { type StringInterner } from '../../model/string-table.ts'
import { type ByteCursor } from '../byte-cursor.ts'
import { type ReadRecord, takeRest } from './record-lines.ts'

/** Why lines about slabs and memory cgroups are skipped. */
export const OF_MEMCG = 'slab or memcg line'

/**
 * Reads a line below the PFN line that is no frame into its record: the reason of the last migration, or the handle of
 * the stack (mm/page_owner.c print_page_owner). Why the line is skipped; empty when it was read.
 *
 *     Page has been migrated, last migrate reason: compaction
 *     handle: 2883616
 *     Charged (via objcg) to memcg init.scope
 */
export function readTrailer(line: ByteCursor, strings: StringInterner, into: ReadRecord): string {
  if (line.take('Page has been migrated, last migrate reason: ')) {
    into.migrateReason = takeRest(line, strings)
    return ''
  }
  if (line.take('handle: ')) {
    const handle = line.takeInteger()
    if (handle >= 0) into.handle = handle
    return handle >= 0 ? '' : 'line of a vendor'
  }
  return line.take('Slab cache page') || line.take('Charged ') ? OF_MEMCG : 'line of a vendor'
}
