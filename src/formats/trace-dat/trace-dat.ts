import { type Column, column } from '../../base/column.ts'
import { startsWith } from '../../base/ascii.ts'
import { Growable } from '../../base/growable.ts'
import { type LineId } from '../../model/ids.ts'
import { LINE_STRIDE } from '../../model/source-file.ts'
import { type TraceBuilder } from '../../model/trace-builder.ts'
import { type BinaryFormat, type BinaryOutcome } from '../format.ts'
import { type ProblemLog } from '../problem-log.ts'
import { type RandomBytes } from '../random-bytes.ts'
import { readCpuStats } from './cpu-stats.ts'
import { TraceDatError } from './data-cursor.ts'
import { type CpuData, type FileParts } from './file-parts.ts'
import { latencyLines, readLatencyText } from './latency-text.ts'
import { type Merge } from './merge.ts'
import { openStreams } from './open-streams.ts'
import { MAGIC, readParts } from './read-parts.ts'
import { RecordReader } from './record-reader.ts'
import { RecordText } from './record-text.ts'
import { releaseOf } from './flag-names.ts'
import { Symbols } from './symbols.ts'
import { isCountingClock } from './time-options.ts'

/** Records between two times that others may have their turn. */
const REST_EVERY = 1 << 14

/**
 * trace.dat as trace-cmd writes it, versions 6 and 7, plain or packed with zlib or zstd. A file of records has no lines:
 * it counts records of the ring buffer in time order, the first is 1, stacks included, just as `trace-cmd report` would
 * print them.
 */
export const traceDat: BinaryFormat = {
  id: 'trace_dat',
  label: 'trace.dat (trace-cmd)',
  sniff: (head) => startsWith(head.bytes, 0, head.bytes.length, MAGIC),
  read: readTraceDat,
  readRecords,
}

async function readTraceDat(
  bytes: RandomBytes,
  into: TraceBuilder,
  problems: ProblemLog,
  rest: () => Promise<void>,
): Promise<BinaryOutcome> {
  try {
    return await new TraceDatReading(bytes, into, problems, rest).run()
  } catch (error) {
    if (!(error instanceof TraceDatError)) throw error
    problems.damage(`could not be read: ${error.message}`)
    return { index: column<number>(new Float64Array(0)), isCutOff: true }
  }
}

class TraceDatReading {
  readonly #bytes: RandomBytes
  readonly #into: TraceBuilder
  readonly #problems: ProblemLog
  readonly #rest: () => Promise<void>
  readonly #index = new Growable(Float64Array, 64)
  #row = 0

  constructor(bytes: RandomBytes, into: TraceBuilder, problems: ProblemLog, rest: () => Promise<void>) {
    this.#bytes = bytes
    this.#into = into
    this.#problems = problems
    this.#rest = rest
  }

  async run(): Promise<BinaryOutcome> {
    const parts = await readParts(this.#bytes)
    for (const damage of parts.damage) this.#problems.damage(`damaged: ${damage}; what could be read is kept`)
    const release = releaseOf(parts.uname)
    if (release !== '') this.#into.machine.release(release, this.#into.firstLine as LineId)
    if (clockOf(parts) !== '' && this.#into.clockName === 'unknown') this.#into.clockName = clockOf(parts)
    if (parts.latency !== undefined && parts.buffers.length === 0) return this.#readText(parts, parts.latency)
    const symbols = new Symbols(parts.kallsyms)
    const { merge, line } = await openStreams(this.#bytes, parts)
    const isCounting = isCountingFile(parts)
    const reader = new RecordReader(this.#into, this.#problems, parts, symbols, {
      originSeconds: line.originSeconds,
      isCounting,
    })
    this.#into.setTimeStyle(isCounting ? { unit: 'counts', digits: 0 } : { unit: 'seconds', digits: 9 })
    await this.#readAll(merge, reader)
    const lost = reader.end()
    const damage = merge.streams.flatMap((stream) => stream.damage)
    for (const words of new Set(damage)) this.#problems.damage(`damaged: ${words}; what was read is kept`)
    this.#addOverruns(parts, lost)
    this.#tell(parts, symbols, reader, isCounting)
    return { index: column(this.#index.trimmed()), isCutOff: damage.length > 0 || parts.damage.length > 0 }
  }

  async #readText(parts: FileParts, place: CpuData): Promise<BinaryOutcome> {
    const problems = this.#problems
    problems.notice(LATENCY_NOTICE)
    const index = await readLatencyText(this.#bytes, parts, place, this.#into, problems, this.#rest)
    return { index, isCutOff: parts.damage.length > 0 }
  }

  async #readAll(merge: Merge, reader: RecordReader): Promise<void> {
    await merge.begin()
    for (let stream = merge.next(); stream !== undefined; stream = merge.next()) {
      if (this.#row % LINE_STRIDE === 0) for (const position of merge.positions()) this.#index.push(position)
      reader.read(stream, this.#row++)
      const refill = merge.pass(stream)
      if (refill !== undefined) await refill
      if (this.#row % REST_EVERY === 0) await this.#rest()
    }
  }

  /** What the kernel counted as overwritten, but no page tells of: lost before the first record. */
  #addOverruns(parts: FileParts, lost: ReadonlyMap<number, number>): void {
    for (const { cpu, overrun, dropped } of readCpuStats(parts.cpuStats)) {
      const untold = overrun + dropped - (lost.get(cpu) ?? 0)
      if (!(untold > 0)) continue
      this.#problems.notice(`CPU ${cpu}: ${untold} events were lost before they could be recorded`)
      this.#into.loss({ kind: 'overrun', cpu, count: untold, line: this.#into.firstLine as LineId })
    }
  }

  #tell(parts: FileParts, symbols: Symbols, reader: RecordReader, isCounting: boolean): void {
    const problems = this.#problems
    if (isCounting) problems.notice(COUNTS_NOTICE)
    if (parts.latency !== undefined) problems.notice(LATENCY_BESIDE_NOTICE)
    if (problems.records === 0) problems.notice('The trace holds no events.')
    if (reader.refEvents > 0 && reader.boundStacks === 0) problems.notice(NO_STACKS_NOTICE)
    if (reader.boundStacks > 0 && (symbols.length === 0 || symbols.areHidden)) problems.notice(NO_SYMBOLS_NOTICE)
    const names = parts.buffers.filter((buffer) => buffer.name !== '').map((buffer) => buffer.name)
    if (names.length > 0) problems.notice(`Records of several buffers are merged: the top one, ${names.join(', ')}.`)
  }
}

const COUNTS_NOTICE = 'The trace clock counts: times are counts, not nanoseconds, and durations are counts too.'
const LATENCY_NOTICE = 'The file holds the text of a latency tracer: its lines are counted as records.'
const LATENCY_BESIDE_NOTICE =
  'Beside its records the file holds the text of a latency tracer, which is not read; trace-cmd report prints it.'
const NO_STACKS_NOTICE =
  'No call stacks were recorded, so holders are known by task only. Record again with `trace-cmd record -T`.'
const NO_SYMBOLS_NOTICE =
  'The file has no symbols with addresses (kptr_restrict), so stacks are bare addresses. Record as root.'

function clockOf(parts: FileParts): string {
  return parts.buffers.find((buffer) => buffer.clock !== '')?.clock ?? parts.time.clock
}

function isCountingFile(parts: FileParts): boolean {
  return parts.time.tsc === undefined && isCountingClock(clockOf(parts))
}

/** What is kept of a file between calls: its head, with the symbols, is most of the work. By the index of its records. */
const heads = new WeakMap<Column<number>, FileParts>()
const texts = new WeakMap<FileParts, RecordText>()

/** The text of single records: seeks to the nearest known positions, then walks. */
async function readRecords(
  bytes: RandomBytes,
  index: Column<number>,
  wanted: readonly number[],
): Promise<Map<number, string>> {
  const parts = heads.get(index) ?? (await readParts(bytes))
  heads.set(index, parts)
  if (parts.latency !== undefined && parts.buffers.length === 0) {
    return latencyLines(bytes, parts, parts.latency, wanted)
  }
  const found = new Map<number, string>()
  const byStride = new Map<number, number[]>()
  for (const record of wanted) {
    const stride = Math.floor((record - 1) / LINE_STRIDE)
    byStride.set(stride, [...(byStride.get(stride) ?? []), record])
  }
  for (const [stride, records] of byStride) await readStride(bytes, parts, index, stride, records, found)
  return found
}

async function readStride(
  bytes: RandomBytes,
  parts: FileParts,
  index: Column<number>,
  stride: number,
  records: readonly number[],
  found: Map<number, string>,
): Promise<void> {
  const { merge, line } = await openStreams(bytes, parts)
  const positions = index.subarray(stride * merge.streams.length, (stride + 1) * merge.streams.length)
  if (positions.length < merge.streams.length) return
  await merge.seek(Array.from(positions as unknown as ArrayLike<number>))
  const text = texts.get(parts) ?? new RecordText(parts, line.originSeconds, isCountingFile(parts))
  texts.set(parts, text)
  const last = Math.max(...records)
  let record = stride * LINE_STRIDE + 1
  for (let stream = merge.next(); stream !== undefined && record <= last; stream = merge.next()) {
    if (records.includes(record)) found.set(record, text.print(stream))
    record++
    await merge.pass(stream)
  }
}
