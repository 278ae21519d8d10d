import { isFullRing } from '../model/pinner-table.ts'
import { type Trace } from '../model/trace.ts'

/**
 * What a reader must know of page_pinner's files that are as long as its ring: that a page has no record there says
 * nothing. Empty when no file is.
 */
export function pinnerRingNote(trace: Trace): string {
  const full = trace.files.filter(({ format, records }) => format === 'page_pinner' && isFullRing(records))
  if (full.length === 0) return ''
  const names = full.map(({ name, records }) => `${name} has exactly ${records} records`).join(', ')
  return `${names}: the ring of page_pinner may have wrapped, and what it recorded before is then lost`
}
