import {
  type AskResult,
  type BridgeProblem,
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
} from '../bridge/protocol.ts'
import { type Connection } from '../bridge/connect.ts'
import { type OverviewAnswer } from '../queries/overview.ts'
import { type RulesMark } from '../queries/rules-answer.ts'
import { type CaptureRef, isSameRef } from './capture-ref.ts'
import { KeptIndexStore } from './kept-index-store.ts'
import { Recovery } from './recovery.ts'

/** How files came: `addition` to what is loaded, or `instead` of it (also when nothing is). */
export type Opening = 'addition' | 'instead'

/** A capture that was replaced by a person's choice. */
export interface Replaced {
  readonly opening: Opening
  readonly files: OverviewAnswer['files']
}

/**
 * What is loaded. `generation` differs for each capture and each set of rules that it was judged by, so that no answer is
 * taken for another's; `reading` differs for each capture alone.
 */
export interface Capture {
  readonly generation: number
  readonly reading: number
  readonly overview: OverviewAnswer
  /** How it came to take the place of the one before, until the link tells of it. */
  readonly replaced?: Replaced
  /** What was written into the link for this capture last; absent while the link is one that asked for it. */
  readonly ownLink?: OwnLink
  /** Rules of a person that it was judged by; absent for the rules that come with pinscope. */
  readonly rules?: RuleMark
  readonly index: CaptureIndex
  /** It was read because the files are not those that the index was made of that was shown before. */
  readonly hasDiffered: boolean
}

/** What was written into the link. `over` stood there before, and is drawn for a moment still. */
export interface OwnLink {
  readonly ref: CaptureRef | undefined
  readonly over: CaptureRef | undefined
}

/** What a capture has to do with the indexes that are kept: it came from one, or one is made of it. */
export type CaptureIndex =
  | {
      readonly from: 'index'
      readonly savedAt: number
      readonly isCompared: 'yes' | 'not yet' | 'impossible'
      /** The files are not open: no raw line can be read. */
      readonly isWithoutFiles?: true
    }
  /** `news` is absent until it is known what became of it. */
  | { readonly from: 'files'; readonly news?: IndexNews }

/** Rules of a person, told apart by their hash. */
export type RuleMark = RulesMark

/** Rules to judge by, see the protocol. */
export type GivenRules = RulesGiven

/** What became of rules that were applied. */
export type RulesOutcome =
  | { readonly ok: true; readonly mark: RuleMark }
  | { readonly ok: false; readonly message: string; readonly line?: number; readonly isGivenUp?: boolean }

/** Judging anew that is under way: what is shown meanwhile is by the rules of before. */
export interface Judging {
  /** Absent until the first is told. */
  readonly progress?: JudgeProgress
}

/** Pairing of references that no failed range asks for, which goes on behind what is shown. */
export interface Pairing {
  /** Absent until the first is told. */
  readonly progress?: PairingProgress
}

/** Hashing of large files, which goes on behind what is shown. */
export interface Hashing {
  /** It was stopped, and goes on at wish. */
  readonly isStopped: boolean
  /** The worker ended, and the hash with it: only opening the files again helps. */
  readonly isLost?: true
  /** Absent until the first is told. */
  readonly progress?: HashProgress
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
      /** What was to be opened. */
      readonly names: readonly string[]
      readonly problem: BridgeProblem
      readonly files: OverviewAnswer['files']
      readonly capture?: Capture
    }

/** A file that is an array of pages. */
export type ArrayFile = Pick<OverviewAnswer['files'][number], 'name' | 'hash'>

/** First PFNs of arrays of pages, by SHA-256 of the file. */
type Starts = ReadonlyMap<string, number>

/** What was asked for last, for trying again. */
interface LastOpening {
  readonly names: readonly string[]
  readonly opening: Opening
  readonly filesOf: FilesOf
  readonly how: LoadHow
}

type FilesOf = (tell: (progress: LoadProgress) => void) => Promise<readonly File[]>

/** How files are read, where it is not as usual. */
interface LoadHow {
  readonly starts?: Starts
  readonly index?: IndexUse
  /** No file is read: what is kept under this key is loaded. */
  readonly keptKey?: string
  readonly hasDiffered?: boolean
}

type Loaded = Extract<LoadResult, { ok: true }>

/** What a store needs of a connection; a test may do without the rest. */
type StoreConnection = Pick<Connection, 'api' | 'cancel' | 'indexes'> &
  Partial<Pick<Connection, 'files' | 'onLost' | 'reopen'>>

/**
 * Holds what the page knows of the session: the capture that is loaded and the load that is under way. What is loaded
 * stays usable until the next capture is ready; the connection keeps its promise of that.
 */
export class CaptureStore {
  /** What is kept in this browser. */
  readonly kept: KeptIndexStore
  /** What becomes of a capture whose worker ended. */
  readonly recovery: Recovery
  readonly #connection: StoreConnection
  readonly #listeners = new Set<() => void>()
  #state: TraceState = { status: 'empty' }
  /** Number of the load under way; a load that finds another number was cancelled. */
  #load = 0
  #generation = 0
  #rules: RuleMark | undefined
  #judging: Judging | undefined
  #pairing: Pairing | undefined
  #hashing: Hashing | undefined
  /** Ends when hashing does that is awaited last. */
  #hashed: Promise<void> = Promise.resolve()
  /** The page asked to stop hashing, and has not asked to go on since. */
  #isStopAsked = false
  /** Ends with the load that was begun last. */
  #read: Promise<unknown> = Promise.resolve()
  #reading = 0
  #last: LastOpening | undefined

  /** `numbersFrom`: what `generation` and `reading` count on from, apart from those of another store. */
  constructor(connection: StoreConnection, numbersFrom = 0) {
    this.#connection = connection
    this.#generation = numbersFrom
    this.#reading = numbersFrom
    this.kept = new KeptIndexStore(connection.indexes, () => connection.api.stopKeeping())
    this.recovery = new Recovery({
      onLost: (tell) => connection.onLost?.(tell),
      isBusy: () => this.#state.status === 'loading',
      reopen: (tell) => this.#reopen(tell),
      onChange: () => this.#tellAll(),
    })
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  readonly state = (): TraceState => this.#state

  /** The files of what is loaded, by the names that they are cited by: for a report that holds them. */
  readonly files = (): readonly File[] => this.#connection.files?.() ?? []

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
  async openFetched(names: readonly string[], fetchFiles: FilesOf): Promise<void> {
    await this.#open(names, 'instead', fetchFiles)
  }

  /** Loads a capture that is kept in this browser, without its files: all but raw lines. */
  async openKept(key: string, names: readonly string[]): Promise<void> {
    await this.#open(names, 'instead', async () => [], { keptKey: key })
  }

  /** Reads what is loaded again, with the first PFN of an array of pages that no file tells. */
  async tellStart({ name, hash }: ArrayFile, startPfn: number): Promise<void> {
    const starts = new Map(hash.kind === 'known' ? [[hash.sha256, startPfn]] : [])
    await this.#open([name], 'addition', async () => [], { starts })
  }

  /** Reads the files of what is loaded, whatever is kept of them. `hasDiffered`: what is kept was of others. */
  async readAgain(hasDiffered = false): Promise<void> {
    const names = captureOf(this.#state)?.overview.files.map((file) => file.name) ?? []
    await this.#open(names, 'addition', async () => [], { index: 'renew', hasDiffered })
  }

  /** Stops the load that is under way, if any; what was loaded stays. */
  cancel(): void {
    if (this.#state.status !== 'loading') return
    this.#load++
    this.#connection.cancel()
    this.#set(settled(this.#state.capture))
  }

  /** Puts a failure away. */
  readonly dismiss = (): void => {
    if (this.#state.status === 'failed') this.#set(settled(this.#state.capture))
  }

  /** Opens once more what could not be opened: the same files, or what takes their place. */
  readonly retry = (): void => {
    const last = this.#last
    if (last !== undefined && this.#state.status === 'failed')
      void this.#open(last.names, last.opening, last.filesOf, last.how)
  }

  /** Asks anew for all that is shown: what could not be answered may be now. */
  readonly askAgain = (): void => {
    const state = this.#state
    if (state.status === 'empty' || state.capture === undefined) return
    this.recovery.dismiss()
    this.#set({ ...state, capture: { ...state.capture, generation: ++this.#generation } })
  }

  /** The link is about the capture now; `own` is given when it was written for it. */
  readonly linkWritten = (own?: OwnLink): void => {
    const state = this.#state
    if (state.status === 'empty' || state.capture === undefined) return
    const { replaced, ownLink } = state.capture
    const isKnown = own === undefined || (ownLink !== undefined && isSameRef(own.ref, ownLink.ref))
    if (replaced === undefined && isKnown) return
    this.#set({ ...state, capture: { ...state.capture, replaced: undefined, ownLink: isKnown ? ownLink : own } })
  }

  /** Judging anew that is under way, if any. */
  readonly judging = (): Judging | undefined => this.#judging

  /** Pairing that is under way, if any: what is shown of the failed ranges is final meanwhile. */
  readonly pairing = (): Pairing | undefined => this.#pairing

  /** Hashing that is under way, or stopped, if any. */
  readonly hashing = (): Hashing | undefined => this.#hashing

  /**
   * Hashes at once, and goes on where it was stopped. Resolves with the files when all are hashed, it was stopped, or the
   * worker ended; undefined when they are not what is loaded any more.
   */
  readonly hashNow = async (): Promise<OverviewAnswer['files'] | undefined> => {
    const reading = captureOf(this.#state)?.reading
    if (this.#hashing !== undefined && this.#hashing.isLost !== true) await this.#goOnHashing(this.#hashing)
    let awaited: Promise<void> | undefined
    while (awaited !== this.#hashed) {
      awaited = this.#hashed
      await awaited
    }
    const capture = captureOf(this.#state)
    return capture?.reading === reading ? capture?.overview.files : undefined
  }

  /** The page may not have been told yet that it was stopped: what is awaited since before that ends with it. */
  async #goOnHashing({ isStopped }: Hashing): Promise<void> {
    const wasStopped = isStopped || this.#isStopAsked
    this.#isStopAsked = false
    const reading = captureOf(this.#state)?.reading
    await this.#connection.api.hashNow()
    const capture = captureOf(this.#state)
    if (!wasStopped || capture === undefined || capture.reading !== reading) return
    this.#hashed = this.#awaitHashes(capture)
    if (capture.index.from === 'files') void this.#awaitNews(capture.reading)
  }

  /** Gives hashing up for the time being. */
  readonly stopHashing = (): void => {
    this.#isStopAsked = true
    void this.#connection.api.stopHashing()
  }

  /** Gives judging anew up: the rules of before stay in force. */
  readonly stopJudging = (): void => void this.#connection.api.stopJudging()

  /**
   * Judges the loaded capture by other rules. Nothing is read again, and what is looked at stays; all questions are asked
   * anew when it is done, and answered by the rules of before until then.
   */
  async applyRules(given: RulesGiven): Promise<RulesOutcome> {
    const before = captureOf(this.#state)?.generation
    const mine: Judging = {}
    this.#tellJudging(mine)
    let told = mine
    const result = await this.#connection.api.judge(given, (progress) => {
      if (this.#judging !== told) return
      told = { progress }
      this.#tellJudging(told)
    })
    if (this.#judging === told) this.#tellJudging(undefined)
    if (!result.ok && (await this.recovery.mended(result.problem))) return this.applyRules(given)
    if (!result.ok) {
      const { code, message } = result.problem
      return { ok: false, message, line: result.line, isGivenUp: code === 'cancelled' }
    }
    const state = this.#state
    if (state.status === 'empty' || state.capture === undefined || state.capture.generation !== before) {
      return { ok: false, message: 'Other files were opened meanwhile. Apply the rules again.' }
    }
    this.#rules = result.rules.hash === '' ? undefined : result.rules
    this.#generation++
    const capture = { ...state.capture, generation: this.#generation, overview: result.overview, rules: this.#rules }
    this.#set({ ...state, capture })
    return { ok: true, mark: result.rules }
  }

  #tellJudging(judging: Judging | undefined): void {
    this.#judging = judging
    for (const listener of this.#listeners) listener()
  }

  /** Asks the loaded capture. Where its worker ended, and it is opened again, the question waits for that. */
  async ask<Name extends QuestionName>(name: Name, question: Questions[Name]['question']): Promise<AskResult<Name>> {
    const result = await this.#connection.api.ask(name, question)
    if (result.ok) return result
    if (result.problem.code === 'out_of_memory') this.recovery.tellScarce(result.problem)
    return (await this.recovery.mended(result.problem)) ? this.#connection.api.ask(name, question) : result
  }

  /** What was loaded once more, in the place of what was loaded before. */
  async #reopen(tell: (progress: LoadProgress) => void): Promise<LoadResult> {
    const reopen = this.#connection.reopen
    if (reopen === undefined) return refusal('no_capture', 'Open the files again.')
    const read = reopen(tell, this.kept.state().isOn ? 'reuse' : 'off')
    this.#read = read
    const result = await read
    const state = this.#state
    if (!result.ok || state.status === 'empty' || state.capture === undefined) return result
    const { overview } = result
    const index = indexOf(result)
    const capture = { ...state.capture, generation: ++this.#generation, overview, index }
    this.#set({ ...state, capture })
    this.#followUp(capture)
    return result
  }

  async #open(names: readonly string[], opening: Opening, filesOf: FilesOf, how: LoadHow = {}): Promise<void> {
    this.cancel()
    this.#last = { names, opening, filesOf, how }
    const load = ++this.#load
    this.#set({ status: 'loading', names, capture: captureOf(this.#state) })
    const read = this.#readFiles(load, opening, filesOf, how)
    this.#read = read
    const result = await read
    if (this.#load !== load) return // cancelled
    const capture = captureOf(this.#state)
    // What was shown without its files asked for them: what came instead is judged by the link, and takes nobody's place.
    const before = capture !== undefined && isWithoutFiles(capture) ? undefined : capture
    if (result.ok) this.#accept(result, before && { opening, files: before.overview.files }, how.hasDiffered === true)
    else this.#set({ status: 'failed', names, problem: result.problem, files: result.files, capture })
  }

  async #readFiles(load: number, opening: Opening, filesOf: FilesOf, how: LoadHow): Promise<LoadResult> {
    try {
      const tell = (progress: LoadProgress): void => this.#progress(load, progress)
      const files = await filesOf(tell)
      if (this.#load !== load) return refusal('cancelled', 'Reading was cancelled.')
      if (how.keptKey !== undefined) return await this.#connection.api.loadKept(how.keptKey)
      const index = this.kept.state().isOn ? (how.index ?? 'reuse') : 'off'
      return await this.#connection.api.load(files, opening === 'addition', tell, how.starts, index)
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error)
      return refusal(
        'nothing_readable',
        `The files could not be fetched: ${words}. Try again, or open files of your own.`,
      )
    }
  }

  #progress(load: number, progress: LoadProgress): void {
    if (this.#load === load && this.#state.status === 'loading') this.#set({ ...this.#state, progress })
  }

  #accept(loaded: Loaded, replaced: Replaced | undefined, hasDiffered: boolean): void {
    const { overview } = loaded
    this.#generation++
    this.#reading++
    const [generation, reading] = [this.#generation, this.#reading]
    const index = indexOf(loaded)
    const capture: Capture = { generation, reading, overview, replaced, rules: this.#rules, index, hasDiffered }
    this.recovery.forget()
    this.#set({ status: 'ready', capture })
    this.#followUp(capture)
  }

  /** What is known of a capture some time after it is there. */
  #followUp(capture: Capture): void {
    void this.#awaitNews(capture.reading)
    void this.#awaitPairing(capture)
    this.#isStopAsked = false
    this.#hashed = this.#awaitHashes(capture)
  }

  /** The failed ranges come first; how many holds there are is known some time after. */
  async #awaitPairing({ generation, reading, overview: { isPairing } }: Capture): Promise<void> {
    this.#tellPairing(isPairing && {})
    if (!isPairing) return
    const overview = await this.#connection.api.pairing((progress) => {
      if (this.#reading === reading && this.#pairing !== undefined) this.#tellPairing({ progress })
    })
    if (this.#reading !== reading) return
    this.#tellPairing(undefined)
    const state = this.#state
    if (overview === undefined || state.status === 'empty' || state.capture?.generation !== generation) return
    this.#set({ ...state, capture: { ...state.capture, overview } })
  }

  /** Large files are shown without their hash, which comes some time after. */
  async #awaitHashes({ reading, overview }: Capture): Promise<void> {
    let told: Hashing | undefined = hasPutOff(overview.files) ? { isStopped: false } : undefined
    this.#tellHashing(told)
    if (told === undefined) return
    const files = await this.#connection.api.contentHashes((progress) => {
      if (this.#reading !== reading || this.#hashing !== told) return
      told = { isStopped: false, progress }
      this.#tellHashing(told)
    })
    // The worker ended: of itself, or because another one has read what takes the place of this capture.
    if (files === undefined) await this.#read
    const state = this.#state
    if (this.#reading !== reading || this.#hashing !== told) return
    if (files === undefined) this.#tellHashing({ ...told, isStopped: true, isLost: true })
    else this.#tellHashing(hasPutOff(files) ? { ...told, isStopped: true } : undefined)
    if (files === undefined || state.status === 'empty' || state.capture === undefined) return
    this.#set({ ...state, capture: { ...state.capture, overview: { ...state.capture.overview, files } } })
  }

  #tellHashing(hashing: Hashing | undefined): void {
    if (this.#hashing === hashing) return
    this.#hashing = hashing
    for (const listener of this.#listeners) listener()
  }

  #tellPairing(pairing: Pairing | undefined): void {
    if (this.#pairing === pairing) return
    this.#pairing = pairing
    for (const listener of this.#listeners) listener()
  }

  /** What becomes of the index is known some time after. That it is of other files is told by reading these. */
  async #awaitNews(reading: number): Promise<void> {
    const news = await this.#connection.api.indexNews()
    await this.kept.refresh() // the list first: what is told of the index is looked up in it
    const state = this.#state
    if (state.status === 'empty' || state.capture?.reading !== reading) return
    const index = indexAfter(state.capture.index, news)
    this.#set({ ...state, capture: { ...state.capture, index } })
    if (news.kind === 'differs') await this.readAgain(true)
  }

  #set(state: TraceState): void {
    this.#state = state
    this.#tellAll()
  }

  #tellAll(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** True of a capture that is shown from what is kept of it, while nobody has opened its files. */
export function isWithoutFiles({ index }: Capture): boolean {
  return index.from === 'index' && index.isWithoutFiles === true
}

/** What is loaded, whatever else is going on. */
export function captureOf(state: TraceState): Capture | undefined {
  return state.status === 'empty' ? undefined : state.capture
}

/** Where a capture came from. */
function indexOf({ reused }: Loaded): CaptureIndex {
  if (reused === undefined) return { from: 'files' }
  return {
    from: 'index',
    savedAt: reused.savedAt,
    isCompared: reused.isVerified ? 'yes' : 'not yet',
    ...(reused.isWithoutFiles === true ? { isWithoutFiles: true } : {}),
  }
}

function indexAfter(index: CaptureIndex, news: IndexNews): CaptureIndex {
  if (index.from === 'files') return { from: 'files', news }
  return { ...index, isCompared: news.kind === 'verified' ? 'yes' : 'impossible' }
}

function hasPutOff(files: OverviewAnswer['files']): boolean {
  return files.some(({ hash }) => hash.kind === 'put_off')
}

function settled(capture: Capture | undefined): TraceState {
  return capture ? { status: 'ready', capture } : { status: 'empty' }
}

function refusal(code: BridgeProblem['code'], message: string): LoadResult {
  return { ok: false, problem: { code, message }, files: [] }
}
