import { MAPPING_ANON, MAPPING_FILE, MAPPING_NONE, MAPPING_SOME } from '../../model/shape-table.ts'
import { type Field } from './event-format.ts'
import { type RecordView } from './record-view.ts'

/** High bits of POISON_POINTER_DELTA of include/linux/poison.h, as 64-bit kernels have it. */
const POISON = 0xdead
/** Without that delta (32 bits), poison is a small number. */
const LARGEST_POISON = 0x1000

/**
 * What the pointer `page->mapping` says: the ring buffer holds the real one, never a hash (include/linux/page-flags.h
 * PAGE_MAPPING_FLAGS). Tail pages hold poison there.
 */
export function mappingOfField(record: RecordView, field: Field): number {
  const [high, low] = [record.high(field), record.low(field)]
  if (high === 0 && low === 0) return MAPPING_NONE
  if (high >>> 16 === POISON || (high === 0 && low <= LARGEST_POISON)) return MAPPING_SOME
  if ((low & 1) === 1) return MAPPING_ANON
  return (low & 3) === 0 ? MAPPING_FILE : MAPPING_SOME
}
