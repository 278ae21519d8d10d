import {
  type HashProgress,
  type IndexNews,
  type IndexUse,
  type KeptIndexes,
  type KeptIndexAnswer,
  type LoadProgress,
  type LoadResult,
  type JudgeProgress,
  type PairingProgress,
  type RulesGiven,
  type RulesResult,
  type TraceApi,
} from '../../src/bridge/protocol.ts'
import { type FileAnswer, type OverviewAnswer } from '../../src/queries/overview.ts'

/** A load that a test lets end when it likes. */
export interface HeldLoad {
  readonly names: readonly string[]
  readonly isAddition: boolean
  readonly index: IndexUse | undefined
  tell(progress: LoadProgress): void
  finish(result: LoadResult): Promise<void>
}

/** A connection whose loads wait for the test and whose answers the test gives. */
export class FakeConnection {
  readonly loads: HeldLoad[] = []
  readonly asked: unknown[] = []
  readonly judged: RulesGiven[] = []
  /** Tells how far the last judging is. */
  tellJudging: (progress: JudgeProgress) => void = () => undefined
  /** What `judge` gives back. */
  judgement: RulesResult = { ok: false, problem: { code: 'no_capture', message: 'No files are open.' } }
  cancelled = 0
  /** What `ask` gives back, by question; rejects when absent. */
  answer: (name: string, question: unknown) => Promise<unknown> = async () => undefined

  readonly api: TraceApi = {
    load: (files, isAddition, onProgress, _starts, index) =>
      new Promise((resolve) => {
        this.loads.push({
          names: files.map((file) => file.name),
          isAddition,
          index,
          tell: onProgress,
          finish: async (result) => {
            resolve(result)
            await settle()
          },
        })
      }),
    ask: async (name, question) => {
      this.asked.push([name, question])
      const answer = await this.answer(name, question)
      // The test promises that the answer fits the question.
      return { ok: true, answer: answer as never }
    },
    judge: async (rules, onProgress) => {
      this.judged.push(rules)
      if (onProgress !== undefined) this.tellJudging = onProgress
      return this.judgement
    },
    stopJudging: async () => undefined,
    pairing: async (onProgress) => {
      if (onProgress !== undefined) this.tellPairing = onProgress
      return this.paired
    },
    contentHashes: async (onProgress) => {
      if (onProgress !== undefined) this.tellHashing = onProgress
      return this.hashed
    },
    hashNow: async () => void this.steered.push('now'),
    stopHashing: async () => void this.steered.push('stop'),
    indexNews: () => this.news,
    stopKeeping: async () => undefined,
    loadKept: async (key) => this.keptResult(key),
  }

  /** What a load of a kept capture comes to. */
  keptResult: (key: string) => LoadResult = () => refused
  /** What the overview is once all references are paired. */
  paired: Promise<OverviewAnswer | undefined> = Promise.resolve(undefined)
  tellPairing: (progress: PairingProgress) => void = () => undefined
  /** The files once all of them are hashed. */
  hashed: Promise<OverviewAnswer['files'] | undefined> = Promise.resolve(undefined)
  tellHashing: (progress: HashProgress) => void = () => undefined
  readonly steered: ('now' | 'stop')[] = []
  /** What becomes of the index of what is loaded. */
  news: Promise<IndexNews> = Promise.resolve({ kind: 'none' })
  /** What this browser keeps. */
  kept: readonly KeptIndexAnswer[] = []
  readonly indexes: KeptIndexes = {
    list: async () => ({ isAvailable: true, indexes: this.kept, budgetBytes: 2 ** 31 }),
    remove: async (key) => {
      this.kept = this.kept.filter((one) => one.key !== key)
      return true
    },
    clear: async () => {
      this.kept = []
      return true
    },
  }

  cancel = (): void => {
    this.cancelled++
  }
}

/** Lets everything that waits for a promise run, and what that puts off to the next turn (TanStack Query's news). */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setTimeout(resolve, 1))
}

/** A file as an overview tells of it: its hash is its name's letters, so that tests can read it. */
export function fileAnswer(name: string, more: Partial<FileAnswer> = {}): FileAnswer {
  return {
    index: 0,
    name,
    format: 'ftrace',
    formatLabel: 'ftrace text',
    sizeBytes: 10,
    textBytes: 10,
    isCompressed: false,
    isTrace: true,
    unit: 'line',
    hash: { kind: 'known', sha256: hashOf(name) },
    hashName: 'SHA-256',
    ledger: { total: 3, parsed: 1, skipped: 1, rejected: 1 },
    skippedBy: [],
    problems: [],
    damage: [],
    notices: [],
    records: 1,
    ...more,
  }
}

/** 64 hex digits that differ by name. */
export function hashOf(name: string): string {
  const digits = [...new TextEncoder().encode(name)].map((byte) => byte.toString(16)).join('')
  return digits.padEnd(64, '0').slice(0, 64)
}

/** An overview of files; everything else is nothing. */
export function overviewOf(files: readonly FileAnswer[], more: Partial<OverviewAnswer> = {}): OverviewAnswer {
  return {
    files: files.map((file, index) => ({ ...file, index })),
    clock: { originNs: '0', style: { unit: 'seconds', digits: 6 }, name: 'unknown' },
    events: 0,
    refEvents: 0,
    pages: 0,
    tasks: 0,
    ownerRecords: 0,
    eventCounts: [],
    losses: [],
    lost: { count: 0, isAtLeast: false },
    rejected: 0,
    depot: { seen: 0, distinct: 0, textBytes: 0, heldBytes: 0, savedBytes: 0 },
    noteCounts: [],
    hiddenHolds: 0,
    holds: 0,
    failures: 0,
    successes: [],
    bytesPerEvent: 0,
    ...more,
  }
}

/** A load that went well. */
export function loaded(...names: readonly string[]): LoadResult {
  return { ok: true, overview: overviewOf(names.map((name) => fileAnswer(name))) }
}

/** A load that found nothing to read. */
export const refused: LoadResult = {
  ok: false,
  problem: { code: 'nothing_readable', message: 'No reader knows any of these files.' },
  files: [],
}
