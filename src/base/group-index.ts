import { type Column, column, narrowest } from './column.ts'

/**
 * Rows grouped by a dense key: the rows of `key` are `rows[offsets[key] .. offsets[key + 1])`, in ascending row order.
 *
 *     key      0      1   2
 *     offsets  0      2   2      5      // key 1 has no rows
 *     rows     0  3       1  2  4
 */
export interface GroupIndex<Key extends number, Row extends number> {
  readonly keyCount: number
  readonly offsets: Column<number>
  readonly rows: Column<Row>
  /** Only here to carry the key's type. */
  readonly keyType?: Key
}

/**
 * Groups the rows of a key column by counting sort. Rows whose key is negative are in no group.
 * O(rows + keys); 4 bytes a row and 4 bytes a key.
 */
export function buildGroupIndex<Key extends number, Row extends number>(
  keys: Column<Key>,
  keyCount: number,
): GroupIndex<Key, Row> {
  const offsets = new Uint32Array(keyCount + 1)
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row]
    if (key >= 0) offsets[key + 1]++
  }
  for (let key = 0; key < keyCount; key++) offsets[key + 1] += offsets[key]
  const next = offsets.slice(0, keyCount)
  const rows = narrowest(0, keys.length - 1, offsets[keyCount])
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row]
    if (key >= 0) rows[next[key]++] = row
  }
  return { keyCount, offsets: column(offsets), rows: column(rows) }
}

/** The rows of one key, ascending. Free: a view, not a copy. */
export function rowsOf<Key extends number, Row extends number>(index: GroupIndex<Key, Row>, key: Key): Column<Row> {
  return index.rows.subarray(index.offsets[key], index.offsets[key + 1])
}
