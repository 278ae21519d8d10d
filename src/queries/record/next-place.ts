import { type FailedRange } from '../../derive/failures/failed-range.ts'
import { type Trace } from '../../model/trace.ts'
import { isAreaName } from './shell-text.ts'

const USUAL_PAGE_BYTES = 4096

/** The CMA area that a range lies in, when a file tells. */
export function areaOf({ machine }: Trace, { startPfn }: FailedRange): string | undefined {
  const area = machine.cmaAreas?.find((one) => startPfn >= one.startPfn && startPfn < one.endPfn)
  return area !== undefined && isAreaName(area.name) ? area.name : undefined
}

/** The memory block that a range begins in, when the boot log tells how large blocks are. */
export function blockOf({ machine }: Trace, { startPfn }: FailedRange): number | undefined {
  if (machine.memoryBlockBytes === undefined || machine.memoryBlockBytes <= 0) return undefined
  return Math.floor((startPfn * (machine.pageBytes ?? USUAL_PAGE_BYTES)) / machine.memoryBlockBytes)
}
