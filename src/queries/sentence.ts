import { formatDuration, formatTime } from '../base/clock.ts'
import { formatPfn, formatPfnRange } from '../base/pfn.ts'
import { type BlockingPage, type Culprit, type Finding } from '../derive/attribution/finding.ts'
import { EDGE_CERTAIN } from '../derive/counts/lifetime-table.ts'
import { lifetimeAt } from '../derive/counts/lifetimes.ts'
import { type Derived } from '../derive/derived.ts'
import { blockedPart } from '../derive/failures/blocked-part.ts'
import { HOLD_OPEN } from '../derive/holds/hold-table.ts'
import { IN_HARDIRQ, IN_NMI } from '../model/context-table.ts'
import { type EventRow } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { pinnerRecordAnswer } from './pinner-record-answer.ts'
import { isPrivateDataOnly } from './private-data.ts'
import { functionText, holderText } from './stack-answer.ts'
import { taskAnswer, taskOfRow, taskText } from './task-answer.ts'
import { traceSpan } from './time-answer.ts'

/** Below this confidence a holder is only offered: `may be held by`. */
export const OFFERED_BELOW = 0.4
const NAMES_SHOWN = 3

/**
 * The answer in one sentence: which page blocked the range, who held it, since when, until when. Says what is not
 * known instead of leaving it out. `page` is the page to speak of; absent when no blocking page is known.
 */
export function failureSentence(trace: Trace, derived: Derived, finding: Finding, page?: BlockingPage): string {
  const { range } = finding
  const rangeText = formatPfnRange(range.startPfn, range.endPfn)
  if (page === undefined) {
    const when = range.time === undefined ? '' : ` at ${formatTime(range.time, trace.clock)}`
    return `${rangeText} failed (${range.trigger})${when}: these files do not tell which page blocked it.`
  }
  const story = pageStory(trace, derived, finding, page)
  return `pfn ${formatPfn(page.pfn)} blocked ${partText(range, page)}: ${story}${othersText(finding, page)}.`
}

/** The range, or what of it the page blocks. */
function partText(range: Finding['range'], page: BlockingPage): string {
  const whole = formatPfnRange(range.startPfn, range.endPfn)
  if (range.block === undefined) return whole
  const { startPfn, endPfn } = blockedPart(range, page.pfn)
  return `${blockName(range.block)} ${formatPfnRange(startPfn, endPfn)} of ${whole}`
}

function blockName({ order, isPageblock }: NonNullable<Finding['range']['block']>): string {
  return isPageblock ? 'pageblock' : `the block of order ${order}`
}

function pageStory(trace: Trace, derived: Derived, finding: Finding, page: BlockingPage): string {
  const culprit = page.culprits.at(0)
  if (culprit === undefined) return page.reason === '' ? 'these files do not tell who held it' : unstop(page.reason)
  if (culprit.record !== undefined) return recordedStory(trace, culprit, culprit.record)
  if (isPrivateDataOnly(page, culprit)) return busyStory(culprit)
  if (culprit.class === 'allocation' && culprit.heldFrom === undefined) {
    return `${holderClause(page, culprit)}, by page_owner; the allocation is not in the trace`
  }
  const release = releaseText(trace, derived, finding, culprit)
  if (isSeenOnlyAtPut(derived, culprit)) return `${unseenGet(trace, derived, finding, page, culprit)}; ${release}`
  if (isTakenApart(page, culprit)) return `${holderClause(page, culprit)}; their times differ`
  return `${holderClause(page, culprit)}${sinceText(trace, finding, culprit)}; ${release}${alsoText(page, culprit)}`
}

/** What is known of a reference that page_pinner alone recorded: no task, and no time of the trace. */
function recordedStory(trace: Trace, culprit: Culprit, record: number): string {
  const { kind, timeText, durationText } = pinnerRecordAnswer(trace, record)
  const place = functionText(culprit.function, culprit.module)
  const where = place === '' ? 'with no stack recorded' : `in ${place}`
  const at = timeText === '' ? '' : ` at ${timeText} of CLOCK_BOOTTIME`
  const long = durationText === '' ? '' : `, held for ${durationText}`
  if (kind === 'get')
    return `may be held by what took it ${where}${at}${long}, by the record of page_pinner; no task is recorded`
  return `may have been held by what put it ${where}${at}${long}, by the record of page_pinner; no task is recorded`
}

/** A page whose references are all expected: who attached its private data is where to look, and holds nothing. */
function busyStory(culprit: Culprit): string {
  const who = culprit.comm === '' ? '' : ` by ${culprit.comm}-${culprit.pid}`
  const place = functionText(culprit.function, culprit.module)
  return `no unexpected reference; its private data, attached${who}${place === '' ? '' : ` in ${place}`}, may have been busy`
}

/** What is known of a reference whose put alone is in the trace. */
function unseenGet(
  trace: Trace,
  derived: Derived,
  finding: Finding,
  blocking: BlockingPage,
  { hold }: Culprit,
): string {
  if (hold !== undefined) return beganBefore(trace, derived.holds.from[hold])
  const page = trace.pages.find(blocking.headPfn)
  const life = page < 0 ? -1 : lifetimeAt(derived.lifetimes, page, finding.range.time ?? traceSpan(trace).to)
  const isWhole = life >= 0 && derived.lifetimes.startEdge[life] === EDGE_CERTAIN
  return isWhole ? 'which get took this reference is not known' : beganBefore(trace, traceSpan(trace).from)
}

function beganBefore(trace: Trace, from: number): string {
  return `no get for this reference in the trace: it began before ${formatTime(from, trace.clock)}`
}

/** True when the hold is known by its put alone: the put's task is then who released, not who took. */
function isSeenOnlyAtPut(derived: Derived, culprit: Culprit): boolean {
  if (culprit.heldFrom !== undefined || culprit.heldTo === undefined) return false
  return culprit.hold === undefined || derived.holds.getRow[culprit.hold] < 0
}

function holderClause(page: BlockingPage, culprit: Culprit): string {
  const verb = culprit.class === 'allocation' ? 'allocated by' : 'held by'
  const offered = culprit.confidence < OFFERED_BELOW ? `may be ${verb}` : verb
  if (culprit.anyOf <= 1) return `${unmovableText(page)}${offered} ${holderName(culprit)}`
  const names = [...new Set(page.culprits.filter((other) => other.anyOf > 1).map(holderName))]
  if (names.length === 1) return `${offered} ${names[0]} (any of ${culprit.anyOf} gets alike)`
  const more = names.length > NAMES_SHOWN ? ', …' : ''
  return `${offered} any of ${culprit.anyOf} holders: ${names.slice(0, NAMES_SHOWN).join(', ')}${more}`
}

/** True where any of several may be the holder and their times differ: one's times would be a claim about that one. */
function isTakenApart(page: BlockingPage, culprit: Culprit): boolean {
  if (culprit.anyOf <= 1) return false
  const apart = page.culprits.filter((other) => other.anyOf > 1 && holderName(other) !== holderName(culprit))
  return apart.some(({ heldFrom, heldTo }) => heldFrom !== culprit.heldFrom || heldTo !== culprit.heldTo)
}

/** The other holders of the page, where each of them blocks by itself: to stop the first is not enough. */
function alsoText(page: BlockingPage, culprit: Culprit): string {
  if (culprit.anyOf > 1) return ''
  const sure = page.culprits.filter((other) => other.anyOf <= 1 && other.confidence >= OFFERED_BELOW)
  const names = [...new Set(sure.map(holderName))].filter((name) => name !== holderName(culprit))
  if (names.length === 0) return ''
  const more = names.length >= NAMES_SHOWN ? `, and ${names.length - NAMES_SHOWN + 1} more` : ''
  return `; also held by ${names.slice(0, NAMES_SHOWN - 1).join(', ')}${more}`
}

function unmovableText(page: BlockingPage): string {
  return page.verdict === 'unmovable' ? 'cannot be moved, ' : ''
}

function holderName(culprit: Culprit): string {
  const task = taskText({ comm: culprit.comm, pid: culprit.pid })
  if (culprit.function === '') return `${task} (no stack recorded)`
  return `${task} in ${functionText(culprit.function, culprit.module)}`
}

function sinceText(trace: Trace, finding: Finding, culprit: Culprit): string {
  const { heldFrom } = culprit
  if (heldFrom === undefined) return ', since an unknown time'
  const word = culprit.class === 'allocation' ? 'at' : 'since'
  const since = ` ${word} ${formatTime(heldFrom, trace.clock)}`
  return finding.range.time === undefined ? since : `${since}, ${distance(trace, heldFrom - finding.range.time)}`
}

/** `431.090 ms before the failure`, `12 us after the failure`. */
function distance(trace: Trace, ns: number): string {
  if (ns === 0) return 'at the failure'
  const size = formatDuration(Math.abs(ns), trace.clock.style.unit)
  return `${size} ${ns < 0 ? 'before' : 'after'} the failure`
}

function releaseText(trace: Trace, derived: Derived, finding: Finding, culprit: Culprit): string {
  const verb = culprit.class === 'allocation' ? 'freed' : 'released'
  const { heldTo } = culprit
  if (heldTo === undefined)
    return `not ${verb} by the end of the trace at ${formatTime(traceSpan(trace).to, trace.clock)}${goneText(culprit)}`
  const by = releaserText(trace, derived, culprit)
  if (finding.range.time === undefined) return `${verb}${by} at ${formatTime(heldTo, trace.clock)}`
  const where = distance(trace, heldTo - finding.range.time)
  // "it" is the failure that the clause before has named.
  const isNamed = culprit.heldFrom !== undefined && where !== 'at the failure'
  return `${verb}${by} ${isNamed ? where.replace('the failure', 'it') : where}`
}

/** The worse leak: one that who took it can no longer end. */
function goneText({ taskGone }: Culprit): string {
  return taskGone ? ', though its task is gone' : ''
}

/**
 * ` by kworker/0:1-12 in bio_endio` when the putting task is not the one that got, or the get is not known; who was
 * interrupted where the put was an interrupt's; else empty.
 */
function releaserText(trace: Trace, derived: Derived, culprit: Culprit): string {
  if (isSeenOnlyAtPut(derived, culprit)) return ` by ${holderName(culprit)}`
  if (culprit.hold === undefined || derived.holds.kind[culprit.hold] === HOLD_OPEN) return ''
  const put: EventRow = derived.holds.putRow[culprit.hold]
  if (put < 0) return ''
  const task = taskAnswer(trace, taskOfRow(trace, put))
  const place = holderText(trace, trace.events.stack[put])
  if (isInterrupt(trace, put)) return ` in an interrupt of ${taskText(task)}${place === '' ? '' : ` by ${place}`}`
  if (task.pid === culprit.pid && task.comm === culprit.comm) return ''
  return ` by ${taskText(task)}${place === '' ? '' : ` in ${place}`}`
}

/** The task of an event in an interrupt only happened to run: it did nothing to the page. */
function isInterrupt({ events, contexts }: Trace, row: EventRow): boolean {
  const irq = contexts.irq[events.context[row]]
  return irq === IN_HARDIRQ || irq === IN_NMI
}

function othersText(finding: Finding, page: BlockingPage): string {
  const others = finding.pages.filter((other) => other !== page)
  if (others.length === 0) return ''
  const name = page.culprits.length === 0 ? undefined : holderName(page.culprits[0])
  const alike = others.filter((other) => other.culprits.length > 0 && holderName(other.culprits[0]) === name).length
  const all = `${others.length} more ${others.length === 1 ? 'page' : 'pages'} blocked ${otherParts(finding, page, others)}`
  if (alike === 0) return `; ${all}${elsewhereText(others)}`
  if (alike === others.length) return `; ${all}, held by the same task in the same function`
  return `; ${all}, ${alike} of them held by the same task in the same function${othersInPlace(others, page, others.length - alike)}`
}

/** `it`, where pages block each a block of the range `55 other pageblocks`, or both. */
function otherParts({ range }: Finding, page: BlockingPage, others: readonly BlockingPage[]): string {
  const starts = new Set(others.map(({ pfn }) => blockedPart(range, pfn).startPfn))
  const isOwn = starts.delete(blockedPart(range, page.pfn).startPfn)
  if (starts.size === 0) return 'it'
  const what = range.block?.isPageblock === true ? 'pageblock' : 'block'
  return `${isOwn ? 'it and ' : ''}${starts.size} other ${what}${starts.size === 1 ? '' : 's'}`
}

/** `, held by cam-6 in cam_map`: by whom, where each of the pages has one sure holder, and how many they are. */
function elsewhereText(others: readonly BlockingPage[]): string {
  const names = new Set<string>()
  for (const page of others) {
    const culprit = page.culprits.at(0)
    if (culprit === undefined || culprit.anyOf > 1 || culprit.confidence < OFFERED_BELOW) return ''
    if (culprit.record !== undefined || page.verdict === 'unknown' || page.verdict === 'unmovable') return ''
    names.add(holderName(culprit))
  }
  return `, held by ${names.size === 1 ? [...names][0] : `${names.size} other holders`}`
}

/** `, 5 by other tasks in that function`: of the pages that the same task does not hold. */
function othersInPlace(others: readonly BlockingPage[], page: BlockingPage, rest: number): string {
  const [first] = page.culprits
  const elsewhere = others.filter(({ culprits: [one] }) => one !== undefined && holderName(one) !== holderName(first))
  const there = elsewhere.filter(
    ({ culprits: [one] }) => one.function !== '' && placeOfHolder(one) === placeOfHolder(first),
  )
  if (there.length === 0 || there.length < rest) return ''
  return `, ${there.length} by other tasks in that function`
}

function placeOfHolder({ function: name, module }: Culprit): string {
  return functionText(name, module)
}

function unstop(text: string): string {
  return text.replace(/\.$/, '')
}
