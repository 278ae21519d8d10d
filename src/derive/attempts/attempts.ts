import { findAbove } from '../../base/bisect.ts'
import { rowsOf } from '../../base/group-index.ts'
import { type Change, type StepSum, stepSumOf } from '../../base/step-sum.ts'
import { type Classifier, classifierOf } from '../attribution/classify.ts'
import { type FreezePurpose } from '../attribution/freeze-rules.ts'
import { classIndexOf } from '../attribution/reference-class.ts'
import { freezerOf, refusedFreezeAt } from '../attribution/refused-freeze.ts'
import { type RuleSet } from '../attribution/rule-set.ts'
import { isDeath } from '../counts/lifetimes.ts'
import { type Derived } from '../derived.ts'
import { deltaOf, isRefused } from '../operation.ts'
import { FREEZE, isRefKind, SET, UNFREEZE } from '../../model/event-kind.ts'
import { type EventRow, type PageId, type TaskId } from '../../model/ids.ts'
import { type Trace } from '../../model/trace.ts'
import { isLook, showsIsolation, takesOffList } from './isolating.ts'
import { type AttemptOutcome, type PageAttempt } from './page-attempt.ts'

/** What one step of an attempt is. */
type Step = 'isolate' | 'unmap' | 'remap' | 'freeze' | 'putback' | 'other'

const MIGRATION = classIndexOf('migration')
const UNKNOWN = classIndexOf('unknown')
const REMAP_RULE = 'migration-remap'
/**
 * An event without a stack belongs to the attempt that its task has open for this long at most, and this long what an
 * attempt took is counted whose end is not in the trace. Stacks need no such limit: a console that prints each failure
 * holds up the putback for seconds (mm/memory_hotplug.c do_migrate_range()).
 */
const LONGEST_PAUSE_NS = 1_000_000_000

/** An attempt that has not ended yet. */
interface OpenAttempt {
  readonly task: TaskId
  readonly rows: EventRow[]
  readonly isolated: number[]
  /** References that the isolating task still has. */
  depth: number
  rounds: number
  unmapped: number
  remapped: number
  last: Exclude<Step, 'other'> | undefined
  isIsolated: boolean
  readonly refusals: EventRow[]
}

/**
 * Every attempt to isolate a page, in order of start: isolating get, puts as it is unmapped, gets as it is mapped
 * again by remove_migration_pte(), putback. Migration, compaction, offlining and reclaim all look like this
 * (mm/migrate.c migrate_pages_batch(), mm/vmscan.c shrink_folio_list()). Most failed migrations of newer kernels leave
 * no freeze event: they are known by the page being mapped back. Events without a stack belong to the attempt that
 * their task has open. O(events of the page).
 */
export function attemptsOf(trace: Trace, { rules }: Pick<Derived, 'rules'>, page: PageId): readonly PageAttempt[] {
  const ofTrace = answers.get(trace) ?? new WeakMap<RuleSet, Map<PageId, readonly PageAttempt[]>>()
  answers.set(trace, ofTrace)
  const ofRules = ofTrace.get(rules) ?? new Map<PageId, readonly PageAttempt[]>()
  ofTrace.set(rules, ofRules)
  const before = ofRules.get(page)
  if (before !== undefined) return before
  if (ofRules.size >= MOST_KEPT) ofRules.clear()
  const attempts = findAttempts(trace, { rules }, page)
  ofRules.set(page, attempts)
  return attempts
}

/** Pages whose attempts are kept: a page is asked about by each of its ranges, and by each of its holders. */
const MOST_KEPT = 10_000

const answers = new WeakMap<Trace, WeakMap<RuleSet, Map<PageId, readonly PageAttempt[]>>>()

function findAttempts(trace: Trace, derived: Pick<Derived, 'rules'>, page: PageId): readonly PageAttempt[] {
  const classifier = classifierOf(trace, derived.rules)
  const open = new Map<TaskId, OpenAttempt>()
  const done: PageAttempt[] = []
  const close = (attempt: OpenAttempt, isOver: boolean): void => {
    open.delete(attempt.task)
    done.push(closed(trace, attempt, isOver))
  }
  const rows = rowsOf<PageId, EventRow>(trace.indexes.byPage, page)
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at]
    if (!isRefKind(trace.events.kind[row])) continue
    if (trace.events.kind[row] === SET) {
      for (const attempt of open.values()) close(attempt, false)
      continue
    }
    const task = trace.contexts.task[trace.events.context[row]]
    const before = open.get(task)
    const step = stepOf(trace, classifier, row, before)
    if (step === 'other') continue
    const isNew = before === undefined || (step === 'isolate' && beginsAnew(trace, before, row))
    if (isNew && before !== undefined) close(before, false)
    const current = isNew ? begun(task) : before
    open.set(task, current)
    take(trace, current, step, row)
    if (step === 'putback' && (current.depth <= 0 || isDeath(trace, row))) close(current, true)
  }
  for (const attempt of open.values()) close(attempt, false)
  return done.toSorted((a, b) => a.from - b.from || a.rows[0] - b.rows[0])
}

/** A look at a page that the attempt has already isolated begins the next one: the putback before it was not traced. */
function beginsAnew(trace: Trace, { depth, last, rows }: OpenAttempt, row: EventRow): boolean {
  if (depth <= 0 || !isLook(trace, row)) return false
  // mm/memory_hotplug.c do_migrate_range() gets the page first, and folio_isolate_lru() gets it once more.
  const isSecondGet = last === 'isolate' && takesOffList(trace, row) && !takesOffList(trace, rows[rows.length - 1])
  return !isSecondGet
}

function isPaused(trace: Trace, attempt: OpenAttempt, row: EventRow): boolean {
  const last = attempt.rows[attempt.rows.length - 1]
  return trace.events.time[row] - trace.events.time[last] > LONGEST_PAUSE_NS
}

function stepOf(trace: Trace, classifier: Classifier, row: EventRow, open: OpenAttempt | undefined): Step {
  const kind = trace.events.kind[row]
  if (kind === FREEZE || kind === UNFREEZE) return open !== undefined || isTry(trace, row) ? 'freeze' : 'other'
  const delta = deltaOf(trace, row)
  if (delta === 0) return 'other'
  const stack = trace.events.stack[row]
  const cls = classifier.classOf(kind, delta, stack)
  const isNameless = stack < 0 && cls === UNKNOWN && (open === undefined || !isPaused(trace, open, row))
  if (classifier.ruleOf(kind, delta, stack) === REMAP_RULE) return remapStep(delta, open)
  if (cls !== MIGRATION && !(isNameless && open !== undefined)) return 'other'
  if (delta > 0) return isNameless && open !== undefined && open.unmapped > open.remapped ? 'remap' : 'isolate'
  return open === undefined ? 'other' : 'putback'
}

/**
 * True for a refused freeze that by itself shows a try to move the page: one for a huge page being made or split, a guest's
 * memory or a pipe is none.
 */
function isTry(trace: Trace, row: EventRow): boolean {
  if (!isRefused(trace, row)) return false
  const { purpose, servesMigration } = freezerOf(trace, trace.events.stack[row])
  return servesMigration || MOVING.has(purpose)
}

const MOVING: ReadonlySet<FreezePurpose> = new Set(['migration', 'reclaim', 'collapse', 'unknown', 'untold'])

/** Mapping for migration without an attempt before it is the page that another one moves to. */
function remapStep(delta: number, open: OpenAttempt | undefined): Step {
  if (delta < 0) return 'unmap'
  return open === undefined ? 'other' : 'remap'
}

function begun(task: TaskId): OpenAttempt {
  return {
    task,
    rows: [],
    isolated: [],
    depth: 0,
    rounds: 0,
    unmapped: 0,
    remapped: 0,
    last: undefined,
    isIsolated: false,
    refusals: [],
  }
}

function take(trace: Trace, attempt: OpenAttempt, step: Exclude<Step, 'other'>, row: EventRow): void {
  const units = Math.abs(deltaOf(trace, row))
  attempt.rows.push(row)
  if (step === 'isolate') attempt.depth += units
  if (step === 'putback') attempt.depth -= units
  if (step === 'remap') attempt.remapped += units
  if (step === 'unmap') {
    attempt.unmapped += units
    if (attempt.last !== 'unmap') attempt.rounds++
  }
  attempt.isolated.push(Math.max(0, attempt.depth))
  attempt.last = step
  attempt.isIsolated ||= showsIsolation(trace, row)
  if (step === 'freeze' && isRefused(trace, row)) attempt.refusals.push(row)
}

function closed(trace: Trace, attempt: OpenAttempt, isOver: boolean): PageAttempt {
  const { rows, isolated, task, rounds, unmapped, remapped, refusals } = attempt
  const excess = excessOf(trace, refusals)
  return {
    from: trace.events.time[rows[0]],
    to: trace.events.time[rows[rows.length - 1]],
    outcome: outcomeOf(trace, attempt, isOver),
    task,
    stack: trace.events.stack[rows[0]],
    rounds,
    unmapped,
    remapped,
    rows,
    isolated,
    lines: rows.map((row) => trace.events.line[row]),
    refusals,
    ...(excess === undefined ? {} : { excess }),
  }
}

/** By the last freeze that was refused while nothing raced. */
function excessOf(trace: Trace, refusals: readonly EventRow[]): number | undefined {
  for (const row of refusals.toReversed()) {
    const { excess } = refusedFreezeAt(trace, row)
    if (excess !== undefined && excess.least === excess.most) return excess.most
  }
  return undefined
}

function outcomeOf(trace: Trace, attempt: OpenAttempt, isOver: boolean): AttemptOutcome {
  const last = attempt.rows[attempt.rows.length - 1]
  if (isDeath(trace, last) || isReclaimed(trace, last)) return 'moved'
  const wasTried = attempt.isIsolated || attempt.unmapped > 0 || attempt.remapped > 0 || attempt.refusals.length > 0
  if (!isOver) return attempt.remapped > 0 && attempt.remapped >= attempt.unmapped ? 'failed' : 'unfinished'
  return wasTried ? 'failed' : 'skipped'
}

/** A page that stays frozen at zero was freed (mm/vmscan.c __remove_mapping()). */
function isReclaimed(trace: Trace, row: EventRow): boolean {
  return trace.events.kind[row] === FREEZE && !isRefused(trace, row)
}

/** References that isolating tasks have of a page right after an event, by its attempts: what migration took itself. */
export function isolatedAt(trace: Trace, attempts: readonly PageAttempt[], row: EventRow): number {
  if (attempts.length === 0) return 0
  const known = isolatedSums.get(attempts) ?? stepSumOf(allSteps(trace, attempts))
  isolatedSums.set(attempts, known)
  return known(row)
}

const isolatedSums = new WeakMap<readonly PageAttempt[], StepSum>()

function allSteps(trace: Trace, attempts: readonly PageAttempt[]): readonly Change[] {
  const next = new Map<TaskId, EventRow>()
  return attempts.toReversed().flatMap((attempt) => {
    const steps = isolatedSteps(trace, attempt, next.get(attempt.task))
    next.set(attempt.task, attempt.rows[0])
    return steps
  })
}

/**
 * How many references the task of an attempt has, from row to row; none once it is over, when the task begins its `next`
 * on the page, or when it was silent for long and its end is not in the trace.
 */
function isolatedSteps(
  trace: Trace,
  { rows, isolated, outcome, to }: PageAttempt,
  next: EventRow | undefined,
): readonly Change[] {
  const { time } = trace.events
  const isFinished = outcome !== 'unfinished'
  const left = isolated.map((units, at) => (isFinished && at === rows.length - 1 ? 0 : units))
  const steps = left.map((units, at) => ({ at: rows[at], by: units - (at === 0 ? 0 : left[at - 1]) }))
  const end = Math.min(next ?? time.length, findAbove(time, to + LONGEST_PAUSE_NS))
  return [...steps, { at: end, by: -left[left.length - 1] }]
}
