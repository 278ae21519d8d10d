import { formatPfnRange } from '../base/pfn.ts'
import { type CmaArea } from '../model/cma-areas.ts'
import { type LineId } from '../model/ids.ts'
import { type StateTotal, type TextFact, type ZoneSpan } from '../model/machine-facts.ts'
import { type Trace } from '../model/trace.ts'
import { placeOf } from './place.ts'
import { type PlaceAnswer } from './wire.ts'

/** What the files tell of the machine that the capture is of. */
export interface MachineQuestion {
  /** Substring of what is shown, as little case as in grep -i; empty = all. */
  readonly filter: string
  readonly offset: number
  readonly limit: number
}

/** One fact. */
export interface MachineFactAnswer {
  /** Unique within the answer and stable. */
  readonly id: string
  /** What it is about: `kernel`, `zone`, `CMA area`. */
  readonly name: string
  readonly text: string
  /** The line that says so; absent where several lines together do. */
  readonly place?: PlaceAnswer
}

/** Answer to `machine`. */
export interface MachineAnswer {
  /** Facts that pass the filter. */
  readonly total: number
  readonly offset: number
  readonly rows: readonly MachineFactAnswer[]
}

/** Facts of the machine, kernel first, one window. O(facts). */
export function findMachineFacts(trace: Trace, { filter, offset, limit }: MachineQuestion): MachineAnswer {
  const wanted = filter.trim().toLowerCase()
  const found = factsOf(trace).filter(
    ({ name, text }) => wanted === '' || `${name} ${text}`.toLowerCase().includes(wanted),
  )
  return { total: found.length, offset, rows: found.slice(offset, offset + limit) }
}

function factsOf(trace: Trace): readonly MachineFactAnswer[] {
  const { machine, windows } = trace
  const said: readonly Said[] = [
    ...kernelFacts(trace),
    ...machine.texts.filter(({ kind }) => kind === 'pageblocks').map((fact) => textSaid('pageblocks', fact)),
    ...machine.texts.filter(({ kind }) => kind === 'free_blocks').map((fact) => textSaid('free, order 0 up', fact)),
    ...machine.zones.map((zone) => ({ name: 'zone', text: zoneText(zone), line: zone.line })),
    ...(machine.cmaAreas ?? []).map((area) => ({ name: 'CMA area', text: areaText(area), line: area.line })),
    ...machine.texts.filter(({ kind }) => kind === 'cma').map((fact) => textSaid('CMA counter', fact)),
    ...machine.ram.map(({ startPfn, endPfn, line }) => ({
      name: 'System RAM',
      text: rangeText(startPfn, endPfn),
      line,
    })),
    ...windows.map(({ startPfn, endPfn, line }) => ({ name: 'PFN window', text: rangeText(startPfn, endPfn), line })),
    ...machine.texts.filter(({ kind }) => kind === 'memory').map((fact) => textSaid('memory', fact)),
    ...machine.stateTotals.map((total) => ({ name: 'pages by flags', text: totalText(total), line: total.line })),
  ]
  return said.map((fact, at) => answerOf(trace, fact, at))
}

/** What is said, and by which line. */
interface Said {
  readonly name: string
  readonly text: string
  readonly line?: LineId
}

function answerOf(trace: Trace, { name, text, line }: Said, at: number): MachineFactAnswer {
  return { id: `${at} ${name}`, name, text, ...(line === undefined ? {} : { place: placeOf(trace, line) }) }
}

function kernelFacts({ machine }: Trace): readonly Said[] {
  const facts: Said[] = []
  if (machine.release !== '') facts.push({ name: 'kernel', text: machine.release, line: machine.releaseLine })
  for (const { release, line } of machine.otherReleases ?? [])
    facts.push({ name: 'other kernel', text: `${release}: a file of another boot`, line })
  for (const line of machine.reboots ?? []) facts.push({ name: 'reboot', text: 'the kernel log begins anew', line })
  for (const fact of machine.texts.filter(({ kind }) => kind === 'cmdline')) facts.push(textSaid('command line', fact))
  if (machine.pageBytes !== undefined)
    facts.push({ name: 'page size', text: `${machine.pageBytes} bytes`, line: machine.pageBytesLine })
  if (machine.pageblockOrder !== undefined) {
    const basis = machine.pageblockOrderBasis === 'page_owner' ? ', by page_owner’s block numbers' : ''
    const text = `order ${machine.pageblockOrder}: ${2 ** machine.pageblockOrder} pages${basis}`
    facts.push({ name: 'pageblock', text, line: machine.pageblockOrderLine })
  }
  if (machine.migratetypes.length > 0) {
    const text = machine.migratetypes.map((name, number) => `${number} ${name}`).join(', ')
    facts.push({ name: 'migratetypes', text, line: machine.migratetypesLine })
  }
  return facts
}

function textSaid(name: string, { text, line }: TextFact): Said {
  return { name, text: text.trim().replace(/\s+/g, ' '), line }
}

function zoneText({ node, name, startPfn, endPfn, present, managed, cma }: ZoneSpan): string {
  const counts = [
    [present, 'present'],
    [managed, 'managed'],
    [cma, 'of CMA'],
  ] as const
  const told = counts.filter(([pages]) => pages >= 0).map(([pages, word]) => `, ${pages} ${word}`)
  return `node ${node} ${name} ${rangeText(startPfn, endPfn)}${told.join('')}`
}

function areaText({ name, startPfn, endPfn, sizeBasis, used, maxChunk }: CmaArea): string {
  const size = `${rangeText(startPfn, endPfn)}${sizeBasis === 'bitmap' ? ' by its bitmap, rounded up' : ''}`
  const taken = used === undefined ? '' : `, ${used} allocated`
  const chunk = maxChunk === undefined ? '' : `, longest free run ${maxChunk}`
  return `${name} ${size}${taken}${chunk}`
}

function rangeText(startPfn: number, endPfn: number): string {
  return `${formatPfnRange(startPfn, endPfn)}, ${endPfn - startPfn} pages`
}

function totalText({ flags, pages }: StateTotal): string {
  return `${pages} ${flags === '' ? 'without flags' : flags}`
}
