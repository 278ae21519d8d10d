import { clockWords, matchLocalClock } from '../base/clock-match.ts'
import { rowsOf } from '../base/group-index.ts'
import { isRefKind } from '../model/event-kind.ts'
import { type LineId } from '../model/ids.ts'
import { isTraceFormat, type SourceFile } from '../model/source-file.ts'
import { fileLineOf, type Trace } from '../model/trace.ts'

/** Kinds of events of single pages that two traces must tell apart before they are said to be of two boots. */
const ENOUGH = 3

/**
 * The capture, with a notice on each file that does not go with the others: of another release, of several boots, a
 * trace that contradicts another one, times of a clock that the trace's does not run with. A capture is the files of one
 * boot: PFNs and times of two do not join.
 */
export function withBootNotices(trace: Trace): Trace {
  const notices = new Map<number, string[]>()
  const add = (file: number, notice: string): void => {
    notices.set(file, [...(notices.get(file) ?? []), notice])
  }
  addReleases(trace, add)
  addReboots(trace, add)
  addContradictions(trace, add)
  addForeignClocks(trace, add)
  if (notices.size === 0) return trace
  const files = trace.files.map((file) => ({ ...file, notices: [...file.notices, ...(notices.get(file.index) ?? [])] }))
  return { ...trace, files }
}

type Add = (file: number, notice: string) => void

function addReleases(trace: Trace, add: Add): void {
  const { release, releaseLine, otherReleases = [] } = trace.machine
  if (releaseLine === undefined) return
  for (const other of otherReleases) {
    const place = fileLineOf(trace, other.line)
    add(
      place.file,
      `line ${place.line} names release ${other.release}, ${placeText(trace, releaseLine)} ${release}: two boots, whose PFNs and times do not join; read them apart`,
    )
  }
}

function addReboots(trace: Trace, add: Add): void {
  for (const line of trace.machine.reboots ?? []) {
    const place = fileLineOf(trace, line)
    add(
      place.file,
      `another boot begins at line ${place.line}: what stands before it and after it does not join; cut the log there`,
    )
  }
}

/** page_pinner says itself that it counts from boot; printk and page_owner print local_clock. */
function addForeignClocks(trace: Trace, add: Add): void {
  if (trace.events.length === 0 || matchLocalClock(trace.clock) !== 'different') return
  for (const file of trace.files) {
    if (file.records === 0 || (file.format !== 'dmesg' && file.format !== 'page_owner')) continue
    add(
      file.index,
      `its times are local_clock, those of the trace ${clockWords(trace.clock)}: they are shown as they stand and not compared`,
    )
  }
}

/**
 * Two traces that cover the same time, and tell the same kind of event of the same page on the same CPU, have those
 * events in common when they are of one boot, whatever was filtered; files that do were joined before.
 */
function addContradictions(trace: Trace, add: Add): void {
  const traces = trace.files.filter((file) => isTraceFormat(file.format) && file.records > 0)
  if (traces.length < 2) return
  const counts = new Map<string, number>()
  for (const [a, b] of interleavedFiles(trace)) counts.set(`${a} ${b}`, (counts.get(`${a} ${b}`) ?? 0) + 1)
  for (const [pair, count] of counts) {
    const [first, second] = pair.split(' ').map((index) => trace.files[Number(index)])
    if (count < ENOUGH || isJoined(first, second) || isJoined(second, first)) continue
    add(
      second.index,
      `its times overlap those of ${first.name}, and the two tell different events of the same pages: two boots or two clocks, which do not join; read them apart`,
    )
  }
}

function isJoined(file: SourceFile, other: SourceFile): boolean {
  return file.notices.some((notice) => notice.includes(` ${other.name}`))
}

/** For each page, kind and CPU: the pairs of files whose events of it lie between each other. O(events). */
function* interleavedFiles(trace: Trace): Generator<readonly [number, number]> {
  const { events, contexts } = trace
  for (let page = 0; page < trace.pages.length; page++) {
    const rows = rowsOf(trace.indexes.byPage, trace.pages.byPfn[page])
    const spans = new Map<string, Map<number, { from: number; to: number }>>()
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at]
      if (!isRefKind(events.kind[row])) continue
      const key = `${events.kind[row]} ${contexts.cpu[events.context[row]]}`
      const { file } = fileLineOf(trace, events.line[row])
      const ofKey = spans.get(key) ?? new Map<number, { from: number; to: number }>()
      spans.set(key, ofKey)
      const span = ofKey.get(file)
      if (span === undefined) ofKey.set(file, { from: events.time[row], to: events.time[row] })
      else span.to = events.time[row]
    }
    for (const ofKey of spans.values()) yield* overlapping([...ofKey])
  }
}

function* overlapping(
  spans: readonly (readonly [number, { readonly from: number; readonly to: number }])[],
): Generator<readonly [number, number]> {
  for (const [at, [file, span]] of spans.entries()) {
    for (const [other, against] of spans.slice(at + 1)) {
      if (span.from < against.to && against.from < span.to) yield [Math.min(file, other), Math.max(file, other)]
    }
  }
}

function placeText(trace: Trace, line: LineId): string {
  const place = fileLineOf(trace, line)
  return `${trace.files[place.file].name}:${place.line}`
}
