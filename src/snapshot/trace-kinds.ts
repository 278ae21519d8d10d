import { FrozenStrings } from '../model/frozen-strings.ts'
import { type PageTable, pageTableOf } from '../model/page-table.ts'
import { type StringTable, type TextRows } from '../model/string-table.ts'
import { type PackKind } from './pack.ts'

/** The tables of a trace that have methods; all others are plain data. */
export const TRACE_KINDS: readonly PackKind[] = [
  {
    name: 'strings',
    is: isStrings,
    take: (value) => (isStrings(value) ? value.rows() : undefined),
    // What `take` gave is what comes back, here and below.
    make: (plain) => new FrozenStrings(plain as TextRows),
  },
  {
    name: 'pages',
    is: isPages,
    take: (value) => (isPages(value) ? { pfn: value.pfn, byPfn: value.byPfn } : undefined),
    make: (plain) => {
      const { pfn, byPfn } = plain as Pick<PageTable, 'pfn' | 'byPfn'>
      return pageTableOf(pfn, byPfn)
    },
  },
]

function isStrings(value: object): value is StringTable {
  return 'rows' in value && typeof value.rows === 'function' && 'text' in value
}

function isPages(value: object): value is PageTable {
  return 'positionAtLeast' in value
}
