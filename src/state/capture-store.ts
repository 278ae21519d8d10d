import {
  type AskResult,
  type BridgeProblem,
  type LoadProgress,
  type LoadResult,
  type QuestionName,
  type Questions,
  type TraceApi,
} from '../bridge/protocol.ts'
import { type OverviewAnswer } from '../queries/overview.ts'

/** One engine in a worker of its own. `close` ends it; what it was doing is lost. */
export interface Engine {
  readonly api: TraceApi
  close(): void
}

/** How files came: `addition` to what is loaded, or `instead` of it (also when nothing is). */
export type Opening = 'addition' | 'instead'

/** What is loaded. `generation` differs for each capture, so that no answer is taken for another capture's. */
export interface Capture {
  readonly generation: number
  readonly overview: OverviewAnswer
  /** The link must yet learn of this capture: its place (`instead`) or its new files (`addition`) were a person's choice. */
  readonly linkDue?: Opening
}

/** The session, as the page shows it. While files are read and after a failure, what was loaded before stays. */
export type TraceState =
  | { readonly status: 'empty' }
  | {
      readonly status: 'loading'
      readonly names: readonly string[]
      readonly progress?: LoadProgress
      readonly capture?: Capture
    }
  | { readonly status: 'ready'; readonly capture: Capture }
  | {
      readonly status: 'failed'
      readonly problem: BridgeProblem
      readonly files: OverviewAnswer['files']
      readonly capture?: Capture
    }

interface Loaded {
  readonly engine: Engine
  readonly files: readonly File[]
}

/**
 * Holds the capture that is loaded and the load that is under way. Every load has an engine of its own, so that what
 * is loaded stays usable until the new capture is ready, and cancelling costs nothing but the new one.
 */
export class CaptureStore {
  readonly #connect: () => Engine
  readonly #listeners = new Set<() => void>()
  #state: TraceState = { status: 'empty' }
  #loaded: Loaded | undefined
  #loading: Engine | undefined
  #generation = 0

  constructor(connect: () => Engine) {
    this.#connect = connect
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): TraceState => this.#state

  /** Reads files. Resolves when they are loaded, refused or the load was cancelled. A second call cancels the first. */
  async open(files: readonly File[], opening: Opening): Promise<void> {
    if (files.length > 0)
      await this.#open(
        files.map((file) => file.name),
        opening,
        async () => files,
      )
  }

  /** Reads files that must first be fetched, instead of what is loaded. */
  async openFetched(names: readonly string[], fetchFiles: () => Promise<readonly File[]>): Promise<void> {
    await this.#open(names, 'instead', fetchFiles)
  }

  async #open(names: readonly string[], opening: Opening, filesOf: () => Promise<readonly File[]>): Promise<void> {
    this.cancel()
    const engine = this.#connect()
    this.#loading = engine
    this.#set({ status: 'loading', names, capture: captureOf(this.#state) })
    const hadCapture = this.#loaded !== undefined
    const before = opening === 'addition' ? (this.#loaded?.files ?? []) : []
    const [files, result] = await this.#load(engine, before, filesOf)
    if (this.#loading !== engine) return // cancelled
    this.#loading = undefined
    if (result.ok) this.#accept({ engine, files }, result.overview, hadCapture ? opening : undefined)
    else this.#refuse(engine, result.problem, result.files)
  }

  /** Stops the load that is under way, if any; what was loaded stays. */
  cancel(): void {
    if (!this.#loading) return
    this.#loading.close()
    this.#loading = undefined
    this.#set(settled(captureOf(this.#state)))
  }

  /** Puts a failure away. */
  readonly dismiss = (): void => {
    if (this.#state.status === 'failed') this.#set(settled(this.#state.capture))
  }

  /** The link tells of the capture now. */
  readonly linkWritten = (): void => {
    const state = this.#state
    if (state.status === 'empty' || !state.capture?.linkDue) return
    this.#set({ ...state, capture: { ...state.capture, linkDue: undefined } })
  }

  /** Asks the loaded capture. */
  async ask<Name extends QuestionName>(name: Name, question: Questions[Name]['question']): Promise<AskResult<Name>> {
    if (!this.#loaded)
      return { ok: false, problem: { code: 'no_capture', message: 'No file is open. Open one first.' } }
    return this.#loaded.engine.api.ask(name, question)
  }

  async #load(
    engine: Engine,
    before: readonly File[],
    filesOf: () => Promise<readonly File[]>,
  ): Promise<readonly [readonly File[], LoadResult]> {
    try {
      const files = [...before, ...(await filesOf())]
      return [files, await engine.api.load(files, false, (progress) => this.#progress(engine, progress))]
    } catch (error) {
      return [[], { ok: false, problem: { code: 'broken_promise', message: wordsOf(error) }, files: [] }]
    }
  }

  #progress(engine: Engine, progress: LoadProgress): void {
    if (this.#loading === engine && this.#state.status === 'loading') this.#set({ ...this.#state, progress })
  }

  #accept(loaded: Loaded, overview: OverviewAnswer, linkDue: Opening | undefined): void {
    this.#loaded?.engine.close()
    this.#loaded = loaded
    this.#generation++
    this.#set({ status: 'ready', capture: { generation: this.#generation, overview, linkDue } })
  }

  #refuse(engine: Engine, problem: BridgeProblem, files: OverviewAnswer['files']): void {
    engine.close()
    this.#set({ status: 'failed', problem, files, capture: captureOf(this.#state) })
  }

  #set(state: TraceState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}

/** What is loaded, whatever else is going on. */
export function captureOf(state: TraceState): Capture | undefined {
  return state.status === 'empty' ? undefined : state.capture
}

function settled(capture: Capture | undefined): TraceState {
  return capture ? { status: 'ready', capture } : { status: 'empty' }
}

function wordsOf(error: unknown): string {
  return `Reading stopped: ${error instanceof Error ? error.message : String(error)}.`
}
