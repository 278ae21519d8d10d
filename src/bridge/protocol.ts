import { type CompareAnswer } from '../queries/compare/compare.ts'
import { type CompareDigest } from '../queries/compare/compare-digest.ts'
import {
  type CompareDigestQuestion,
  type CompareQuestion,
  type CompareRowQuestion,
} from '../queries/compare/compare-question.ts'
import { type CompareRowAnswer } from '../queries/compare/compare-row.ts'
import { type EventsDifferenceAnswer, type EventsDifferenceQuestion } from '../queries/events-difference.ts'
import { type EventsHistogramAnswer, type EventsHistogramQuestion } from '../queries/events-histogram.ts'
import { type FilterAssistAnswer, type FilterAssistQuestion } from '../queries/filter-assist.ts'
import { type EventsAnswer, type EventsQuestion } from '../queries/events.ts'
import {
  type FailureDetailAnswer,
  type FailureQuestion,
  type FailuresAnswer,
  type FailuresQuestion,
} from '../queries/failures.ts'
import { type FlameAnswer, type FlameQuestion } from '../queries/flame/flame.ts'
import { type FlameFoldedQuestion } from '../queries/flame/flame-folded.ts'
import { type FlameFrameAnswer, type FlameFrameQuestion } from '../queries/flame/flame-frame.ts'
import { type FoundSoFar } from '../queries/found-ranges.ts'
import { type KernelNotesAnswer, type KernelNotesQuestion } from '../queries/kernel-notes.ts'
import { type MachineAnswer, type MachineQuestion } from '../queries/machine-answer.ts'
import { type MapCellsAnswer, type MapCellsQuestion } from '../queries/map/map-cells.ts'
import { type MapHeatAnswer, type MapHeatQuestion } from '../queries/map/map-heat.ts'
import { type MapSpaceAnswer, type MapSpaceQuestion } from '../queries/map/map-space.ts'
import { type MapUnit } from '../queries/map/map-unit.ts'
import { type MapUnitQuestion, type MapUnitsAnswer, type MapUnitsQuestion } from '../queries/map/map-units.ts'
import { type CompareOwnersAnswer, type CompareOwnersQuestion } from '../queries/owners/compare-owners.ts'
import { type MisplacedAnswer, type MisplacedQuestion } from '../queries/owners/misplaced-pages.ts'
import { type OwnerPagesAnswer, type OwnerPagesQuestion } from '../queries/owners/owner-pages.ts'
import { type OwnerTrendAnswer, type OwnerTrendQuestion } from '../queries/owners/owner-trend.ts'
import { type OwnersAnswer, type OwnersQuestion } from '../queries/owners/owners.ts'
import { type OverviewAnswer, type OverviewQuestion } from '../queries/overview.ts'
import { type PageFactsAnswer, type PageFactsQuestion } from '../queries/page-facts.ts'
import { type PageRulesAnswer, type PageRulesQuestion } from '../queries/page-rules.ts'
import { type PinnerHoldsAnswer, type PinnerHoldsQuestion } from '../queries/pinner-holds.ts'
import { type PinnerThresholdsAnswer, type PinnerThresholdsQuestion } from '../queries/pinner-thresholds.ts'
import { type PinnersAnswer, type PinnersQuestion } from '../queries/pinners.ts'
import { type RawLinesAnswer, type RawLinesQuestion } from '../queries/raw-lines.ts'
import { type NextRecording, type NextRecordingQuestion } from '../queries/record/next-recording.ts'
import { type RulePreviewAnswer, type RulePreviewQuestion } from '../queries/rule-preview.ts'
import { type RulesAnswer, type RulesMark, type RulesQuestion } from '../queries/rules-answer.ts'
import { type SearchAnswer, type SearchQuestion } from '../queries/search.ts'
import { type StackTotalsAnswer, type StackTotalsQuestion } from '../queries/stack-totals.ts'
import { type TimelineAnswer, type TimelineQuestion } from '../queries/timeline.ts'
import {
  type TriageAnswer,
  type TriagePlaceAnswer,
  type TriagePlaceQuestion,
  type TriageQuestion,
} from '../queries/triage.ts'
import {
  type SliceAnswer,
  type SliceQuestion,
  type SliceToldAnswer,
  type SliceToldQuestion,
} from '../report/slice/slice-question.ts'
import { type BugReportAnswer, type BugReportQuestion } from '../queries/bug-report-question.ts'
import { type FileHash } from '../model/file-hash.ts'
import { type UselessIndexes } from '../snapshot/index-shelf.ts'
import { type SpillRefusal } from './spill-large.ts'

/** Every question the page may ask, with its answer. Both are plain JSON. */
export interface Questions {
  overview: { question: OverviewQuestion; answer: OverviewAnswer }
  failures: { question: FailuresQuestion; answer: FailuresAnswer }
  failure: { question: FailureQuestion; answer: FailureDetailAnswer }
  triage: { question: TriageQuestion; answer: TriageAnswer }
  triagePlace: { question: TriagePlaceQuestion; answer: TriagePlaceAnswer }
  pageFacts: { question: PageFactsQuestion; answer: PageFactsAnswer }
  timeline: { question: TimelineQuestion; answer: TimelineAnswer }
  events: { question: EventsQuestion; answer: EventsAnswer }
  eventsHistogram: { question: EventsHistogramQuestion; answer: EventsHistogramAnswer }
  eventsDifference: { question: EventsDifferenceQuestion; answer: EventsDifferenceAnswer }
  filterAssist: { question: FilterAssistQuestion; answer: FilterAssistAnswer }
  pinners: { question: PinnersQuestion; answer: PinnersAnswer }
  pinnerHolds: { question: PinnerHoldsQuestion; answer: PinnerHoldsAnswer }
  pinnerThresholds: { question: PinnerThresholdsQuestion; answer: PinnerThresholdsAnswer }
  flame: { question: FlameQuestion; answer: FlameAnswer }
  flameFrame: { question: FlameFrameQuestion; answer: FlameFrameAnswer }
  flameFolded: { question: FlameFoldedQuestion; answer: string }
  stackTotals: { question: StackTotalsQuestion; answer: StackTotalsAnswer }
  owners: { question: OwnersQuestion; answer: OwnersAnswer }
  ownerPages: { question: OwnerPagesQuestion; answer: OwnerPagesAnswer }
  misplacedOwners: { question: MisplacedQuestion; answer: MisplacedAnswer }
  compareOwners: { question: CompareOwnersQuestion; answer: CompareOwnersAnswer }
  ownerTrend: { question: OwnerTrendQuestion; answer: OwnerTrendAnswer }
  rules: { question: RulesQuestion; answer: RulesAnswer }
  pageRules: { question: PageRulesQuestion; answer: PageRulesAnswer }
  rulePreview: { question: RulePreviewQuestion; answer: RulePreviewAnswer }
  search: { question: SearchQuestion; answer: SearchAnswer }
  machine: { question: MachineQuestion; answer: MachineAnswer }
  kernelNotes: { question: KernelNotesQuestion; answer: KernelNotesAnswer }
  nextRecording: { question: NextRecordingQuestion; answer: NextRecording }
  mapSpace: { question: MapSpaceQuestion; answer: MapSpaceAnswer }
  mapCells: { question: MapCellsQuestion; answer: MapCellsAnswer }
  mapUnit: { question: MapUnitQuestion; answer: MapUnit }
  mapUnits: { question: MapUnitsQuestion; answer: MapUnitsAnswer }
  mapHeat: { question: MapHeatQuestion; answer: MapHeatAnswer }
  /** Asked of A; its answer goes into `compare`, which is asked of B. */
  compareDigest: { question: CompareDigestQuestion; answer: CompareDigest }
  compare: { question: CompareQuestion; answer: CompareAnswer }
  compareRow: { question: CompareRowQuestion; answer: CompareRowAnswer }
  rawLines: { question: RawLinesQuestion; answer: RawLinesAnswer }
  /** One finding as a mail, as Markdown or as JSON: the text that the CLI prints. */
  bugReport: { question: BugReportQuestion; answer: BugReportAnswer }
  slice: { question: SliceQuestion; answer: SliceAnswer }
  sliceTold: { question: SliceToldQuestion; answer: SliceToldAnswer }
  /** Bytes of the capture's columns that lie in this browser's storage while it is open; why none do, where some should. */
  spilled: {
    question: Record<string, never>
    answer: { readonly sizeBytes: number; readonly refused: SpillRefusal | undefined }
  }
}

export type QuestionName = keyof Questions

/** How far a load has come. Called at most ten times a second. */
export interface LoadProgress {
  /** `fetching`: files are got from where the page was got; `comparing`: the whole content of the files with that of the files that an index was made of. */
  readonly phase: 'fetching' | 'reading' | 'deriving' | 'comparing'
  readonly fileName: string
  readonly fileIndex: number
  readonly fileCount: number
  /** Bytes on disk read and to read, over all files; of those that are fetched 0 where the server does not tell. */
  readonly bytesRead: number
  readonly bytesTotal: number
  readonly events: number
  /** Failed ranges found so far in large files; absent where nothing was looked through yet, and in small ones. */
  readonly found?: FoundSoFar
}

/**
 * `nothing_readable` no file of a load was of a known kind; `no_capture` nothing is loaded; `wrong_file` no such file in
 * the capture; `wrong_rules` a rule file is not as it should be; `cancelled` a load was stopped; `worker_died` the worker ended by itself (out of memory, mostly);
 * `out_of_memory` there was not enough for this, and what is loaded stays; `storage_lost` columns of what is loaded lay in
 * the browser's storage and are gone; `files_changed` what is loaded cannot be read again: its files are not what they were;
 * `broken_promise` our own code failed.
 */
export type BridgeProblemCode =
  | 'nothing_readable'
  | 'no_capture'
  | 'wrong_file'
  | 'wrong_rules'
  | 'cancelled'
  | 'worker_died'
  | 'out_of_memory'
  | 'storage_lost'
  | 'files_changed'
  | 'broken_promise'

/** An expected failure, in words: what was tried, where, what to do next. Never a bare string. */
export interface BridgeProblem {
  readonly code: BridgeProblemCode
  readonly message: string
}

/** What became of a load. */
export type LoadResult =
  | { readonly ok: true; readonly overview: OverviewAnswer; readonly reused?: ReusedIndex }
  | { readonly ok: false; readonly problem: BridgeProblem; readonly files: OverviewAnswer['files'] }

/** The files were not read: what was read of them before was kept in this browser. */
export interface ReusedIndex {
  /** When it was kept, ms since 1970. */
  readonly savedAt: number
  /** The whole content of the files was compared; else that is under way, see `TraceApi.indexNews`. */
  readonly isVerified: boolean
  /** The files are not open: no raw line can be read. */
  readonly isWithoutFiles?: true
}

/** What a load does about indexes that are kept: use one, read anew and keep that, or neither. */
export type IndexUse = 'reuse' | 'renew' | 'off'

/**
 * What became of the index of a capture. `none` there is nothing to tell; `verified` the files are those that it was made of;
 * `differs` they are not, what is loaded is not theirs, and the index is gone; `unreadable` they could not be compared.
 */
export type IndexNews =
  | { readonly kind: 'none' | 'verified' | 'differs' | 'unreadable' }
  /** `key`: as in the list of what is kept. */
  | { readonly kind: 'kept'; readonly key: string; readonly sizeBytes: number }
  | {
      readonly kind: 'not_kept'
      /**
       * `too_large` for all that may be kept; `full` the browser gives no room; `busy` another tab is keeping one; `stopped`
       * by a person; `unavailable` this browser keeps nothing; `changed` a file is no longer what was read; `failed` our own
       * code failed.
       */
      readonly why: 'too_large' | 'full' | 'busy' | 'stopped' | 'unavailable' | 'changed' | 'failed'
      readonly message?: string
    }

/** An index that is kept in this browser. */
export interface KeptIndexAnswer {
  readonly key: string
  readonly files: readonly { readonly name: string; readonly sizeBytes: number }[]
  /** What a link knows its files by. */
  readonly contents: readonly { readonly name: string; readonly sizeBytes: number; readonly hash: FileHash }[]
  readonly events: number
  readonly sizeBytes: number
  /** ms since 1970. */
  readonly savedAt: number
  readonly usedAt: number
}

/** All that is kept, used last first; or that this browser keeps nothing here. */
export type KeptIndexesAnswer =
  | { readonly isAvailable: false }
  | {
      readonly isAvailable: true
      readonly indexes: readonly KeptIndexAnswer[]
      readonly budgetBytes: number
      /** What this look found of no use; absent when there was nothing. */
      readonly useless?: UselessIndexes
    }

/** The indexes that are kept, for the page: they are there before anything is loaded. */
export interface KeptIndexes {
  list(): Promise<KeptIndexesAnswer>
  /** False when another tab is at it, and it stays. */
  remove(key: string): Promise<boolean>
  clear(): Promise<boolean>
}

/** What became of a question. */
export type AskResult<Name extends QuestionName> =
  | { readonly ok: true; readonly answer: Questions[Name]['answer'] }
  | { readonly ok: false; readonly problem: BridgeProblem }

/** What became of rules that a person gave: the capture judged anew, or what is wrong and on which line of the text. */
export type RulesResult =
  | {
      readonly ok: true
      readonly overview: OverviewAnswer
      readonly rules: RulesMark
      /** What a person changed, as a rule file; empty for the rules that come with pinscope. */
      readonly text: string
    }
  | { readonly ok: false; readonly problem: BridgeProblem; readonly line?: number }

/** Rules to judge by: those of a file alone, those of a file merged into what is in force, or what is in
 * force with some switched on or off, or without some that a person gave. */
export type RulesGiven =
  | { readonly how: 'instead' | 'merge'; readonly text: string }
  | { readonly how: 'switch'; readonly ids: readonly string[]; readonly isOff: boolean }
  | { readonly how: 'remove'; readonly ids: readonly string[] }

/** How far judging anew has come. Called at most ten times a second. */
export interface JudgeProgress {
  readonly what: 'lives' | 'ranges'
  readonly done: number
  readonly total: number
}

/** How far the pairing of references is that no failed range asks for. Called at most ten times a second. */
export interface PairingProgress {
  /** Lives of pages. */
  readonly done: number
  readonly total: number
}

/** How far the hashing of a large file is, behind what is shown. Called at most ten times a second. */
export interface HashProgress {
  /** Index of the file. */
  readonly file: number
  readonly fileName: string
  readonly bytesDone: number
  readonly bytesTotal: number
}

/** The worker's door. One coarse call per view per change. */
export interface TraceApi {
  /**
   * Reads files as one capture, together with those already loaded when `isAddition`. On failure the capture that was
   * loaded before stays. Cancelling is terminating the worker (`Connection.cancel`).
   *
   * `starts`: first PFNs of arrays of pages, by SHA-256 of the file, as a person told them. They are kept for additions; an
   * addition without files reads what is loaded again with them.
   *
   * `index`: whether an index that is kept may stand for reading, and one is kept; `off` when absent.
   */
  load(
    files: readonly File[],
    isAddition: boolean,
    onProgress: (progress: LoadProgress) => void,
    starts?: ReadonlyMap<string, number>,
    index?: IndexUse,
  ): Promise<LoadResult>
  /**
   * Loads a capture from its index alone, by the key that the list of what is kept gives it. Its files are not there: everything is
   * answered but raw lines. Fails with `no_capture` when the index is gone.
   */
  loadKept(key: string): Promise<LoadResult>
  /**
   * Waits until all references of the capture that is loaded are paired, where its overview says `isPairing`. Answers with
   * the overview then; undefined when other rules or another capture came between.
   */
  pairing(onProgress?: (progress: PairingProgress) => void): Promise<OverviewAnswer | undefined>
  /**
   * Waits until the content of all files is hashed that were shown without (`put_off`), or that was stopped. Answers with the
   * files then; undefined when nothing is loaded, or another capture came between.
   */
  contentHashes(onProgress?: (progress: HashProgress) => void): Promise<OverviewAnswer['files'] | undefined>
  /**
   * Hashes what is not hashed yet at once, and goes on where it was stopped: an index that was not kept because of that is
   * kept then, so that `indexNews` is worth asking again.
   */
  hashNow(): Promise<void>
  /** Gives hashing up for the time being. */
  stopHashing(): Promise<void>
  /** What becomes of the index of the capture that is loaded; answers when it is known. */
  indexNews(): Promise<IndexNews>
  /** Gives the keeping of an index up; nothing of it stays. Answers when that is so. */
  stopKeeping(): Promise<void>
  ask<Name extends QuestionName>(name: Name, question: Questions[Name]['question']): Promise<AskResult<Name>>
  /**
   * Judges the loaded capture anew by other rules, without reading files again; later loads are judged by them too. The
   * empty text stands for the rules that come with pinscope. Wrong rules change nothing. Meanwhile questions are answered
   * by the rules of before; a second call, or `stopJudging`, gives the first one up.
   */
  judge(rules: RulesGiven, onProgress?: (progress: JudgeProgress) => void): Promise<RulesResult>
  /** Gives judging anew up, if it is under way: what was in force stays. */
  stopJudging(): Promise<void>
}
