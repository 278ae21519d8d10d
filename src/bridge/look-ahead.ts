import { type FailedRange } from '../derive/failures/failed-range.ts'
import { findToldRanges, findTracedRanges } from '../derive/failures/failed-ranges.ts'
import { MARK_NAMES } from '../derive/failures/marks.ts'
import { spellingsOf } from '../formats/ftrace/event-names.ts'
import { type Extract } from '../formats/look-ahead/extract-lines.ts'
import { planLookAhead, type LookAheadPlan } from '../formats/look-ahead/look-ahead-plan.ts'
import { type ScanJob, scanJobs } from '../formats/look-ahead/scan-job.ts'
import { ThinText } from '../formats/look-ahead/thin-text.ts'
import { readTrace } from '../formats/read-trace.ts'
import { type Source } from '../formats/source.ts'
import { type Trace } from '../model/trace.ts'
import {
  type EndTimes,
  endTimes,
  foundRanges,
  type FoundRange,
  type FoundSoFar,
  withEnd,
} from '../queries/found-ranges.ts'
import { type ScanPool } from './scan-pool.ts'

/** The lines kept of all files at most; what comes behind is told when it is read. */
const MOST_BYTES = 8 << 20
/** What was found is judged anew so often at most, ms. */
const JUDGE_EVERY_MS = 200
/** All lines found are read anew each time, beside the reading: so many times as long nothing is judged. */
const JUDGE_SHARE = 10
/** Parts at the end that are looked at before all others. */
const END_PARTS = 4
/** Two things that both want all cores and the disk, one after the other: 1 GB is looked through in less. ms. */
const HEAD_START_MS = 1500

/** What a look ahead needs; a test has threads and sizes of its own. */
export interface LookAheadTask {
  readonly sources: readonly Source[]
  readonly createPool: () => ScanPool
  readonly tell: (found: FoundSoFar) => void
  readonly signal: AbortSignal
  /** Text of this size is worth it, bytes. */
  readonly leastBytes?: number
  readonly partBytes?: number
}

/** A look ahead that is under way. */
export interface LookAhead {
  /** Resolves when the reading should begin: all is looked through, or the time is over that it has the machine to itself. */
  readonly headStart: Promise<unknown>
  /** Gives the rest up. */
  stop(): void
}

/** Begins to look ahead; `signal` stops it too. */
export function beginLookAhead(task: LookAheadTask): LookAhead {
  const stopped = new AbortController()
  const stop = (): void => stopped.abort()
  task.signal.addEventListener('abort', stop, { once: true })
  // The files are read all the same, and say themselves what is wrong with them.
  const looked = lookAhead({ ...task, signal: stopped.signal }).catch(() => undefined)
  return { headStart: Promise.race([looked, new Promise((resolve) => setTimeout(resolve, HEAD_START_MS))]), stop }
}

/**
 * Finds failed ranges before the files are read: looks through the large traces for the few lines that tell of them, and
 * reads these alone, by the same reader and the same rules as the whole. Resolves when all is looked through, or given up.
 * Does nothing for files that are read in a moment anyway.
 */
export async function lookAhead(task: LookAheadTask): Promise<void> {
  const plan = await planLookAhead(task.sources, task.leastBytes)
  if (plan.traces.length > 0 && !task.signal.aborted) await new Looking(task, plan).run()
}

class Looking {
  readonly #task: LookAheadTask
  readonly #plan: LookAheadPlan
  readonly #texts: ReadonlyMap<Source, ThinText>
  #atEnd: readonly FoundRange[] = []
  #ends: EndTimes = new Map()
  #isNew = false
  /** What was found since is judged from this time on. */
  #judgeFrom = 0

  constructor(task: LookAheadTask, plan: LookAheadPlan) {
    this.#task = task
    this.#plan = plan
    this.#texts = new Map(plan.traces.map((source) => [source, new ThinText(source.name)]))
  }

  async run(): Promise<void> {
    const pool = this.#task.createPool()
    const end = (): void => pool.end()
    this.#task.signal.addEventListener('abort', end)
    try {
      const isComplete = await this.#scanAll(pool)
      if (!this.#task.signal.aborted) await this.#judge(isComplete && this.#plan.isWhole)
    } finally {
      this.#task.signal.removeEventListener('abort', end)
      end()
    }
  }

  /**
   * Takes the parts in order, so that what is known is always a beginning; only the end is looked at before, for what ends
   * a trace is what it was stopped for. False when it was given up.
   */
  async #scanAll(pool: ScanPool): Promise<boolean> {
    const parts = this.#parts()
    const scanned = new Map<number, Promise<Extract | undefined>>()
    const scan = (at: number): Promise<Extract | undefined> => {
      const extract = scanned.get(at) ?? pool.scan(parts[at].job)
      scanned.set(at, extract)
      return extract
    }
    const endFrom = Math.max(0, parts.length - END_PARTS)
    const end = parts.length > END_PARTS * 2 ? parts.slice(endFrom).map((_, k) => scan(endFrom + k)) : []
    for (let at = 0; at < Math.min(pool.width, parts.length); at++) void scan(at)
    if (end.length > 0) await this.#judgeEnd(parts[endFrom].text.name, await Promise.all(end))
    for (let at = 0; at < parts.length; at++) {
      if (at + pool.width < parts.length) void scan(at + pool.width)
      if (!(await this.#take(parts[at].text, await scan(at)))) return false
      scanned.delete(at)
    }
    return true
  }

  #parts(): readonly Part[] {
    const needles = spellingsOf(MARK_NAMES)
    return this.#plan.traces.flatMap((source) => {
      const text = this.#texts.get(source)
      const jobs = text === undefined ? [] : [...scanJobs(source, needles, this.#task.partBytes)]
      return text === undefined ? [] : jobs.map((job) => ({ text, job }))
    })
  }

  /** Takes what was found in a part. False when the rest is not worth it, or not to be had. */
  async #take(text: ThinText, extract: Extract | undefined): Promise<boolean> {
    if (extract === undefined || this.#task.signal.aborted) return false
    if (text.take(extract)) this.#isNew = true
    if (this.#isNew && performance.now() >= this.#judgeFrom) await this.#judge(false)
    const sizeBytes = [...this.#texts.values()].reduce((sum, { sizeBytes: own }) => sum + own, 0)
    return sizeBytes <= MOST_BYTES
  }

  /** What is told by the end of the last trace alone; its lines are counted when what is before them is. */
  async #judgeEnd(name: string, extracts: readonly (Extract | undefined)[]): Promise<void> {
    const text = new ThinText(name)
    for (const extract of extracts) if (extract !== undefined) text.take(extract)
    if (text.sizeBytes === 0) return
    const outcome = await readTrace([text.read().source])
    if (!outcome.ok || this.#task.signal.aborted) return
    const ranges = findTracedRanges(outcome.value).filter(holdsAlone)
    this.#ends = endTimes(ranges)
    this.#atEnd = foundRanges(outcome.value, ranges, () => undefined, this.#ends).ranges
    if (this.#atEnd.length > 0) this.#tell({ ranges: [], total: 0 })
  }

  async #judge(isComplete: boolean): Promise<void> {
    const begun = performance.now()
    const read = new Map([...this.#texts].map(([source, text]) => [source, text.read()]))
    const thin = this.#task.sources.flatMap((source) => read.get(source)?.source ?? this.#smallOf(source))
    const outcome = await readTrace(thin)
    if (this.#task.signal.aborted) return
    const nothing = { ranges: [], total: 0 }
    const lineOf = new Map([...read.values()].map(({ source, lineOf: own }) => [source.name, own]))
    const found = outcome.ok
      ? foundRanges(
          outcome.value,
          rangesOf(outcome.value, isComplete),
          (name, line) => lineOf.get(name)?.(line) ?? line,
          this.#ends,
        )
      : nothing
    this.#tell(found)
    this.#isNew = false
    const now = performance.now()
    this.#judgeFrom = now + Math.max(JUDGE_EVERY_MS, (now - begun) * JUDGE_SHARE)
  }

  #tell(found: Pick<FoundSoFar, 'ranges' | 'total'>): void {
    this.#task.tell(withEnd(found, this.#atEnd))
  }

  #smallOf(source: Source): readonly Source[] {
    return this.#plan.small.includes(source) ? [source] : []
  }
}

/** What a log alone tells holds only when everything is known. */
function rangesOf(trace: Trace, isComplete: boolean): readonly FailedRange[] {
  return isComplete ? findToldRanges(trace) : findTracedRanges(trace)
}

/** A range that no event before may tell to be another: who wanted it is told by a stack, or by the start of the attempt. */
function holdsAlone({ trigger, attemptFrom }: FailedRange): boolean {
  return attemptFrom !== undefined || trigger === 'hugetlb' || trigger === 'offline'
}

interface Part {
  readonly text: ThinText
  readonly job: ScanJob
}
