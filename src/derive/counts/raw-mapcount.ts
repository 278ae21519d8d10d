import { oncePer } from '../../base/once-per.ts'
import { type Trace } from '../../model/trace.ts'

/**
 * True when `mapcount=` is the raw `_mapcount` (-1 = unmapped, 0 = one mapping), as kernels from 6.10 on print it.
 * Told by the trace itself: an older kernel never prints -1.
 */
export const printsRawMapcount: (trace: Trace) => boolean = oncePer(({ shapes }) => {
  for (let shape = 0; shape < shapes.length; shape++) if (shapes.mapcount[shape] === -1) return true
  return false
})
