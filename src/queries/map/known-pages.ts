import { oncePer } from '../../base/once-per.ts'
import { type PfnRunTable } from '../../model/pfn-run-table.ts'
import { type Trace } from '../../model/trace.ts'
import { ownerMapOf } from './owner-map.ts'
import { joinRuns, type PfnRuns, runsOf } from './pfn-runs.ts'

/** Pages of which a file tells something: an event, an allocation, a state, a dump. O(pages + records) once per trace. */
export const knownPages = oncePer((trace: Trace): PfnRuns => {
  const { pages, pinners } = trace
  const owners = ownerMapOf(trace)
  const pfnAt = (at: number): number => pages.pfn[pages.byPfn[at]]
  const pinnedAt = (at: number): number => pinners.pfn[pinners.byPfn[at]]
  const dumped = trace.dumps.flatMap(({ pfn }) => pfn ?? []).sort((a, b) => a - b)
  return [
    runsOf(pages.length, pfnAt, (at) => pfnAt(at) + 1),
    runsOf(pinners.length, pinnedAt, (at) => pinnedAt(at) + 1),
    runsOf(
      dumped.length,
      (at) => dumped[at],
      (at) => dumped[at] + 1,
    ),
    statedPages(trace.pageStates),
    statedPages(trace.mapcounts),
    statedPages(trace.cgroups),
  ].reduce(
    joinRuns,
    runsOf(
      owners.length,
      (at) => owners.start[at],
      (at) => owners.end[at],
    ),
  )
})

/** Memory that is there by what the files say (/proc/iomem, CMA areas, failed ranges), told of page by page or not. */
export const knownMemory = oncePer((trace: Trace): PfnRuns => {
  const told = [...trace.machine.ram, ...(trace.machine.cmaAreas ?? []), ...trace.windows].sort(
    (a, b) => a.startPfn - b.startPfn,
  )
  return joinRuns(
    knownPages(trace),
    runsOf(
      told.length,
      (at) => told[at].startPfn,
      (at) => told[at].endPfn,
    ),
  )
})

/** One segment of rows per file, each ascending by start. */
function statedPages(table: PfnRunTable): PfnRuns {
  let all = runsOf(0, Number, Number)
  for (let segment = 0; segment + 1 < table.segments.length; segment++) {
    const first = table.segments[segment]
    const own = runsOf(
      table.segments[segment + 1] - first,
      (at) => table.startPfn[first + at],
      (at) => table.endPfn[first + at],
    )
    all = joinRuns(all, own)
  }
  return all
}
