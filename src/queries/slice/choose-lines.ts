import { findAbove, findAtLeast } from '../../base/bisect.ts'
import { type Column } from '../../base/column.ts'
import { counted } from '../../base/counted.ts'
import { rowsOf } from '../../base/group-index.ts'
import { type Finding } from '../../derive/attribution/finding.ts'
import { silencesOf } from '../../derive/attribution/silence.ts'
import { type Derived } from '../../derive/derived.ts'
import { eventFactsOf } from '../../derive/event-facts.ts'
import { type EventRow, type PageId } from '../../model/ids.ts'
import { type SliceAbout } from '../../model/slice-file.ts'
import { type Trace } from '../../model/trace.ts'
import { concernsPage } from '../failure-mark.ts'
import { findFailure } from '../failures.ts'
import { findMachineFacts } from '../machine-answer.ts'
import { findPageFacts } from '../page-facts.ts'
import { pageOfPfn } from '../page-of-pfn.ts'
import { buildTimeline } from '../timeline.ts'
import { SliceLines } from './slice-lines.ts'

/** Pages of a range whose events are taken along, the worst first. */
export const MOST_PAGES = 50
/** Events of the pages after which no further page is begun. */
const MOST_EVENTS = 20_000
/** Events of other CPUs between a loss and the events around it that are looked through. */
const MOST_STEPS = 100_000
/** Silences that are told of in a timeline. */
const MOST_SILENCES = 20
const MACHINE_FACTS = 200
/** What pages are judged by, as `findMachineFacts` names it. */
const WANTED_FACTS: ReadonlySet<string> = new Set([
  'kernel',
  'page size',
  'pageblock',
  'migratetypes',
  'zone',
  'CMA area',
  'PFN window',
])

/** What a slice is to be made of. */
export interface ChosenLines {
  readonly lines: SliceLines
  /** Pages whose events are in it, the worst first. */
  readonly pfns: readonly number[]
  /** Ids of the failed ranges that it tells of. */
  readonly failures: readonly string[]
  /** What is not in it because it was too much, in words; empty when nothing is. */
  readonly leftOut: readonly string[]
}

/** Lines that prove a finding; undefined when the capture has no such range. O(events). */
export function chooseLines(trace: Trace, derived: Derived, about: SliceAbout): ChosenLines | undefined {
  const lines = new SliceLines(trace)
  const findings = findingsOf(trace, derived, about)
  if (findings === undefined) return undefined
  const { pfns, leftOut } = pagesOf(trace, about, findings)
  for (const finding of findings) addFinding(lines, trace, derived, finding, pfns)
  for (const pfn of pfns) addPage(lines, trace, derived, pfn)
  addWhole(lines, trace)
  return { lines, pfns, failures: findings.map(({ range }) => range.id), leftOut }
}

/** The PFN that a slice is about; undefined for one about a range. */
export function aboutPfn(about: SliceAbout): number | undefined {
  return about.kind === 'page' ? Number.parseInt(about.pfn, 16) : undefined
}

function findingsOf(trace: Trace, derived: Derived, about: SliceAbout): readonly Finding[] | undefined {
  if (about.kind === 'page') {
    const { pfn, headPfn } = pageOfPfn(trace, aboutPfn(about) ?? 0)
    return derived.findings.filter((finding) => concernsPage(finding, pfn, headPfn))
  }
  const found = derived.findings.filter(({ range }) => range.id === about.failure)
  return found.length === 0 ? undefined : found
}

function pagesOf(
  trace: Trace,
  about: SliceAbout,
  findings: readonly Finding[],
): { readonly pfns: readonly number[]; readonly leftOut: readonly string[] } {
  const pfn = aboutPfn(about)
  if (pfn !== undefined) return { pfns: [pfn], leftOut: [] }
  const all = [...new Set(findings.flatMap(({ pages }) => pages.map((page) => page.pfn)))]
  let events = 0
  const pfns = all.slice(0, MOST_PAGES).filter((one) => {
    if (events > MOST_EVENTS) return false
    events += rowsOfPfn(trace, one).length
    return true
  })
  const left = all.length - pfns.length
  return {
    pfns,
    leftOut: left === 0 ? [] : [`events of ${counted(left, 'blocking page')} of ${all.length}, the least`],
  }
}

function addFinding(
  lines: SliceLines,
  trace: Trace,
  derived: Derived,
  { range }: Finding,
  pfns: readonly number[],
): void {
  for (const line of range.lines) lines.addLine(line)
  if (range.gotInstead) lines.addLine(range.gotInstead.line)
  const { thresholdNs } = derived
  for (const pfn of pfns) {
    const { headPfn } = pageOfPfn(trace, pfn)
    lines.addCited(findFailure(trace, derived, { id: range.id, thresholdNs, offset: 0, limit: 0, pfn, headPfn }))
  }
}

function addPage(lines: SliceLines, trace: Trace, derived: Derived, pfn: number): void {
  const { events, contexts, tasks } = trace
  const { exits } = eventFactsOf(trace)
  const rows = rowsOfPfn(trace, pfn)
  const pids = new Set<number>()
  for (const row of rows) {
    lines.addEvent(row)
    pids.add(tasks.pid[contexts.task[events.context[row]]])
  }
  for (const pid of pids)
    for (const exit of exits.get(pid) ?? []) for (const row of [exit.first, exit.row, exit.last]) lines.addEvent(row)
  lines.addCited(findPageFacts(trace, derived, { pfn }))
  lines.addCited(buildTimeline(trace, derived, { pfn, lifetime: 0, columns: 1 }))
}

/** Events of a page, and of the head of its folio. */
function rowsOfPfn(trace: Trace, pfn: number): readonly EventRow[] {
  const { page } = pageOfPfn(trace, pfn)
  const pages = new Set<PageId>([page, trace.pages.find(pfn)])
  return [...pages].flatMap((one) => (one < 0 ? [] : listOf(rowsOf(trace.indexes.byPage, one))))
}

function listOf(rows: Column<EventRow>): readonly EventRow[] {
  return Array.from({ length: rows.length }, (_, at) => rows[at])
}

/** What bounds the trace, what is missing in it, and what is known of the machine. */
function addWhole(lines: SliceLines, trace: Trace): void {
  lines.addEvent(0 as EventRow)
  lines.addEvent((trace.events.length - 1) as EventRow)
  for (const { line, cpu, from, to } of trace.losses) {
    lines.addLine(line)
    if (from !== undefined) addNear(lines, trace, cpu, from, -1)
    if (to !== undefined) addNear(lines, trace, cpu, to, 1)
  }
  const silences = silencesOf(trace).toSorted((one, other) => other.to - other.from - (one.to - one.from))
  for (const { row } of silences.slice(0, MOST_SILENCES)) {
    const [before, after] = [trace.events.line[row], trace.events.line[row + 1]]
    lines.addEvent(row)
    lines.addEvent((row + 1) as EventRow)
    if (before < after) lines.runs.push([before, after])
  }
  const machine = findMachineFacts(trace, { filter: '', offset: 0, limit: MACHINE_FACTS })
  lines.addCited(machine.rows.filter(({ name }) => WANTED_FACTS.has(name)))
}

/** The last event of a CPU before a loss, or the first one behind it; of any where it is not known which one lost. */
function addNear(lines: SliceLines, { events, contexts }: Trace, cpu: number, time: number, step: -1 | 1): void {
  let row = step < 0 ? findAbove(events.time, time) - 1 : findAtLeast(events.time, time)
  const isOfIt = (): boolean => cpu < 0 || contexts.cpu[events.context[row]] === cpu
  for (let left = MOST_STEPS; left > 0 && row >= 0 && row < events.length && !isOfIt(); left--) row += step
  lines.addEvent(row as EventRow)
}
