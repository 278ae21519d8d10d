import { type Trace } from '../../model/trace.ts'

const rawCache = new WeakMap<Trace, boolean>()

/**
 * True when `mapcount=` is the raw `_mapcount` (-1 = unmapped, 0 = one mapping), as kernels from 6.10 on print it.
 * Told by the trace itself: an older kernel never prints -1.
 */
export function printsRawMapcount(trace: Trace): boolean {
  const known = rawCache.get(trace)
  if (known !== undefined) return known
  let isRaw = false
  for (let shape = 0; shape < trace.shapes.length && !isRaw; shape++) isRaw = trace.shapes.mapcount[shape] === -1
  rawCache.set(trace, isRaw)
  return isRaw
}
