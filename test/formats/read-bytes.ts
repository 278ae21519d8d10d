import { gzipSync } from 'node:zlib'
import { framesOf } from '../../src/model/stack-depot.ts'
import { type StackId, type StringId } from '../../src/model/ids.ts'
import { type PfnRunTable } from '../../src/model/pfn-run-table.ts'
import { type SourceFile } from '../../src/model/source-file.ts'
import { type Trace } from '../../src/model/trace.ts'
import { type Source } from '../../src/formats/source.ts'
import { type ReadOptions } from '../../src/formats/read-options.ts'
import { readTrace } from '../../src/formats/read-trace.ts'
import { toldTrace } from '../support/told-trace.ts'

/** Bytes of a text, or the bytes themselves. */
export function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content
}

/** A source over bytes in memory that hands them out in pieces of the given size. */
export function sourceOf(content: string | Uint8Array, name = 'trace.txt', pieceBytes = 1 << 16): Source {
  const bytes = bytesOf(content)
  const stream = (from: number, to: number): ReadableStream<Uint8Array> => {
    let at = from
    return new ReadableStream<Uint8Array>({
      pull: (controller) => {
        const end = Math.min(at + pieceBytes, to, bytes.length)
        if (at < end) controller.enqueue(bytes.slice(at, end))
        else controller.close()
        at = end
      },
    })
  }
  return {
    name,
    sizeBytes: bytes.length,
    stream: () => stream(0, bytes.length),
    slice: (from, to) => stream(from, to),
  }
}

/** gzip of a text. */
export function gz(content: string | Uint8Array): Uint8Array {
  return new Uint8Array(gzipSync(bytesOf(content)))
}

/** The same text with CRLF at each line's end. */
export function crlf(text: string): string {
  return text.replaceAll('\n', '\r\n')
}

/** Reads sources and gives the files, also when none could be read. */
export async function filesOf(sources: readonly Source[], options: ReadOptions = {}): Promise<readonly SourceFile[]> {
  const outcome = await readTrace(sources, options)
  return outcome.ok ? outcome.value.files : outcome.error.files
}

/** Reads sources that must give a capture. */
export async function traceOf(sources: readonly Source[], options: ReadOptions = {}): Promise<Trace> {
  const outcome = await readTrace(sources, options)
  if (!outcome.ok) throw new Error(outcome.error.message)
  return outcome.value
}

/** What a file became, as far as it does not depend on how it was packed, named or cut into pieces. */
export function fateOf(file: SourceFile): object {
  return {
    format: file.format,
    ledger: file.ledger,
    skippedBy: Object.fromEntries(file.skippedBy),
    rejected: file.problems.map(({ reason, count, samples }) => ({ reason, count, lines: samples.map((s) => s.line) })),
    notices: file.notices,
    damage: file.damage.map(({ message }) => message),
    records: file.records,
  }
}

/** Everything but events that a capture tells, with texts for ids. */
export function factsOf(trace: Trace): object {
  return {
    owners: ownersOf(trace),
    notes: trace.notes.map((note) => ('trace' in note ? { ...note, trace: withStack(trace, note.trace) } : note)),
    dumps: trace.dumps.map(({ allocation, pinned, report, ...dump }) => ({
      ...dump,
      ...(allocation === undefined ? {} : { allocation: withStack(trace, allocation) }),
      ...(pinned === undefined ? {} : { pinned: withStack(trace, pinned) }),
      ...(report === undefined ? {} : { report: withStack(trace, report) }),
    })),
    windows: trace.windows,
    ...(trace.events.length === 0 ? {} : { events: toldTrace(trace).events, losses: toldTrace(trace).losses }),
    ...dumpFacts(trace),
  }
}

/** What the dumps beside a trace tell; each part only where there is something, as most files tell one of them. */
function dumpFacts(trace: Trace): object {
  const { machine, stackTotals, strings } = trace
  const isTold = machine.texts.length + machine.zones.length + machine.ram.length + machine.stateTotals.length > 0
  const runs = {
    pageStates: runsOf(trace.pageStates, (value) => strings.text(value as StringId)),
    mapcounts: runsOf(trace.mapcounts, String),
    cgroups: runsOf(trace.cgroups, String),
  }
  return {
    ...Object.fromEntries(Object.entries(runs).filter(([, rows]) => rows.length > 0)),
    ...(stackTotals.length === 0 ? {} : { stackTotals: totalsOf(trace) }),
    ...(isTold || machine.release !== '' || machine.pageblockOrder !== undefined ? { machine } : {}),
  }
}

function runsOf(table: PfnRunTable, text: (value: number) => string): readonly string[] {
  return Array.from({ length: table.length }, (_, row) => {
    const step = table.lineStep[row] === 1 ? ' each its line' : ''
    return `${table.startPfn[row]}-${table.endPfn[row]} line ${table.line[row]}${step}: ${text(table.value[row])}`
  })
}

function totalsOf(trace: Trace): readonly object[] {
  const { stackTotals, strings } = trace
  return Array.from({ length: stackTotals.length }, (_, row) => ({
    stack: stackText(trace, stackTotals.stack[row]),
    pages: stackTotals.pages[row],
    times: stackTotals.times[row],
    pid: stackTotals.pid[row],
    tgid: stackTotals.tgid[row],
    comm: strings.text(stackTotals.comm[row]),
    allocator: strings.text(stackTotals.allocator[row]),
    handle: stackTotals.handle[row],
    line: stackTotals.line[row],
  }))
}

function ownersOf(trace: Trace): readonly object[] {
  const { owners, strings } = trace
  const { shapes } = owners
  return Array.from({ length: owners.length }, (_, row) => ({
    pfn: owners.pfn[row],
    order: shapes.order[owners.shape[row]],
    gfp: strings.text(shapes.gfp[owners.shape[row]]),
    pid: shapes.pid[owners.shape[row]],
    tgid: shapes.tgid[owners.shape[row]],
    comm: strings.text(shapes.comm[owners.shape[row]]),
    ts: owners.ts[row],
    freeTs: owners.freeTs[row],
    pageType: strings.text(shapes.pageType[owners.shape[row]]),
    blockType: strings.text(shapes.blockType[owners.shape[row]]),
    flags: strings.text(shapes.flags[owners.shape[row]]),
    migrateReason: strings.text(shapes.migrateReason[owners.shape[row]]),
    stack: stackText(trace, owners.stack[row]),
    ...(owners.handle[row] < 0 ? {} : { handle: owners.handle[row] }),
    line: owners.line[row],
  }))
}

/** The same with the stack's frames for its id. */
function withStack(trace: Trace, fact: { readonly stack: StackId } | undefined): object | undefined {
  return fact && { ...fact, stack: stackText(trace, fact.stack) }
}

function stackText(trace: Trace, stack: StackId): readonly string[] {
  return Array.from(framesOf(trace.stacks, stack) as ArrayLike<number>, (_, row) => {
    const frame = framesOf(trace.stacks, stack)[row]
    return trace.strings.text(trace.frames.text[frame])
  })
}
