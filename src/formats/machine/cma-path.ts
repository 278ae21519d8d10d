/** Numbers of a CMA area in debugfs (mm/cma_debug.c), and the words of its bitmap. */
export type CmaField = 'base_pfn' | 'count' | 'order_per_bit' | 'used' | 'maxchunk' | 'bitmap'

/** Which file of which CMA area a path is. */
export interface CmaPlace {
  readonly area: string
  /** Up to 6.x debugfs cuts the name to what is left of 15 bytes behind `cma-`: then the area's may be longer. */
  readonly isCut: boolean
  /** Number of the range; areas have several from 7.x on (`ranges/N/`). 0 else. */
  readonly range: number
  /** A number of debugfs, or a counter of sysfs (mm/cma_sysfs.c). */
  readonly field: CmaField | 'counter'
  /** Name of the file. */
  readonly file: string
}

const FIELDS: readonly string[] = ['base_pfn', 'count', 'order_per_bit', 'used', 'maxchunk', 'bitmap']
const COUNTERS = /^(?:(?:alloc|release)_pages_(?:success|fail)|total_pages|available_pages)$/
/** Bytes of a name in debugfs behind `cma-` (cma_debugfs_add_one(), `char name[16]`). */
const CUT_BYTES = 11

/** The CMA file that the end of a path names: `…/<area>/base_pfn`, `…/<area>/ranges/1/bitmap`; undefined for all others. */
export function cmaPlaceOf(path: string | undefined): CmaPlace | undefined {
  if (path === undefined) return undefined // a `File` loses its name on the way between Node's threads
  const parts = path.replace(/(?: \(\d+\))?(?:\.txt)?(?:\.gz)?$/, '').split('/')
  const file = parts.at(-1) ?? ''
  const field =
    FIELDS.find((known): known is CmaField => known === file) ?? (COUNTERS.test(file) ? 'counter' : undefined)
  const isRange = parts.at(-3) === 'ranges' && /^\d+$/.test(parts.at(-2) ?? '')
  const folder = (isRange ? parts.at(-4) : parts.at(-2))?.trim() ?? ''
  const area = folder.replace(/^cma-/, '')
  if (field === undefined || area === '') return undefined
  const isCut = folder !== area && area.length >= CUT_BYTES
  return { area, isCut, range: isRange ? Number(parts.at(-2)) : 0, field, file }
}

/** The end of a path without which its file says nothing: area and file. Undefined where the content tells all. */
export function toldEndOf(path: string): string | undefined {
  if (cmaPlaceOf(path) === undefined) return undefined
  const parts = path.split('/')
  return parts.slice(parts.at(-3) === 'ranges' ? -4 : -2).join('/')
}
