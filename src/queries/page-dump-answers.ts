import { formatPfn, formatPfnRange } from '../base/pfn.ts'
import { pageblockOf, zonesOf } from '../derive/page-place.ts'
import { type CmaArea } from '../model/cma-areas.ts'
import { type LineId, type StringId } from '../model/ids.ts'
import { releaseNumber } from '../model/kernel-release.ts'
import { type PfnRunTable, valuesAt } from '../model/pfn-run-table.ts'
import { type FormatId } from '../model/source-file.ts'
import { fileLineOf, type Trace } from '../model/trace.ts'
import { namesInRelease } from './page-flag-release.ts'
import { type PageOfPfn } from './page-of-pfn.ts'
import { placeOf } from './place.ts'
import { type EvidenceAnswer, type PlaceAnswer } from './wire.ts'

/**
 * What the dumps beside the trace say of a page: its state when each was taken (page-types, kpageflags), mappings
 * (kpagecount), memory cgroup. Of a tail also the state of its head, which references are counted on.
 */
export function pageDumpAnswers(trace: Trace, place: PageOfPfn): readonly EvidenceAnswer[] {
  const { pfn, headPfn } = place
  return merged([
    ...saidOf(trace, 'kpageflags', trace.pageStates, pfn, (value, isRaw) => stateWords(trace, value, isRaw)),
    ...(headPfn === pfn
      ? []
      : saidOf(
          trace,
          'kpageflags',
          trace.pageStates,
          headPfn,
          (value, isRaw) => `head ${formatPfn(headPfn)} ${stateWords(trace, value, isRaw)}`,
        )),
    ...saidOf(trace, 'kpagecount', trace.mapcounts, pfn, (value) => mappingWords(trace, place, value)),
    ...saidOf(trace, 'kpagecgroup', trace.cgroups, pfn, (value) =>
      value === 0 ? 'no memory cgroup' : `memory cgroup of inode ${value}`,
    ),
  ])
}

/** What one file says of a page. */
interface Said {
  readonly source: string
  readonly words: string
  readonly place: PlaceAnswer
}

function saidOf(
  trace: Trace,
  array: string,
  table: PfnRunTable,
  pfn: number,
  words: (value: number, isRaw: boolean) => string,
): readonly Said[] {
  return valuesAt(table, pfn).map(({ value, line }) => {
    const isRaw = formatOf(trace, line) !== 'page_types'
    return { source: isRaw ? array : 'page-types', words: words(value, isRaw), place: placeOf(trace, line) }
  })
}

/** Dumps that say the same are one fact: a page-types list and a kpageflags file mostly do. */
function merged(said: readonly Said[]): readonly EvidenceAnswer[] {
  const facts = new Map<string, { readonly sources: Set<string>; readonly places: PlaceAnswer[] }>()
  for (const { source, words, place } of said) {
    const fact = facts.get(words) ?? { sources: new Set(), places: [] }
    facts.set(words, fact)
    fact.sources.add(source)
    fact.places.push(place)
  }
  return [...facts].map(([words, { sources, places }]) => ({
    text: `${[...sources].join(', ')}: ${words}`,
    places,
    raw: [],
  }))
}

/** True when a dump lists the page, whatever it says of it. */
export function isDumped(trace: Trace, pfn: number): boolean {
  return valuesAt(trace.pageStates, pfn).length > 0 || valuesAt(trace.mapcounts, pfn).length > 0
}

/** Where a page lies in the machine: zone and pageblock, and whether it is memory at all. */
export function pagePlaceAnswers(trace: Trace, pfn: number): readonly EvidenceAnswer[] {
  const { machine } = trace
  const block = pageblockOf(trace, pfn)
  const zones = zonesOf(trace, pfn).map((zone) =>
    cited(trace, zone.line, `zone ${zone.name} of node ${zone.node} ${formatPfnRange(zone.startPfn, zone.endPfn)}`),
  )
  const basis = machine.pageblockOrderBasis === 'page_owner' ? ' by page_owner’s block numbers' : ''
  return [
    ...zones,
    ...(block === undefined
      ? []
      : [
          citedIfTold(
            trace,
            machine.pageblockOrderLine,
            `pageblock ${block.number} ${formatPfnRange(block.startPfn, block.endPfn)}, order ${block.order}${basis}`,
          ),
        ]),
    ...(machine.cmaAreas ?? [])
      .filter((area) => area.startPfn <= pfn && pfn < area.endPfn)
      .map((area) => cmaAnswer(trace, area, pfn)),
    ...(machine.ram.length > 0 && !machine.ram.some((range) => range.startPfn <= pfn && pfn < range.endPfn)
      ? [cited(trace, machine.ram[0].line, 'not in System RAM, says iomem')]
      : []),
  ]
}

function cmaAnswer(trace: Trace, area: CmaArea, pfn: number): EvidenceAnswer {
  const range = `CMA area ${area.name} ${formatPfnRange(area.startPfn, area.endPfn)}`
  const isTaken = area.allocated?.some((run) => run.startPfn <= pfn && pfn < run.endPfn)
  const state = isTaken === undefined ? '' : isTaken ? ', allocated by CMA' : ', not allocated by CMA'
  return cited(trace, area.line, `${range}${state}`)
}

/** page-types names flags as its own release does; raw values have the names of the kernel that wrote them. */
function stateWords(trace: Trace, value: number, isRaw: boolean): string {
  const printed = trace.strings.text(value as StringId) // pageStates keeps names as string ids
  const flags = isRaw ? namesInRelease(printed, trace.machine.release) : printed
  return flags === '' ? 'no flag that it shows' : `${flags}${ksmCaveat(trace, flags)}`
}

/** From 6.15 on CONFIG_NO_PAGE_MAPCOUNT keeps no count for each page of a large folio (fs/proc/page.c). */
function mappingWords(trace: Trace, { order }: PageOfPfn, value: number): string {
  const release = releaseNumber(trace.machine.release)
  const isAverage = order > 0 && release !== undefined && release >= 6_015
  return `${value} ${value === 1 ? 'mapping' : 'mappings'}${isAverage ? ' (may be the average of its folio)' : ''}`
}

/** fs/proc/page.c of 6.10 to 6.12 tests a mask where it should compare: every anonymous page has the flag. */
function ksmCaveat(trace: Trace, flags: string): string {
  if (!/(^|\|)ksm(\||$)/.test(flags) || !/(^|\|)anonymous(\||$)/.test(flags)) return ''
  const { release } = trace.machine
  if (release !== '' && !/^6\.1[0-2](\D|$)/.test(release)) return ''
  return release === ''
    ? ' (Linux 6.10 to 6.12 call every anonymous page ksm)'
    : ` (ksm says nothing: ${release} sets it on every anonymous page)`
}

function formatOf(trace: Trace, line: LineId): FormatId {
  return trace.files[fileLineOf(trace, line).file].format
}

function cited(trace: Trace, line: LineId, text: string): EvidenceAnswer {
  return { text, places: [placeOf(trace, line)], raw: [] }
}

/** Cited where one line says it. */
function citedIfTold(trace: Trace, line: LineId | undefined, text: string): EvidenceAnswer {
  return line === undefined ? { text, places: [], raw: [] } : cited(trace, line, text)
}
