/**
 * What a reference is for. One colour, glyph and pattern each on screen. The order is the order of the ids.
 * `expected` classes are those that migration itself reckons with (folio_expected_ref_count() in mm/migrate.c and its
 * predecessors), that it takes itself, or that it drains before it starts (lru_add_drain_all()); they seldom block.
 */
export const REFERENCE_CLASSES = [
  { id: 'allocation', label: 'allocation', isExpected: true },
  { id: 'mapping', label: 'mapping', isExpected: true },
  { id: 'page_cache', label: 'page cache / swap cache', isExpected: true },
  { id: 'lru', label: 'LRU and batches', isExpected: true },
  { id: 'migration', label: "migration's own", isExpected: true },
  { id: 'gup_get', label: 'GUP get', isExpected: false },
  { id: 'gup_pin', label: 'FOLL_PIN', isExpected: false },
  { id: 'driver', label: 'driver / DMA', isExpected: false },
  { id: 'io', label: 'file, pipe, zero-copy, async I/O', isExpected: false },
  { id: 'unknown', label: 'unknown', isExpected: false },
] as const

/** Id of a class, used alike in the engine, on screen and in files. */
export type ReferenceClassId = (typeof REFERENCE_CLASSES)[number]['id']

/** Position of a class in `REFERENCE_CLASSES`. */
export function classIndexOf(id: ReferenceClassId): number {
  return REFERENCE_CLASSES.findIndex((entry) => entry.id === id)
}
