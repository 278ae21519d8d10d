import { absoluteNs, type Clock } from '../base/clock.ts'
import { type CulpritKind, type Verdict } from '../derive/attribution/finding.ts'
import { type ReferenceClassId } from '../derive/attribution/reference-class.ts'
import { type Trigger } from '../derive/failures/failed-range.ts'
import { knownSha256 } from '../model/file-hash.ts'
import { type SliceNote } from '../model/slice-file.ts'
import { type FileUnit, type FormatId, type Ledger, type Problem } from '../model/source-file.ts'
import { type FileAnswer, type LossAnswer, type OverviewAnswer } from '../queries/overview.ts'
import { type HolderAcross } from '../queries/holders-across.ts'
import { type PinnerAnswer } from '../queries/pinners.ts'
import { functionText } from '../queries/stack-answer.ts'
import { type Standing } from '../queries/triage-culprit.ts'
import { type SuccessAnswer } from '../queries/successes.ts'
import {
  type BlockingPageAnswer,
  type CulpritAnswer,
  type EvidenceAnswer,
  type StackAnswer,
  type TimeAnswer,
  type WindowGotAnswer,
} from '../queries/wire.ts'
import { type CulpritGroup } from './culprit-groups.ts'
import { type FailureDetail, type ReportFacts } from './report-facts.ts'
import { type RulesUsed } from './rules-used.ts'
import { saidJson, type SaidOfFailureJson, saidOfFailure } from './said-facts.ts'

/**
 * The report for machines, `pinscope.report/1`; README.md describes every field. PFNs are numbers. Fields whose name
 * ends in `Ns` are absolute nanoseconds of the trace clock as decimal strings (they may pass 2^53), but for durations,
 * which are numbers. `null` is "not known".
 */
export interface ReportJson {
  readonly schema: 'pinscope.report/1'
  readonly thresholdNs: number
  /** Which rules were in force: `rules: built-in v4 + 2 of yours, 1 switched off`. */
  readonly rulesInForce: string
  /** How the rules differ from those that come with pinscope; absent when they do not. */
  readonly rules?: RulesUsed
  /** What was read is a slice: what its sender gave other names, and what the whole capture says; absent for a whole one. */
  readonly slice?: SliceJson
  readonly inputs: readonly InputJson[]
  readonly failures: readonly FailureJson[]
  /** What the files say went well, by kind, with the line of the last. */
  readonly successes: readonly SuccessJson[]
  /** The failures by culprit, each in every group that blocks it. */
  readonly groups: readonly GroupJson[]
  readonly holders: readonly HolderJson[]
  readonly pinners: readonly PinnerJson[]
  /** Stacks with holds that count, beyond those of `pinners`. */
  readonly pinnersLeftOff: number
  readonly hidden: HiddenJson
}

/** What a reader must know of a slice before any name in it. */
export type SliceJson = Pick<SliceNote, 'about' | 'redacted' | 'leftOut' | 'told'>

/** One file. `lostEvents` is null when a marker does not say how many. */
export interface InputJson {
  readonly name: string
  readonly format: FormatId
  readonly bytes: number
  /** Null when the file could not be read whole, or is no longer what was read. */
  readonly sha256: string | null
  /** What `sha256` is the hash of, where it is not the plain one of a large file. */
  readonly sha256Of?: string
  /** What `lines` counts. */
  readonly unit: FileUnit
  readonly lines: Ledger
  readonly events: number
  readonly records: number
  readonly lostEvents: number | null
  readonly rejected: readonly Problem[]
  readonly damage: readonly string[]
  readonly notices: readonly string[]
}

/** One failed range, `[startPfn, endPfn)`; both 0 when no file tells it. */
export interface FailureJson {
  readonly id: string
  readonly trigger: Trigger
  readonly startPfn: number
  readonly endPfn: number
  readonly timeNs: string | null
  /** Time as the kernel log prints it, when only that told of the failure. */
  readonly printedTime: string | null
  readonly blockingPfns: readonly number[]
  readonly verdict: Verdict
  readonly sentence: string
  readonly basis: string
  readonly attempts: number
  /** The line that tells of it; null when none does. */
  readonly place: PlaceJson | null
  /** Window that the same allocation got after this one had failed; absent when the files tell of none. */
  readonly gotInstead?: WindowGotJson
  readonly caveats: readonly string[]
  readonly pages: readonly PageJson[]
  readonly culprits: readonly CulpritJson[]
  /** What people said of it; absent where no session is read beside the files. */
  readonly said?: SaidOfFailureJson
}

/** Attempts of a kind that succeeded, of `total` whose end is told; `place` is of the last of them. */
export interface SuccessJson {
  readonly kind: SuccessAnswer['kind']
  readonly succeeded: number
  readonly total: number
  readonly text: string
  readonly place: PlaceJson
}

/** A line of a file: `trace.txt:8127`. */
export interface PlaceJson {
  readonly file: string
  readonly line: number
}

/** A window `[startPfn, endPfn)` that an allocation got, with the event that says so. */
export interface WindowGotJson {
  readonly startPfn: number
  readonly endPfn: number
  readonly timeNs: string
  readonly file: string
  readonly line: number
}

/** One blocking page. */
export interface PageJson {
  readonly pfn: number
  readonly headPfn: number
  readonly isNamed: boolean
  readonly verdict: Verdict
  readonly reason: string
  readonly count: number | null
  readonly mapcount: number | null
  readonly excess: number | null
  /** What is known of the page itself, whether or not a culprit can be named. */
  readonly evidence: readonly EvidenceJson[]
  readonly evidenceLeftOff: number
}

/** One ranked holder of one page. */
export interface CulpritJson {
  readonly rank: number
  readonly pfn: number
  /** The page that the events carry: the head of the folio whose tail `pfn` is, else `pfn`. */
  readonly headPfn: number
  readonly comm: string | null
  readonly pid: number | null
  /** As in `stack`: `leaky_ioctl [leaky]` when the file prints the module. */
  readonly function: string | null
  readonly module: string | null
  readonly stack: readonly string[]
  readonly kind: CulpritKind
  /** A leak whose process exited: unless it hangs on its way out, none in it can release. Absent for any other. */
  readonly taskGone?: true
  readonly class: ReferenceClassId
  readonly units: number
  readonly heldFromNs: string | null
  readonly heldToNs: string | null
  readonly confidence: number
  readonly anyOf: number
  /** It attached the page's private data, a reference that migration expects: it holds nothing. Absent for a holder. */
  readonly isPrivateData?: true
  readonly evidence: readonly EvidenceJson[]
  /** Lines that prove something as well, beyond those of `evidence`. */
  readonly evidenceLeftOff: number
}

/** One line that proves something; `fact` says what. */
export interface EvidenceJson {
  readonly file: string
  readonly line: number
  readonly text: string
  readonly fact: string
}

/** Failures with one culprit: those that block most first, whom nobody can name last. */
export interface GroupJson {
  /** What is known of the culprit: see `Standing`. */
  readonly standing: Standing
  /** As the text calls it: `leaky_grab [leaky]  drv-9`. */
  readonly title: string
  /** One, all that nothing separates, or nobody. */
  readonly culprits: readonly Pick<HolderJson, 'comm' | 'pid' | 'function'>[]
  readonly class: ReferenceClassId | null
  /** Ids of `failures`, in time order. */
  readonly failures: readonly string[]
  /** Of a compaction each block counts, else each failure. */
  readonly blocked: number
  readonly attempts: number
  readonly pages: number
  /** The worst of its holds; null where it is not one culprit. */
  readonly kind: CulpritKind | null
  /** Of its surest failure; 0 where nobody can be named. */
  readonly confidence: number
}

/** One task in one function, over all failed ranges: those that blocked most first. */
export interface HolderJson {
  readonly comm: string | null
  readonly pid: number | null
  readonly function: string | null
  readonly class: ReferenceClassId
  /** Ids of `failures`. */
  readonly failures: readonly string[]
  readonly pages: number
  readonly confidence: number
}

/**
 * Holds that `pinners` leaves out, of `holds` in all: shorter than the threshold, or expected by a rule. `events` are the
 * gets and puts of these, and of all holds, as events of the trace.
 */
export interface HiddenJson {
  readonly holds: number
  readonly short: number
  readonly expected: number
  readonly byRule: readonly { readonly rule: string; readonly class: ReferenceClassId; readonly holds: number }[]
  readonly events: HiddenEventsJson
}

/** Page_ref events: `total` = shown + short + expected + unpaired. */
export interface HiddenEventsJson {
  readonly total: number
  /** Left to read: of holds that count in `pinners`, and of every holder in `failures`. */
  readonly shown: number
  readonly short: number
  readonly expected: number
  /** Part of no hold: the kernel refused the operation, or it changed nothing. */
  readonly unpaired: number
}

/** Holds that share a stack. */
export interface PinnerJson {
  readonly function: string | null
  readonly stack: readonly string[]
  readonly class: ReferenceClassId
  readonly holds: number
  readonly open: number
  readonly longestNs: number
  readonly totalNs: number
  readonly pages: number
  /** PFNs of these, ascending: the first 1000. */
  readonly pfns: readonly number[]
  readonly pfnsLeftOff: number
  /** More than 1 when the evidence of a failed range does not separate some of the holds: any of so many. */
  readonly anyOf: number
  readonly tasks: readonly { readonly comm: string; readonly pid: number; readonly holds: number }[]
  /** Tasks with fewer holds, beyond those of `tasks`. */
  readonly tasksLeftOff: number
}

/** Lines cited for one page or culprit at most: enough for a person, and a bound for a page with a long story. */
const MOST_EVIDENCE = 40

/** Builds the report; plain JSON. */
export function reportJson(facts: ReportFacts): ReportJson {
  const { overview, failures, pinners } = facts
  const listed = pinners.rows.map((row, at) => [row, facts.pinnerPages[at]] as const).filter(([{ holds }]) => holds > 0)
  return {
    schema: 'pinscope.report/1',
    thresholdNs: facts.thresholdNs,
    rulesInForce: facts.rulesInForce,
    ...(facts.rules === undefined ? {} : { rules: facts.rules }),
    ...sliceJson(overview),
    inputs: overview.files.map((file) => inputJson(file, overview)),
    failures: failures.map((detail) => ({
      ...failureJson(detail, overview.clock),
      ...(facts.said === undefined ? {} : { said: saidJson(saidOfFailure(facts.said, detail.failure)) }),
    })),
    successes: overview.successes.map(successJson),
    groups: facts.groups.flatMap(groupJson),
    holders: facts.holders.map(holderJson),
    pinners: listed.map(([row, pfns]) => pinnerJson(row, pfns)),
    pinnersLeftOff: pinners.groups - listed.length,
    hidden: hiddenJson(facts),
  }
}

/** What was read, where it is a slice. */
export function sliceJson({ slice }: OverviewAnswer): { readonly slice?: SliceJson } {
  if (slice === undefined) return {}
  const { about, redacted, leftOut, told } = slice
  return { slice: { about, redacted, ...(leftOut === undefined ? {} : { leftOut }), told } }
}

/** One file of a report. */
export function inputJson(file: FileAnswer, overview: OverviewAnswer): InputJson {
  return {
    name: file.name,
    format: file.format,
    bytes: file.sizeBytes,
    sha256: knownSha256(file.hash) ?? null,
    ...(file.hashName === 'SHA-256' ? {} : { sha256Of: file.hashName }),
    unit: file.unit,
    lines: file.ledger,
    events: file.isTrace ? file.records : 0,
    records: file.records,
    lostEvents: lostEvents(overview.losses.filter((loss) => loss.place.file === file.index)),
    rejected: file.problems,
    damage: file.damage,
    notices: file.notices,
  }
}

function lostEvents(losses: readonly LossAnswer[]): number | null {
  if (losses.some((loss) => loss.count < 0)) return null
  return losses.reduce((sum, loss) => sum + loss.count, 0)
}

/** One failed range of a report, with the pages of the detail. */
export function failureJson({ failure, pages, caveats }: FailureDetail, clock: Clock): FailureJson {
  return {
    id: failure.id,
    trigger: failure.trigger,
    startPfn: failure.startPfn,
    endPfn: failure.endPfn,
    timeNs: timeNs(failure.time, clock),
    printedTime: failure.printedTime === '' ? null : failure.printedTime,
    blockingPfns: pages.map((page) => page.pfn),
    verdict: failure.verdict,
    sentence: failure.sentence,
    basis: failure.basis,
    attempts: failure.attempts,
    place: failure.place === undefined ? null : { file: failure.place.fileName, line: failure.place.line },
    ...(failure.gotInstead === undefined ? {} : { gotInstead: windowGotJson(failure.gotInstead, clock) }),
    caveats,
    pages: pages.map(pageJson),
    culprits: pages.flatMap((page) => page.culprits.map((culprit) => culpritJson(culprit, page, clock))),
  }
}

function successJson({ place, ...success }: SuccessAnswer): SuccessJson {
  return { ...success, place: { file: place.fileName, line: place.line } }
}

function windowGotJson({ startPfn, endPfn, time, place }: WindowGotAnswer, clock: Clock): WindowGotJson {
  return { startPfn, endPfn, timeNs: absoluteNs(time.ns, clock), file: place.fileName, line: place.line }
}

function pageJson(page: BlockingPageAnswer): PageJson {
  const { pfn, headPfn, isNamed, verdict, reason } = page
  const { count = null, mapcount = null, excess = null } = page
  return { pfn, headPfn, isNamed, verdict, reason, count, mapcount, excess, ...cited(page.evidence) }
}

function culpritJson(culprit: CulpritAnswer, page: BlockingPageAnswer, clock: Clock): CulpritJson {
  return {
    rank: culprit.rank,
    pfn: culprit.pfn,
    headPfn: page.headPfn,
    comm: known(culprit.task.comm),
    pid: culprit.task.pid < 0 ? null : culprit.task.pid,
    function: known(functionText(culprit.function, culprit.module)),
    module: known(culprit.module),
    stack: stackTexts(culprit.stack),
    kind: culprit.kind,
    ...(culprit.taskGone ? { taskGone: true } : {}),
    class: culprit.class,
    units: culprit.units,
    heldFromNs: timeNs(culprit.heldFrom, clock),
    heldToNs: timeNs(culprit.heldTo, clock),
    confidence: culprit.confidence,
    anyOf: culprit.anyOf,
    ...(culprit.isPrivateData ? { isPrivateData: true } : {}),
    ...cited([...culprit.evidence, ...page.evidence]),
  }
}

function cited(facts: readonly EvidenceAnswer[]): Pick<PageJson, 'evidence' | 'evidenceLeftOff'> {
  const all = distinct(facts.flatMap(evidenceJson))
  const evidence = all.slice(0, MOST_EVIDENCE)
  return { evidence, evidenceLeftOff: all.length - evidence.length }
}

function evidenceJson(evidence: EvidenceAnswer): readonly EvidenceJson[] {
  return evidence.places.map((place, at) => ({
    file: place.fileName,
    line: place.line,
    text: evidence.raw[at] ?? '',
    fact: evidence.text,
  }))
}

/** The page's facts repeat some of the holder's. */
function distinct(evidence: readonly EvidenceJson[]): readonly EvidenceJson[] {
  const keyOf = ({ file, line, fact }: EvidenceJson): string => `${file}:${line}:${fact}`
  return [...new Map(evidence.map((one) => [keyOf(one), one])).values()]
}

function groupJson({ row, rangeIds }: CulpritGroup): readonly GroupJson[] {
  const { culprit, title, parts, attempts, pages, holdKind, confidence } = row
  if (culprit === undefined) return []
  return [
    {
      standing: culprit.standing,
      title,
      culprits: culprit.who.map(({ comm, pid, function: name }) => ({
        comm: known(comm),
        pid: pid < 0 ? null : pid,
        function: known(name),
      })),
      class: culprit.class ?? null,
      failures: rangeIds,
      blocked: parts,
      attempts,
      pages,
      kind: holdKind ?? null,
      confidence,
    },
  ]
}

function holderJson({ task, holder, class: of, rangeIds, pages, confidence }: HolderAcross): HolderJson {
  const pid = task.pid < 0 ? null : task.pid
  return { comm: known(task.comm), pid, function: known(holder), class: of, failures: rangeIds, pages, confidence }
}

function hiddenJson({ pinners: { sums, hidden, noise }, eventNoise }: ReportFacts): HiddenJson {
  const { events, ...parts } = eventNoise
  return {
    holds: sums.holds + hidden.short + hidden.expected,
    ...hidden,
    byRule: noise.flatMap((entry) => entry.rules.map(({ id, holds }) => ({ rule: id, class: entry.class, holds }))),
    events: { total: events, ...parts },
  }
}

function pinnerJson(pinner: PinnerAnswer, pfns: readonly number[]): PinnerJson {
  const { holds, open, longestNs, totalNs, pages, anyOf } = pinner
  return {
    function: known(pinner.holder),
    stack: stackTexts(pinner.stack),
    class: pinner.class,
    holds,
    open,
    longestNs,
    totalNs,
    pages,
    pfns,
    pfnsLeftOff: pages - pfns.length,
    anyOf,
    tasks: pinner.topTasks,
    tasksLeftOff: pinner.tasks - pinner.topTasks.length,
  }
}

/** Leaf first, `leaky_ioctl [leaky]`: function names without offsets, so that equal stacks compare equal. */
function stackTexts(stack: StackAnswer): readonly string[] {
  return stack.frames.map((frame) => functionText(frame.symbol, frame.module))
}

function timeNs(time: TimeAnswer | undefined, clock: Clock): string | null {
  return time === undefined ? null : absoluteNs(time.ns, clock)
}

function known(text: string): string | null {
  return text === '' ? null : text
}
