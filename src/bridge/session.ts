import { writeOwnRules } from '../derive/attribution/rule-file.ts'
import { chooseRules, DEFAULT_RULES, type RuleChoice } from '../derive/attribution/rule-set.ts'
import { deriveFirst, type FirstAnswer, judgeSteps } from '../derive/derive.ts'
import { type Derived } from '../derive/derived.ts'
import { openArchives } from '../formats/archives/open-archives.ts'
import { readTrace } from '../formats/read-trace.ts'
import { type SeatPool } from '../formats/shard-pool.ts'
import { sourcesOfBlobs } from '../formats/small-blobs.ts'
import { absentSource, type Source, sourceOfBlob } from '../formats/source.ts'
import { HASH_WHOLE_BYTES } from '../model/source-file.ts'
import { fileAnswer } from '../queries/file-answer.ts'
import { type OverviewAnswer, readOverview } from '../queries/overview.ts'
import { withHashes } from '../queries/with-hashes.ts'
import { rulesMark } from '../queries/rules-answer.ts'
import { type IndexShelf } from '../snapshot/index-shelf.ts'
import { openShelf } from '../snapshot/open-shelf.ts'
import { openSpill, sweepSpills } from '../snapshot/open-spill.ts'
import { type SpillFile } from '../snapshot/spill-file.ts'
import { type Trace } from '../model/trace.ts'
import { ABOUT_ALL_HOLDS, ANSWERS, type Answerer } from './answers.ts'
import { problemOf, problemOfError } from './bridge-problem.ts'
import { Capture } from './capture.ts'
import { choiceOf } from './given-rules.ts'
import { inflateAside } from './inflate-aside.ts'
import { createIngestPool } from './ingest-pool.ts'
import { type FoundSoFar } from '../queries/found-ranges.ts'
import { HashRun } from './hash-run.ts'
import { createHashSeat, type HashSeat } from './hash-seat.ts'
import { compareContents, findByKey, findKept, type FoundCapture, type Given, keepCapture } from './kept-capture.ts'
import { PairingRun } from './pairing-run.ts'
import { pacedProgress } from './progress-pace.ts'
import {
  type AskResult,
  type HashProgress,
  type IndexNews,
  type IndexUse,
  type JudgeProgress,
  type LoadProgress,
  type LoadResult,
  type PairingProgress,
  type QuestionName,
  type Questions,
  type RulesGiven,
  type RulesResult,
  type TraceApi,
} from './protocol.ts'
import { RangeWatch } from './range-watch.ts'
import { runWithPauses } from './run-with-pauses.ts'
import { spillLarge, type SpillOptions } from './spill-large.ts'

const GIVEN_UP = problemOf('cancelled', 'Judging anew was given up; the rules of before are in force.')

/** How indexes are kept, and columns spilled. A test has a shelf of its own. */
export interface SessionIndexes extends SpillOptions {
  readonly openShelf: () => Promise<IndexShelf | undefined>
  readonly build?: string
  /** Least text worth keeping, bytes. */
  readonly leastTextBytes?: number
  /** Larger files are hashed behind what is shown, bytes. */
  readonly mostHashedBytes?: number
  readonly createHashSeat?: () => HashSeat
  /** What is shown first is asked for meanwhile: keeping and hashing wait so long. ms. */
  readonly afterMs?: number
  /** The threads for parts of large files, where others than the usual ones are wanted. */
  readonly createPool?: () => SeatPool
}

/** What is shown first is asked for now: keeping and hashing wait for it. ms. */
const KEEP_AFTER_MS = 300
/** While a question is answered, hashing looks so often whether it is. ms. */
const REST_MS = 5

/**
 * The engine behind the worker's door: keeps one capture and answers questions about it. Knows no worker; tests make
 * one directly. Nothing is ever thrown over the door: every failure is a `BridgeProblem`.
 */
export class TraceSession implements TraceApi {
  #capture: Capture | undefined
  #loading: AbortController | undefined
  #rules: RuleChoice = {}
  #judging: AbortController | undefined
  /** First PFNs of arrays that a person told, of the capture that is kept. */
  #starts: ReadonlyMap<string, number> = new Map()
  readonly #indexes: SessionIndexes
  #news: Promise<IndexNews> = Promise.resolve({ kind: 'none' })
  #keeping = new AbortController()
  /** Keeps what could not be kept because hashing was stopped; for when that goes on. */
  #keepLater: (() => void) | undefined
  /** References of the capture that are paired in pauses. */
  #pairing: PairingRun | undefined
  readonly #mostEventsFirst: number | undefined
  /** Hashes of the capture that were put off. */
  #hashing: HashRun | undefined
  /** Questions that are answered now. */
  #answering = 0
  /** Where columns of the capture lie that were spilled. */
  #spill: { readonly trace: Trace; readonly file: SpillFile } | undefined

  /** `mostEventsFirst`: traces of more events are derived in two steps, see `deriveFirst`. */
  constructor(indexes: SessionIndexes = { openShelf, openSpill, sweepSpills }, mostEventsFirst?: number) {
    this.#indexes = indexes
    this.#mostEventsFirst = mostEventsFirst
  }

  /** What is loaded, for who runs in the same thread; it never crosses the door. */
  get capture(): Capture | undefined {
    return this.#capture
  }

  /**
   * Reads files as one capture. An addition reads everything known so far again, together with the new files: the
   * events of all of them must be ordered in time as one. A load that is still running is given up.
   */
  async load(
    files: readonly File[],
    isAddition: boolean,
    onProgress: (progress: LoadProgress) => void,
    given: ReadonlyMap<string, number> = new Map(),
    index: IndexUse = 'off',
  ): Promise<LoadResult> {
    this.#loading?.abort()
    const loading = new AbortController()
    this.#loading = loading
    const known = isAddition ? (this.#capture?.sources ?? []) : []
    const starts = isAddition ? new Map([...this.#starts, ...given]) : given
    const tell = pacedProgress(onProgress)
    // What a capture was read from before is known as sources only, which have no fingerprint.
    const shelf = index === 'off' || known.length > 0 ? undefined : await this.#indexes.openShelf()
    const asked = { files, starts }
    const since = Date.now()
    await this.#indexes.sweepSpills?.()
    try {
      const kept = index === 'reuse' && shelf ? await this.#takeKept(shelf, asked, tell, loading.signal) : undefined
      const result = kept ?? (await this.#read(known, sourcesOfBlobs(files), starts, tell, loading.signal))
      if (result.ok) this.#starts = starts
      if (result.ok && kept === undefined)
        this.#keep(index === 'off' || known.length > 0 ? 'off' : shelf, { ...asked, since }, result.overview)
      return result
    } catch (error) {
      const problem = loading.signal.aborted ? problemOf('cancelled', 'another load was begun') : problemOfError(error)
      return { ok: false, problem, files: [] }
    }
  }

  /** Judges the capture anew, with pauses in which questions are answered. Rules that come before any capture are kept for it. */
  async judge(rules: RulesGiven, onProgress?: (progress: JudgeProgress) => void): Promise<RulesResult> {
    const given = choiceOf(rules, this.#rules)
    if (!given.ok) {
      const { message, line } = given.error
      return { ok: false, problem: problemOf('wrong_rules', message), line }
    }
    const capture = this.#capture
    if (capture === undefined) this.#rules = given.value
    if (capture === undefined) return { ok: false, problem: problemOf('no_capture', 'No files are open.') }
    this.#judging?.abort()
    const judging = new AbortController()
    this.#judging = judging
    try {
      const steps = judgeSteps(capture.trace, capture.derivedFor(), given.value, this.#mostEventsFirst)
      const derived = await runWithPauses(steps, judging.signal, onProgress)
      if (derived === undefined || this.#capture !== capture) return { ok: false, problem: GIVEN_UP }
      this.#rules = given.value
      this.#setCapture(capture.sources, capture.trace, { derived })
      const text = derived.rules === DEFAULT_RULES ? '' : writeOwnRules(derived.rules)
      return { ok: true, overview: this.#capture.overview(), rules: rulesMark(derived.rules), text }
    } catch (error) {
      return { ok: false, problem: problemOfError(error) }
    }
  }

  /** Gives judging anew up. */
  async stopJudging(): Promise<void> {
    this.#judging?.abort()
  }

  /** Answers one question. */
  async ask<Name extends QuestionName>(name: Name, question: Questions[Name]['question']): Promise<AskResult<Name>> {
    try {
      if (ABOUT_ALL_HOLDS.has(name)) await this.#allPaired()
      const capture = this.#capture
      if (capture === undefined) return { ok: false, problem: problemOf('no_capture', 'No files are open.') }
      const answerer: Answerer<Name> | undefined = ANSWERS[name]
      if (answerer === undefined) return { ok: false, problem: problemOf('broken_promise', `no question ${name}`) }
      this.#answering++
      return await answerer(capture, question).finally(() => this.#answering--)
    } catch (error) {
      return { ok: false, problem: problemOfError(error) }
    }
  }

  /** Waits until all references of the capture are paired; undefined when that was given up, or failed. */
  async pairing(onProgress?: (progress: PairingProgress) => void): Promise<OverviewAnswer | undefined> {
    const capture = this.#capture
    if (onProgress !== undefined) this.#pairing?.listen(onProgress)
    await this.#allPaired().catch(() => undefined)
    const isSame = capture !== undefined && capture === this.#capture
    return isSame && capture.isWhole ? capture.overview() : undefined
  }

  /** Resolves when no pairing is under way any more, of whichever capture; rejects when it failed. */
  async #allPaired(): Promise<void> {
    while (this.#pairing !== undefined) await this.#pairing.done
  }

  /** Puts a capture in the place of the one before; what it still lacks is paired from now on. */
  #setCapture(sources: readonly Source[], trace: Trace, { derived, rest }: FirstAnswer): void {
    this.#pairing?.stop()
    if (this.#spill?.trace !== trace) this.#endSpill()
    if (this.#capture?.trace !== trace) this.#hashBehind(sources, trace)
    const { hashes } = this.#hashing ?? {}
    const capture = new Capture({ sources, trace, hashes }, derived, rest, this.#mostEventsFirst)
    const run = rest && new PairingRun(rest)
    this.#capture = capture
    this.#pairing = run
    const end = (all: Derived | undefined): void => {
      if (all !== undefined) capture.complete(all)
      if (this.#pairing === run) this.#pairing = undefined
    }
    // One that failed stays: whoever asks for all holds is told why there are none.
    run?.done.then(end, () => undefined)
  }

  /** The capture that was spilled is let go of: what is kept of it is read from there, too. */
  #endSpill(): void {
    if (this.#spill === undefined) return
    this.#keeping.abort()
    void this.#spill.file.close()
    this.#spill = undefined
  }

  /** Hashes files whose hash was put off, when what is asked first is answered and all references are paired. */
  #hashBehind(sources: readonly Source[], { files }: Trace): void {
    this.#hashing?.stop()
    const after = pause(this.#indexes.afterMs ?? KEEP_AFTER_MS).then(() => this.#allPaired().catch(() => undefined))
    const rest = async (): Promise<void> => {
      while (this.#answering > 0) await pause(REST_MS)
    }
    const createSeat = this.#indexes.createHashSeat ?? createHashSeat
    this.#hashing = new HashRun({ sources, files, createSeat, rest }, after)
  }

  /** Waits until all hashes are known, or hashing is stopped; undefined when another capture came between. */
  async contentHashes(onProgress?: (progress: HashProgress) => void): Promise<OverviewAnswer['files'] | undefined> {
    const run = this.#hashing
    if (onProgress !== undefined) run?.listen(onProgress)
    await run?.ended
    return run === this.#hashing ? this.#capture?.files() : undefined
  }

  /** Somebody waits for the hashes. */
  async hashNow(): Promise<void> {
    this.#hashing?.hurry()
    const keepLater = this.#keepLater
    this.#keepLater = undefined
    keepLater?.()
  }

  async stopHashing(): Promise<void> {
    this.#hashing?.stop()
  }

  /** What becomes of the index of what is loaded. */
  indexNews(): Promise<IndexNews> {
    return this.#news
  }

  /** Gives keeping up. */
  async stopKeeping(): Promise<void> {
    this.#keeping.abort()
    await this.#news
  }

  /** The capture as it was kept. Undefined when it is not there, or the files are others by now. */
  async #takeKept(
    shelf: IndexShelf,
    given: Given,
    tell: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<LoadResult | undefined> {
    const found = await findKept(shelf, given).catch(() => undefined)
    signal.throwIfAborted()
    if (found === undefined) return undefined
    const { meta, trace, isUntouched } = found
    const compare = async (): Promise<IndexNews> => {
      const news = await compareContents(meta, given.files, signal)
      if (news.kind === 'differs') await shelf.remove(meta.key)
      return news
    }
    if (!isUntouched) tell(comparing(given.files, trace))
    const compared = isUntouched ? undefined : await compare()
    signal.throwIfAborted()
    if (compared !== undefined && compared.kind !== 'verified') return undefined
    const sources = await openArchives(given.files.map(sourceOfBlob), { signal })
    if (sources.length !== trace.files.length) return undefined
    const { first, overview } = this.#judgedOf(found)
    signal.throwIfAborted()
    this.#setCapture(sources, trace, first)
    this.#news = compared === undefined ? compare() : Promise.resolve(compared)
    const reused = { savedAt: meta.savedAt, isVerified: !isUntouched }
    return { ok: true, overview, reused }
  }

  /** A capture without its files. */
  async loadKept(key: string): Promise<LoadResult> {
    this.#loading?.abort()
    const shelf = await this.#indexes.openShelf()
    const found = shelf && (await findByKey(shelf, key).catch(() => undefined))
    if (found === undefined) {
      const problem = problemOf('no_capture', 'What was kept of this capture is not there any more: open its files.')
      return { ok: false, problem, files: [] }
    }
    try {
      const { first, overview } = this.#judgedOf(found)
      this.#setCapture(
        found.trace.files.map(({ name }) => absentSource(name)),
        found.trace,
        first,
      )
      this.#starts = new Map()
      this.#keeping.abort()
      this.#news = Promise.resolve({ kind: 'none' })
      const reused = { savedAt: found.meta.savedAt, isVerified: false, isWithoutFiles: true } as const
      return { ok: true, overview, reused }
    } catch (error) {
      return { ok: false, problem: problemOfError(error), files: [] }
    }
  }

  /** It is kept as judged by the usual rules; by others it is judged now. */
  #judgedOf({ trace, judged }: FoundCapture): { readonly first: FirstAnswer; readonly overview: OverviewAnswer } {
    if (judged !== undefined && chooseRules(this.#rules) === DEFAULT_RULES)
      return { first: { derived: { ...judged.derived, rules: DEFAULT_RULES } }, overview: judged.overview }
    return this.#derive(trace)
  }

  #derive(trace: Trace): { readonly first: FirstAnswer; readonly overview: OverviewAnswer } {
    const first = deriveFirst(trace, { ...this.#rules, mostEventsFirst: this.#mostEventsFirst })
    return { first, overview: readOverview(trace, first.derived, first.rest !== undefined) }
  }

  /** Keeps what was read, in the background. */
  #keep(
    shelf: IndexShelf | undefined | 'off',
    given: Given & { readonly since: number },
    overview: OverviewAnswer,
  ): void {
    const capture = this.#capture
    this.#keeping.abort()
    this.#keeping = new AbortController()
    if (shelf === 'off' || capture === undefined) {
      this.#news = Promise.resolve({ kind: 'none' })
      return
    }
    const { sources, trace } = capture
    const { build, leastTextBytes } = this.#indexes
    const { signal } = this.#keeping
    const hashing = this.#hashing
    const keep = async (): Promise<IndexNews> => {
      const first = Promise.all([
        pause(this.#indexes.afterMs ?? KEEP_AFTER_MS),
        this.#allPaired().catch(() => undefined),
      ])
      await Promise.race([aborted(signal), first.then(() => hashing?.allEnded())])
      if (signal.aborted) return { kind: 'not_kept', why: 'stopped' }
      if (hashing?.isSettled === false) {
        this.#keepLater = () => {
          if (!signal.aborted && hashing === this.#hashing) this.#news = keep()
        }
        return { kind: 'not_kept', why: 'stopped' }
      }
      // The pairing failed, or another capture came between.
      if (!capture.isWhole) return { kind: 'none' }
      const derived = capture.derivedFor()
      const files = withHashes(trace.files, capture.hashes)
      const whole = { ...(overview.isPairing ? readOverview(trace, derived) : overview), files: capture.files() }
      const kept = { trace: { ...trace, files }, derived, overview: whole }
      const task = { ...given, sources, ...kept, build, leastTextBytes, signal, pause }
      return keepCapture(shelf, task)
    }
    this.#news = keep()
  }

  /** `known` were opened by an earlier load, `added` may be archives. */
  async #read(
    known: readonly Source[],
    added: readonly Source[],
    starts: ReadonlyMap<string, number>,
    tell: (progress: LoadProgress) => void,
    signal: AbortSignal,
  ): Promise<LoadResult> {
    let last: LoadProgress | undefined
    let found: FoundSoFar | undefined
    const onProgress = (progress: Omit<LoadProgress, 'phase'>): void => {
      last = { phase: 'reading', ...progress, ...(found === undefined ? {} : { found }) }
      tell(last)
    }
    const sources = [...known, ...(await openArchives(added, { signal, onProgress }))]
    const onFound = (soFar: FoundSoFar): void => {
      found = soFar
      onProgress(last ?? notBegun(sources))
    }
    const { createPool = createIngestPool } = this.#indexes
    const threads = hasWorkers() ? { shards: createPool(), inflate: inflateAside() } : {}
    const onlooker = new RangeWatch(onFound)
    const { mostHashedBytes = HASH_WHOLE_BYTES } = this.#indexes
    const options = { signal, onProgress, onlooker, ...threads, mostHashedBytes, kpageStarts: { byHash: starts } }
    const end = (): void => threads.shards?.end()
    // Nothing here may hold on to the columns as they were read.
    const { outcome, spill } = await readTrace(sources, options)
      .finally(end)
      .then((read) => spillLarge(read, this.#indexes))
    if (!outcome.ok) {
      const problem = problemOf('nothing_readable', outcome.error.message)
      return { ok: false, problem, files: outcome.error.files.map(fileAnswer) }
    }
    const trace = outcome.value
    if (last !== undefined) tell({ ...last, phase: 'deriving', events: trace.events.length })
    try {
      const { first, overview } = this.#derive(trace)
      signal.throwIfAborted()
      this.#setCapture(sources, trace, first)
      if (spill !== undefined) this.#spill = { trace, file: spill }
      return { ok: true, overview }
    } catch (error) {
      await spill?.close()
      throw error
    }
  }
}

function notBegun(sources: readonly Source[]): Omit<LoadProgress, 'phase'> {
  const bytesTotal = sources.reduce((sum, source) => sum + source.sizeBytes, 0)
  const fileName = sources.at(0)?.name ?? ''
  return { fileName, fileIndex: 0, fileCount: sources.length, bytesRead: 0, bytesTotal, events: 0 }
}

function comparing(files: readonly File[], trace: Trace): LoadProgress {
  const bytesTotal = files.reduce((sum, file) => sum + file.size, 0)
  const [{ name: fileName }] = files
  const events = trace.events.length
  return { phase: 'comparing', fileName, fileIndex: 0, fileCount: files.length, bytesRead: 0, bytesTotal, events }
}

/** Resolves when it is given up. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

function pause(ms = 0): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** False where a session runs outside a browser, in a test. */
function hasWorkers(): boolean {
  return typeof Worker === 'function'
}
