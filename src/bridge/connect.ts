import { proxy } from 'comlink'
import { problemOf } from './bridge-problem.ts'
import { withDistinctNames } from './distinct-names.ts'
import {
  type AskResult,
  type BridgeProblem,
  type HashProgress,
  type IndexNews,
  type IndexUse,
  type JudgeProgress,
  type KeptIndexes,
  type LoadProgress,
  type LoadResult,
  type PairingProgress,
  type QuestionName,
  type Questions,
  type RulesGiven,
  type RulesResult,
  type TraceApi,
} from './protocol.ts'
import { type OverviewAnswer } from '../queries/overview.ts'
import { carriedWorker } from './carried-worker.ts'
import { keptIndexes } from './kept-indexes.ts'
import { changedFiles, sameAgain } from './same-again.ts'
import { type CallResult, WorkerSeat, type WorkerLike } from './worker-seat.ts'

/** The page's end of the bridge. */
export interface Connection {
  readonly api: TraceApi
  /** What is kept in this browser. */
  readonly indexes: KeptIndexes
  /** The files of what is loaded, by the names that they are cited by; an archive is one. */
  files(): readonly File[]
  /** The rule file that loads are judged by; empty for the rules that come with pinscope. */
  rulesText(): string
  /** Calls back when the worker of what is loaded ended by itself, or lost what it needs. Gives back what stops that. */
  onLost(listener: (problem: BridgeProblem) => void): () => void
  /**
   * Loads what is loaded once more, into a new worker: the same files, or the same index. What comes of it takes the place of
   * what was loaded only if the files are what they were; else the problem is `files_changed`, and names them.
   */
  reopen(onProgress: (progress: LoadProgress) => void, index: IndexUse): Promise<LoadResult>
  /** Stops the load that is running, if any; what was loaded before stays and goes on answering. */
  cancel(): void
  /** Ends all workers. */
  dispose(): void
}

/**
 * Connects to a trace worker. A load runs in a worker of its own, which takes the old one's place when it has
 * succeeded; so cancelling is ending that worker, a load that fails or runs out of memory harms nothing, and questions
 * about the old capture are answered meanwhile. The price: during a second load both captures are in memory.
 * Promises of `api` never reject: a worker that dies is a `BridgeProblem`, and the next load starts a new one.
 */
export function connect(createWorker: () => WorkerLike = createTraceWorker): Connection {
  const link = new Link(createWorker)
  return {
    api: {
      load: (files, isAddition, onProgress, starts, index) => link.load(files, isAddition, onProgress, starts, index),
      loadKept: (key) => link.loadKept(key),
      ask: (name, question) => link.ask(name, question),
      judge: (rules, onProgress) => link.judge(rules, onProgress),
      stopJudging: () => link.stopJudging(),
      pairing: (onProgress) => link.pairing(onProgress),
      contentHashes: (onProgress) => link.contentHashes(onProgress),
      hashNow: () => link.hashNow(),
      stopHashing: () => link.stopHashing(),
      indexNews: () => link.indexNews(),
      stopKeeping: () => link.stopKeeping(),
    },
    indexes: keptIndexes(),
    files: () => link.files,
    rulesText: () => link.rulesText,
    onLost: (listener) => link.onLost(listener),
    reopen: (onProgress, index) => link.reopen(onProgress, index),
    cancel: () => link.cancel(),
    dispose: () => link.dispose(),
  }
}

function createTraceWorker(): WorkerLike {
  return carriedWorker('trace') ?? new Worker(new URL('./trace.worker.ts', import.meta.url), { type: 'module' })
}

class Link {
  readonly #createWorker: () => WorkerLike
  #current: WorkerSeat | undefined
  #loading: WorkerSeat | undefined
  #files: readonly File[] = []
  #starts: ReadonlyMap<string, number> = new Map()
  /** Rule file that loads are judged by; empty for the rules that come with pinscope. */
  #rules = ''
  /** What is loaded, as it was when it came; for finding out whether it is the same when it is loaded again. */
  #loaded: { readonly files: OverviewAnswer['files']; readonly keptKey?: string } = { files: [] }
  readonly #lostListeners = new Set<(problem: BridgeProblem) => void>()

  constructor(createWorker: () => WorkerLike) {
    this.#createWorker = createWorker
  }

  get files(): readonly File[] {
    return this.#files
  }

  get rulesText(): string {
    return this.#rules
  }

  async load(
    files: readonly File[],
    isAddition: boolean,
    onProgress: (progress: LoadProgress) => void,
    given: ReadonlyMap<string, number> = new Map(),
    index: IndexUse = 'off',
  ): Promise<LoadResult> {
    const all = withDistinctNames(isAddition ? [...this.#files, ...files] : files)
    const starts = isAddition ? new Map([...this.#starts, ...given]) : given
    return this.#load(all, starts, (seat) => seat.call((api) => api.load(all, false, proxy(onProgress), starts, index)))
  }

  loadKept(key: string): Promise<LoadResult> {
    return this.#load([], new Map(), (seat) => seat.call((api) => api.loadKept(key)), { keptKey: key })
  }

  onLost(listener: (problem: BridgeProblem) => void): () => void {
    this.#lostListeners.add(listener)
    return () => void this.#lostListeners.delete(listener)
  }

  reopen(onProgress: (progress: LoadProgress) => void, index: IndexUse): Promise<LoadResult> {
    const { files: before, keptKey } = this.#loaded
    const [all, starts] = [this.#files, this.#starts]
    const begin = (seat: WorkerSeat): Promise<CallResult<LoadResult>> =>
      seat.call((api) =>
        keptKey === undefined ? api.load(all, false, proxy(onProgress), starts, index) : api.loadKept(keptKey),
      )
    return this.#load(all, starts, begin, { keptKey, before })
  }

  /** Loads into a worker of its own, which takes the place of the one before when it has; `before`: only if it is the same. */
  async #load(
    all: readonly File[],
    starts: ReadonlyMap<string, number>,
    begin: (seat: WorkerSeat) => Promise<CallResult<LoadResult>>,
    { keptKey, before }: LoadHow = {},
  ): Promise<LoadResult> {
    this.cancel()
    const seat: WorkerSeat = new WorkerSeat(this.#createWorker(), (problem) => this.#tellLost(seat, problem))
    this.#loading = seat
    // A new worker knows no rules of a person; it keeps them for the load, which comes after.
    const rules = this.#rules
    if (rules !== '') void seat.call((api) => api.judge({ how: 'instead', text: rules }))
    const result = await begin(seat)
    if (this.#loading === seat) this.#loading = undefined
    if (!result.isDone) return failed(seat, result.problem)
    if (!result.value.ok) return failedWith(seat, result.value)
    const { files } = result.value.overview
    if (before !== undefined && !sameAgain(before, files)) return failedWith(seat, changedFiles(before, files))
    this.#loaded = { files, ...(keptKey === undefined ? {} : { keptKey }) }
    this.#current?.end(problemOf('cancelled', 'another capture was loaded'))
    this.#current = seat
    this.#files = all
    this.#starts = starts
    return this.#rules === rules ? result.value : this.#judgedAnew(seat, result.value)
  }

  /** What was loaded, by the rules that were chosen while it was read. */
  async #judgedAnew(seat: WorkerSeat, loaded: LoadResult): Promise<LoadResult> {
    const judged = await seat.call((api) => api.judge({ how: 'instead', text: this.#rules }))
    return judged.isDone && judged.value.ok ? { ...loaded, ok: true, overview: judged.value.overview } : loaded
  }

  async ask<Name extends QuestionName>(name: Name, question: Questions[Name]['question']): Promise<AskResult<Name>> {
    const seat = this.#current
    if (seat === undefined) return { ok: false, problem: problemOf('no_capture', 'No files are open.') }
    const result = await seat.call((api) => api.ask(name, question))
    if (!result.isDone) return { ok: false, problem: result.problem }
    if (!result.value.ok && result.value.problem.code === 'storage_lost') this.#giveUp(seat, result.value.problem)
    return result.value
  }

  /** A worker that lost what it needs is of no use any more. */
  #giveUp(seat: WorkerSeat, problem: BridgeProblem): void {
    if (seat.ended !== undefined) return
    this.#tellLost(seat, problem)
    seat.end(problem)
  }

  #tellLost(seat: WorkerSeat, problem: BridgeProblem): void {
    if (seat === this.#current) for (const listener of this.#lostListeners) listener(problem)
  }

  async judge(rules: RulesGiven, onProgress?: (progress: JudgeProgress) => void): Promise<RulesResult> {
    const seat = this.#current
    if (seat === undefined) return { ok: false, problem: problemOf('no_capture', 'No files are open.') }
    const result = await seat.call((api) => api.judge(rules, onProgress && proxy(onProgress)))
    if (!result.isDone) return { ok: false, problem: result.problem }
    if (result.value.ok) this.#rules = result.value.text
    return result.value
  }

  async pairing(onProgress?: (progress: PairingProgress) => void): Promise<OverviewAnswer | undefined> {
    const result = await this.#current?.call((api) => api.pairing(onProgress && proxy(onProgress)))
    return result?.isDone === true ? result.value : undefined
  }

  async contentHashes(onProgress?: (progress: HashProgress) => void): Promise<OverviewAnswer['files'] | undefined> {
    const result = await this.#current?.call((api) => api.contentHashes(onProgress && proxy(onProgress)))
    return result?.isDone === true ? result.value : undefined
  }

  async hashNow(): Promise<void> {
    await this.#current?.call((api) => api.hashNow())
  }

  async stopHashing(): Promise<void> {
    await this.#current?.call((api) => api.stopHashing())
  }

  async indexNews(): Promise<IndexNews> {
    const result = await this.#current?.call((api) => api.indexNews())
    return result?.isDone === true ? result.value : { kind: 'none' }
  }

  async stopKeeping(): Promise<void> {
    await this.#current?.call((api) => api.stopKeeping())
  }

  async stopJudging(): Promise<void> {
    await this.#current?.call((api) => api.stopJudging())
  }

  cancel(): void {
    this.#loading?.end(problemOf('cancelled', 'the load was cancelled'))
    this.#loading = undefined
  }

  dispose(): void {
    this.cancel()
    this.#current?.end(problemOf('cancelled', 'the connection was closed'))
    this.#current = undefined
  }
}

/** How a load is done, where it is not of files that were opened just now. */
interface LoadHow {
  readonly keptKey?: string | undefined
  readonly before?: OverviewAnswer['files']
}

function failed(seat: WorkerSeat, problem: LoadProblem): LoadResult {
  return failedWith(seat, { ok: false, problem, files: [] })
}

function failedWith(seat: WorkerSeat, result: LoadResult): LoadResult {
  seat.end(problemOf('cancelled', 'the load failed'))
  return result
}

type LoadProblem = Extract<LoadResult, { ok: false }>['problem']
