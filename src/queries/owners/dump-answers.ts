import { oncePer } from '../../base/once-per.ts'
import { type OwnerDump, ownerDumpsOf } from '../../derive/owner-dumps.ts'
import { type Trace } from '../../model/trace.ts'
import { formatLabel } from '../format-label.ts'
import { placeOf } from '../place.ts'
import { type PlaceAnswer } from '../wire.ts'
import { dumpRowsOf } from './dump-rows.ts'

/** A file that tells who allocated. */
export interface OwnerDumpAnswer {
  readonly id: string
  /** `page_owner dump`, `page_owner_stacks`, `page_owner_sort groups`. */
  readonly label: string
  readonly kind: OwnerDump['kind']
  /** Records, or rows of totals. */
  readonly rows: number
  /** Base pages that are allocated. */
  readonly pages: number
  /** ts of the newest allocation, absolute ns, with its line; absent where no time is told. */
  readonly newest?: { readonly ts: number; readonly place: PlaceAnswer }
  /** First and last page that the file lists, the end exclusive; absent for totals. A dump may be of a part of memory only. */
  readonly span?: { readonly startPfn: number; readonly endPfn: number }
}

/** All dumps in their order, with how they are ordered. */
export interface OwnerDumpList {
  readonly dumps: readonly OwnerDumpAnswer[]
  readonly orderedBy: 'time' | 'name'
}

/** All dumps of a capture, oldest first. O(records) once per trace. */
export const ownerDumpAnswers: (trace: Trace) => OwnerDumpList = oncePer((trace: Trace): OwnerDumpList => {
  const { dumps, orderedBy } = ownerDumpsOf(trace)
  return { orderedBy, dumps: dumps.map((dump) => answerOf(trace, dump)) }
})

/** Usual on x86-64 and on most arm64. */
const ASSUMED_PAGE_BYTES = 4096

/** Size of a page; assumed where no file tells it. */
export function pageSizeOf({ machine }: Trace): { readonly pageBytes: number; readonly isAssumed: boolean } {
  return { pageBytes: machine.pageBytes ?? ASSUMED_PAGE_BYTES, isAssumed: machine.pageBytes === undefined }
}

function answerOf(trace: Trace, dump: OwnerDump): OwnerDumpAnswer {
  const rows = dumpRowsOf(trace, dump)
  let pages = 0
  for (let at = 0; at < rows.length; at++) pages += rows.pages[at]
  return {
    id: dump.id,
    label: formatLabel(trace.files[dump.file].format),
    kind: dump.kind,
    rows: rows.length,
    pages,
    ...(dump.newestRow < 0
      ? {}
      : { newest: { ts: dump.newestTs, place: placeOf(trace, trace.owners.line[dump.newestRow]) } }),
    ...(dump.kind === 'totals' ? {} : { span: spanOf(trace, dump) }),
  }
}

function spanOf({ owners }: Trace, { startRow, endRow }: OwnerDump): OwnerDumpAnswer['span'] {
  let startPfn = Number.POSITIVE_INFINITY
  let endPfn = 0
  for (let row = startRow; row < endRow; row++) {
    const pfn = owners.pfn[row]
    startPfn = Math.min(startPfn, pfn)
    endPfn = Math.max(endPfn, pfn + 2 ** owners.shapes.order[owners.shape[row]])
  }
  return { startPfn, endPfn }
}
