import { formatDuration } from '../base/clock.ts'
import { counted } from '../base/counted.ts'
import { formatPfn } from '../base/pfn.ts'
import { type CulpritKind, type Verdict } from '../derive/attribution/finding.ts'
import { type ReferenceClassId } from '../derive/attribution/reference-class.ts'
import { type Derived } from '../derive/derived.ts'
import { type Trigger } from '../derive/failures/failed-range.ts'
import { stackHashOf } from '../derive/stack-hash.ts'
import { type Trace } from '../model/trace.ts'
import { confidenceWord } from './confidence-word.ts'
import { primaryPage } from './failure-answer.ts'
import { tellingLine, whenText } from './failure-time.ts'
import { placeOf } from './place.ts'
import { stripPfns } from './strip-pfns.ts'
import { functionText } from './stack-answer.ts'
import { taskText } from './task-answer.ts'
import { culpritName, frameOf, type PageCulprit, type Standing } from './triage-culprit.ts'
import { figuresOf, type GroupFigures } from './triage-figures.ts'
import { type GroupedRange, isNamed, type RangeGroup } from './triage-groups.ts'
import { repeatOf } from './triage-repeats.ts'
import { type PlaceAnswer } from './wire.ts'

/** Who blocked, in words. */
export interface CulpritWords {
  readonly standing: Standing
  /** `do_tee`, `any of 3 holders`, `may be do_tee`, `no holder can be named`. */
  readonly holder: string
  /** `ts-mux-64`; empty where there is not one. */
  readonly task: string
  /** All that nothing separates, `ts-mux-64 in do_tee`; empty where holder and task say it. */
  readonly anyOf: readonly string[]
  /** Everybody who is meant: one, all that nothing separates, or nobody. `function` as in a stack, empty when none was recorded. */
  readonly who: readonly { readonly comm: string; readonly pid: number; readonly function: string }[]
  readonly class?: ReferenceClassId
  readonly confidence: number
  /** `can't tell` where nobody is named. */
  readonly confidenceWord: string
}

/** A group as one line. */
export interface TriageGroupRow {
  readonly kind: 'group'
  readonly key: string
  /** What it is called in a line of text: `leaky_grab [leaky]  drv-9`, `any of 2 holders: a-1 in f, b-2 in g`, `cma`, `0x1f4b4`. */
  readonly title: string
  /** Of a group by culprit. */
  readonly culprit?: CulpritWords
  /** Of a group by one of these. */
  readonly trigger?: Trigger
  readonly verdict?: Verdict
  readonly pfn?: number
  /** `blocks 3 ranges`, `may block 1 range`, `blocks 56 pageblocks of 1 range`. */
  readonly blocks: string
  readonly ranges: number
  /** What is blocked: of a compaction each block counts, else each range. */
  readonly parts: number
  /** Ranges that the choice leaves; below `ranges` when some are left out. */
  readonly listed: number
  readonly attempts: number
  readonly pages: number
  readonly holdKind?: CulpritKind
  /** Some holds are leaks that outlived their process. */
  readonly taskGone?: true
  /** Longest hold that was seen whole, `836.865 ms`; empty when none was. */
  readonly longest: string
  readonly confidence: number
  readonly confidenceWord: string
  readonly isFolded: boolean
}

/** A failed range as one line, in one group. */
export interface TriageRangeRow {
  readonly kind: 'range'
  readonly group: string
  /** Id of the failed range. */
  readonly id: string
  readonly trigger: Trigger
  readonly startPfn: number
  readonly endPfn: number
  /** As the file prints it, in brackets when only the kernel log tells, empty when nothing does. */
  readonly when: string
  /** Times that one attempt to get the range failed, with its retries. */
  readonly attempts: number
  /** Which of the failures of this range, by the same trigger, this one is; absent when it failed once. */
  readonly repeat?: { readonly nth: number; readonly of: number }
  /** Blocking pages of the range in this group, and in all. */
  readonly pages: number
  readonly allPages: number
  readonly firstPfn?: number
  readonly verdict: Verdict
  readonly culprit: CulpritWords
  /** Stack of the range's own likeliest holder, as `FailureAnswer.culprit` has it: 16 hex digits; empty when there is none. */
  readonly stack: string
  /** Further culprits of the range. */
  readonly others: number
  /** PFNs to draw on a strip: at most one of each of its `STRIP_PARTS` parts. */
  readonly stripPfns: readonly number[]
  /** The line that tells of it. */
  readonly place?: PlaceAnswer
}

export type TriageRow = TriageGroupRow | TriageRangeRow

/** A group in words. */
export function groupRow(trace: Trace, group: RangeGroup, listed: number, isFolded: boolean): TriageGroupRow {
  const figures = figuresOf(group)
  const { ranges, attempts, pages, confidence } = figures
  const { key, culprit, trigger, verdict, headPfn } = group
  return {
    kind: 'group',
    key,
    title: titleOf(group),
    ...(culprit === undefined ? {} : { culprit: culpritWords(culprit) }),
    ...(trigger === undefined ? {} : { trigger }),
    ...(verdict === undefined ? {} : { verdict }),
    ...(headPfn === undefined ? {} : { pfn: headPfn }),
    blocks: blocksText(group, figures.parts),
    ranges,
    parts: figures.parts,
    listed,
    attempts,
    pages,
    ...holdOf(trace, culprit, figures),
    confidence,
    confidenceWord: confidenceWord(confidence),
    isFolded,
  }
}

/** What became of a culprit's holds; nothing where it is not one culprit, or none that took a reference. */
function holdOf(
  trace: Trace,
  culprit: PageCulprit | undefined,
  { kind, isGone, longestNs }: GroupFigures,
): Pick<TriageGroupRow, 'holdKind' | 'taskGone' | 'longest'> {
  if (culprit?.standing !== 'named' && culprit?.standing !== 'offered') return { longest: '' }
  return {
    ...(kind === undefined ? {} : { holdKind: kind }),
    ...(isGone ? { taskGone: true } : {}),
    longest: longestNs < 0 ? '' : formatDuration(longestNs, trace.clock.style.unit),
  }
}

/** A range in words. */
export function rangeRow(trace: Trace, derived: Derived, group: RangeGroup, grouped: GroupedRange): TriageRangeRow {
  const { finding, pages, culprit, others } = grouped
  const { range } = finding
  const first = pages.at(0)
  const repeat = repeatOf(derived, grouped)
  const likeliest = primaryPage(finding)?.culprits.at(0)
  return {
    kind: 'range',
    group: group.key,
    id: range.id,
    trigger: range.trigger,
    startPfn: range.startPfn,
    endPfn: range.endPfn,
    when: whenText(trace, range),
    attempts: range.attempts,
    ...(repeat === undefined ? {} : { repeat }),
    pages: pages.length,
    allPages: finding.pages.length,
    ...(first === undefined ? {} : { firstPfn: first.pfn }),
    verdict: finding.verdict,
    culprit: culpritWords(culprit),
    stack: likeliest === undefined ? '' : stackHashOf(trace, likeliest.stack),
    others,
    stripPfns: stripPfns(range, pages),
    ...(range.lines.length === 0 ? {} : { place: placeOf(trace, tellingLine(trace, range)) }),
  }
}

/** A culprit in words, never more than is known. */
function culpritWords({ standing, culprits, confidence }: PageCulprit): CulpritWords {
  const [first] = culprits
  const isSet = standing === 'any_of'
  return {
    standing,
    holder:
      first === undefined
        ? (NOBODY[standing] ?? '')
        : isSet
          ? `any of ${first.anyOf} holders`
          : holderWords(standing, frameOf(first)),
    task: first === undefined || isSet ? '' : taskText(first),
    anyOf: isSet ? [...new Set(culprits.map(culpritName))] : [],
    who: culprits.map(({ comm, pid, ...frame }) => ({
      comm,
      pid,
      function: functionText(frame.function, frame.module),
    })),
    ...(first === undefined ? {} : { class: first.class }),
    confidence,
    confidenceWord: confidenceWord(confidence),
  }
}

const NOBODY: Readonly<Partial<Record<Standing, string>>> = {
  unknown: 'no holder can be named',
  no_page: 'no blocking page is known',
}

function holderWords(standing: Standing, frame: string): string {
  if (standing === 'offered') return `may be ${frame}`
  if (standing === 'allocated') return `allocated in ${frame}`
  return standing === 'private_data' ? `nothing unexpected; private data of ${frame}` : frame
}

/** What a group does to how many ranges. */
function blocksText(group: RangeGroup, parts: number): string {
  const ranges = counted(group.ranges.length, 'range')
  const { culprit, headPfn } = group
  if (headPfn === undefined && (culprit === undefined || !isNamed(culprit))) return ranges
  const isUnsure = culprit?.standing === 'offered' || culprit?.standing === 'private_data'
  const verb = isUnsure ? 'may block' : 'blocks'
  if (parts === group.ranges.length) return `${verb} ${ranges}`
  const isPageblock = group.ranges.every(({ finding }) => finding.range.block?.isPageblock ?? false)
  return `${verb} ${counted(parts, isPageblock ? 'pageblock' : 'block')} of ${ranges}`
}

function titleOf({ culprit, trigger, verdict, headPfn, key }: RangeGroup): string {
  if (culprit !== undefined) {
    const { holder, task, anyOf } = culpritWords(culprit)
    return anyOf.length > 0 ? `${holder}: ${anyOf.join(', ')}` : [holder, task].filter((part) => part !== '').join('  ')
  }
  if (headPfn !== undefined) return formatPfn(headPfn)
  return trigger ?? verdict ?? (key === 'no_page' ? 'no blocking page is known' : 'all')
}
