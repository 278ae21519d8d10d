import { formatDuration, formatTime } from '../base/clock.ts'
import { formatPfn, formatPfnRange } from '../base/pfn.ts'
import { type BlockingPage, type Culprit, type Finding } from '../derive/attribution/finding.ts'
import { type Derived } from '../derive/derived.ts'
import { HOLD_OPEN } from '../derive/holds/hold-table.ts'
import { type EventRow } from '../model/ids.ts'
import { type Trace } from '../model/trace.ts'
import { functionText, holderText } from './stack-answer.ts'
import { taskAnswer, taskOfRow, taskText } from './task-answer.ts'
import { traceSpan } from './time-answer.ts'

/** Below this confidence a holder is only offered: `may be held by`. */
const OFFERED_BELOW = 0.4
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
  return `pfn ${formatPfn(page.pfn)} blocked ${rangeText}: ${story}${othersText(finding, page)}.`
}

function pageStory(trace: Trace, derived: Derived, finding: Finding, page: BlockingPage): string {
  const culprit = page.culprits.at(0)
  if (culprit === undefined) return page.reason === '' ? 'these files do not tell who held it' : unstop(page.reason)
  const release = releaseText(trace, derived, finding, culprit)
  const reason = page.verdict === 'unmovable' && page.reason !== '' ? ` (${unstop(page.reason)})` : ''
  if (culprit.heldFrom === undefined && isSeenOnlyAtPut(derived, culprit)) {
    return `no get for this reference in the trace: it began before ${beganBefore(trace, derived, culprit)}; ${release}`
  }
  return `${holderClause(page, culprit)}${sinceText(trace, finding, culprit)}${reason}; ${release}`
}

/** True when the hold is known by its put alone: the put's task is then who released, not who took. */
function isSeenOnlyAtPut(derived: Derived, culprit: Culprit): boolean {
  return culprit.hold === undefined ? culprit.heldTo !== undefined : derived.holds.getRow[culprit.hold] < 0
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
  const since = ` since ${formatTime(heldFrom, trace.clock)}`
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
    return `not ${verb} by the end of the trace at ${formatTime(traceSpan(trace).to, trace.clock)}`
  const by = releaserText(trace, derived, culprit)
  if (finding.range.time === undefined) return `${verb}${by} at ${formatTime(heldTo, trace.clock)}`
  const where = distance(trace, heldTo - finding.range.time)
  return `${verb}${by} ${where === 'at the failure' ? where : where.replace('the failure', 'it')}`
}

/** ` by kworker/0:1-12 in bio_endio` when the putting task is not the one that got; else empty. */
function releaserText(trace: Trace, derived: Derived, culprit: Culprit): string {
  if (culprit.hold === undefined || derived.holds.kind[culprit.hold] === HOLD_OPEN) return ''
  const put: EventRow = derived.holds.putRow[culprit.hold]
  if (put < 0) return ''
  const task = taskAnswer(trace, taskOfRow(trace, put))
  const isSame = task.pid === culprit.pid && task.comm === culprit.comm
  if (isSame && !isSeenOnlyAtPut(derived, culprit)) return ''
  const place = holderText(trace, trace.events.stack[put])
  return ` by ${taskText(task)}${place === '' ? '' : ` in ${place}`}`
}

function beganBefore(trace: Trace, derived: Derived, culprit: Culprit): string {
  const from = culprit.hold === undefined ? traceSpan(trace).from : derived.holds.from[culprit.hold]
  return formatTime(from, trace.clock)
}

function othersText(finding: Finding, page: BlockingPage): string {
  const others = finding.pages.filter((other) => other !== page)
  if (others.length === 0) return ''
  const name = page.culprits.length === 0 ? undefined : holderName(page.culprits[0])
  const alike = others.filter((other) => other.culprits.length > 0 && holderName(other.culprits[0]) === name).length
  const rest = others.length - alike
  const sameText = alike === 0 ? '' : `${pages(alike)} by the same holder`
  const restText = rest === 0 ? '' : `${pages(rest)}${alike === 0 ? '' : ' otherwise'}`
  return `; also blocked by ${[sameText, restText].filter((text) => text !== '').join(', ')}`
}

function pages(count: number): string {
  return count === 1 ? '1 more page' : `${count} more pages`
}

function unstop(text: string): string {
  return text.replace(/\.$/, '')
}
