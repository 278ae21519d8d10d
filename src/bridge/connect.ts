import { proxy } from 'comlink'
import { problemOf } from './bridge-problem.ts'
import { withDistinctNames } from './distinct-names.ts'
import {
  type AskResult,
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
    return this.#load([], new Map(), (seat) => seat.call((api) => api.loadKept(key)))
  }

  /** Loads into a worker of its own, which takes the place of the one before when it has. */
  async #load(
    all: readonly File[],
    starts: ReadonlyMap<string, number>,
    begin: (seat: WorkerSeat) => Promise<CallResult<LoadResult>>,
  ): Promise<LoadResult> {
    this.cancel()
    const seat = new WorkerSeat(this.#createWorker())
    this.#loading = seat
    // A new worker knows no rules of a person; it keeps them for the load, which comes after.
    const rules = this.#rules
    if (rules !== '') void seat.call((api) => api.judge({ how: 'instead', text: rules }))
    const result = await begin(seat)
    if (this.#loading === seat) this.#loading = undefined
    if (!result.isDone) return failed(seat, result.problem)
    if (!result.value.ok) return failedWith(seat, result.value)
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
    if (this.#current === undefined) return { ok: false, problem: problemOf('no_capture', 'no files are loaded') }
    const result = await this.#current.call((api) => api.ask(name, question))
    return result.isDone ? result.value : { ok: false, problem: result.problem }
  }

  async judge(rules: RulesGiven, onProgress?: (progress: JudgeProgress) => void): Promise<RulesResult> {
    const seat = this.#current
    if (seat === undefined) return { ok: false, problem: problemOf('no_capture', 'no files are loaded') }
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

function failed(seat: WorkerSeat, problem: LoadProblem): LoadResult {
  return failedWith(seat, { ok: false, problem, files: [] })
}

function failedWith(seat: WorkerSeat, result: LoadResult): LoadResult {
  seat.end(problemOf('cancelled', 'the load failed'))
  return result
}

type LoadProblem = Extract<LoadResult, { ok: false }>['problem']
