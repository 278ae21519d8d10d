import { formatPfn } from '../../base/pfn.ts'
import { counted } from '../../base/counted.ts'
import { type Finding } from '../../derive/attribution/finding.ts'
import { tellPage } from '../../derive/attribution/findings.ts'
import { type Derived } from '../../derive/derived.ts'
import { type SliceAbout } from '../../model/slice-file.ts'
import { type Trace } from '../../model/trace.ts'
import { confidenceWord } from '../../queries/confidence-word.ts'
import { failureAnswer } from '../../queries/failure-answer.ts'
import { blocksWith, concernsPage, failureLabel } from '../../queries/failure-mark.ts'
import { pageOfPfn } from '../../queries/page-of-pfn.ts'
import { aboutPfn, MOST_PAGES } from '../../queries/slice/choose-lines.ts'
import { timeAnswer, traceSpan } from '../../queries/time-answer.ts'
import { buildTimeline } from '../../queries/timeline.ts'
import { type HoldAnswer } from '../../queries/wire.ts'

/** Failed ranges and pages that are told of. */
const MOST_TOLD = 20

/**
 * What a capture says of a page or a failed range, in lines of plain text that are the same wherever the same is known: a
 * slice carries those of the whole capture, and whoever opens it compares them with what the slice says.
 */
export function toldLines(trace: Trace, derived: Derived, about: SliceAbout): readonly string[] {
  const pfn = aboutPfn(about)
  const findings = derived.findings.filter((finding) => isAbout(trace, finding, about, pfn))
  const pages = pfn === undefined ? findings.flatMap((one) => one.pages.map((page) => page.pfn)) : [pfn]
  const distinct = [...new Set(pages)].slice(0, MOST_PAGES)
  const lines = [
    ...spanLines(trace),
    ...findings.slice(0, MOST_TOLD).flatMap((finding) => findingLines(trace, derived, finding, pfn)),
    ...distinct.slice(0, MOST_TOLD).flatMap((page) => pageLines(trace, derived, page)),
  ]
  return lines.map((line) => line.replaceAll(/\s+/g, ' ').slice(0, 4000))
}

/** Holds that are open reach to its ends: clocks of two recordings of one trace may be set otherwise by fewer lines. */
function spanLines(trace: Trace): readonly string[] {
  if (trace.events.length === 0) return []
  const { from, to } = traceSpan(trace)
  return [`the trace: ${timeAnswer(trace, from).text} to ${timeAnswer(trace, to).text}`]
}

function isAbout(trace: Trace, finding: Finding, about: SliceAbout, pfn: number | undefined): boolean {
  if (about.kind === 'range') return finding.range.id === about.failure
  if (pfn === undefined) return false
  return concernsPage(finding, pfn, pageOfPfn(trace, pfn).headPfn)
}

function findingLines(trace: Trace, derived: Derived, finding: Finding, pfn: number | undefined): readonly string[] {
  const { sentence, time, printedTime } = failureAnswer(trace, derived, finding)
  const when = time?.text ?? printedTime
  const told = pfn === undefined ? finding.pages.slice(0, MOST_TOLD) : pagesWith(trace, finding, pfn)
  // Of one page: the sentence is about all pages of the range, of which its slice knows nothing.
  const words = pfn === undefined ? sentence : `${formatPfn(pfn)} ${told.length === 0 ? 'lies in it' : 'blocked it'}`
  return [
    `${failureLabel(finding)}${when === '' ? '' : ` at ${when}`}: ${words}`,
    ...told.map((page) => {
      const { culprits, reason, count, excess } = tellPage(trace, derived, finding, page)
      const known = `${count === undefined ? '' : `, count ${count}`}${excess === undefined ? '' : `, excess ${excess}`}`
      const who = culprits.map(
        (one) =>
          `${one.function === '' ? 'holder not known' : one.function}${one.module === '' ? '' : ` [${one.module}]`}` +
          `${one.comm === '' ? '' : ` by ${one.comm}-${one.pid}`}, ${one.kind}, ${confidenceWord(one.confidence)} (${one.confidence})`,
      )
      return `${formatPfn(page.pfn)}${known}: ${who.length === 0 ? reason : who.join('; ')}`
    }),
  ]
}

function pagesWith(trace: Trace, finding: Finding, pfn: number): Finding['pages'] {
  const { headPfn } = pageOfPfn(trace, pfn)
  if (!blocksWith(finding, pfn, headPfn)) return []
  return finding.pages.filter((page) => page.pfn === pfn || page.headPfn === headPfn).slice(0, MOST_TOLD)
}

function pageLines(trace: Trace, derived: Derived, pfn: number): readonly string[] {
  const answer = buildTimeline(trace, derived, { pfn, lifetime: 0, columns: 100 })
  const { eventsInWindow, gapsInWindow, holdCount, losses, holds, attemptCount } = answer
  const counts = [
    counted(eventsInWindow, 'event'),
    counted(holdCount, 'hold'),
    counted(attemptCount, 'attempt'),
    ...(gapsInWindow === 0 ? [] : [counted(gapsInWindow, 'contradiction')]),
    ...(losses.length === 0 ? [] : [`${losses.length} times events were lost`]),
  ]
  return [`${formatPfn(pfn)}: ${counts.join(', ')}`, ...holds.slice(0, MOST_TOLD).map((hold) => holdLine(hold))]
}

function holdLine({ pfn, kind, from, to, class: what, holder, task, units }: HoldAnswer): string {
  const span = `${from?.text ?? 'before the trace'} to ${to?.text ?? 'not put in the trace'}`
  const who = `${holder === '' ? 'no stack' : holder}${task.comm === '' ? '' : ` by ${task.comm}-${task.pid}`}`
  return `${formatPfn(pfn)} held from ${span}: ${who}, ${what}, ${counted(units, 'reference')}, ${kind.replaceAll('_', ' ')}`
}
